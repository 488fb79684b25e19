// The form as it came. What fills, checks and writes it is loaded with the first touch, or at once for a draft or a
// record; what was done meanwhile is done then.

const ROOT = new URL("../../", import.meta.url);
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const asked = new URLSearchParams(location.search).get("chamber") ?? "";

/** The record that is to be changed, "" for a new one. */
export const chamber = ID.test(asked) ? asked : "";
/** Where this device keeps what was filled in. */
export const DRAFT = `chamberbook-form:${ROOT.pathname}:${chamber}`;

/** On the way to a field; the list of federations is far down the page. */
const TOUCHES = ["pointerdown", "focusin", "keydown", "scroll"];

const page = /** @type {HTMLElement} */ (document.getElementById("form-page"));
/** @type {[HTMLElement, string][]} */
const done = [];
const heard = new AbortController();
/** @type {Promise<void> | undefined} */
let waking;

function drafted() {
  try {
    return localStorage.getItem(DRAFT) !== null;
  } catch {
    return false;
  }
}

function wake() {
  waking ??= import("./main.js").then((main) => main.start()).then(redo, () => {
    waking = undefined;
    document.getElementById("unready")?.removeAttribute("hidden");
  });
}

function redo() {
  heard.abort();
  document.getElementById("unready")?.setAttribute("hidden", "");
  for (const [target, type] of done) {
    if (type === "click") target.click();
    else target.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

/** @param {Event} event */
function hear({ target, type }) {
  if (target instanceof HTMLElement) done.push([target, type]);
}

/** @param {Event} event */
function press(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  // The form that asks for a record is one that the browser sends.
  if (!button || button.closest(".form__load")) return;
  event.preventDefault();
  done.push([button, "click"]);
}

for (const touch of TOUCHES) addEventListener(touch, wake, { signal: heard.signal });
for (const type of ["input", "change"]) page.addEventListener(type, hear, { signal: heard.signal });
page.addEventListener("click", press, { signal: heard.signal });
if (asked || drafted()) wake();
