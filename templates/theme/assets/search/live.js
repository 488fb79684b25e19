// A live list that nobody has touched yet: the page as it came, with checkboxes for filters. What searches is loaded
// when somebody reaches for it, or at once when the address asks for something; what was changed meanwhile is done then.

import { linksToBoxes } from "./boxes.js";

/** What somebody does on the way to a choice. */
const TOUCHES = ["pointerover", "pointerdown", "focusin"];

/** @typedef {() => Promise<{start: () => Promise<void>}>} Load */

/** @param {Load} load the module of the page */
export function live(load) {
  const aside = /** @type {HTMLElement} */ (document.getElementById("facets"));
  const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));
  const summary = /** @type {HTMLElement} */ (aside.querySelector("details.facets > summary"));
  /** @type {Map<HTMLInputElement | HTMLSelectElement, boolean | string>} */
  const changed = new Map();
  const heard = new AbortController();
  const { signal } = heard;
  let pressed = false;
  /** @type {Promise<void> | undefined} */
  let waking;

  function wake() {
    waking ??= load().then(begin).catch(() => {
      waking = undefined;
      if (changed.size || location.search) tellFailure(aside);
      if (pressed) /** @type {HTMLDetailsElement} */ (summary.parentElement).open = true;
      pressed = false;
    });
  }

  /** @param {Awaited<ReturnType<Load>>} module */
  async function begin({ start }) {
    heard.abort();
    await start();
    redo();
  }

  function redo() {
    for (const [field, value] of changed) {
      if (field instanceof HTMLInputElement) field.checked = value === true;
      else field.value = String(value);
      field.dispatchEvent(new Event("change"));
    }
    if (pressed) summary.click();
  }

  /** @param {Event} event */
  function hear({ target }) {
    if (target instanceof HTMLInputElement) changed.set(target, target.checked);
    else if (target instanceof HTMLSelectElement) changed.set(target, target.value);
    wake();
  }

  linksToBoxes(aside);
  for (const place of [aside, sort, document.querySelector("#search-page .find")]) {
    for (const touch of TOUCHES) place?.addEventListener(touch, () => wake(), { signal });
    place?.addEventListener("change", hear, { signal });
  }
  summary.addEventListener(
    "click",
    (event) => {
      if (/** @type {HTMLDetailsElement} */ (summary.parentElement).open || document.documentElement.classList.contains("large")) return;
      event.preventDefault();
      pressed = true;
      wake();
    },
    { signal },
  );
  if (location.search) wake();
}

/** The page has the words; what would say more has not arrived. @param {HTMLElement} aside */
function tellFailure(aside) {
  const block = document.getElementById("failed");
  if (block) {
    block.hidden = false;
    return;
  }
  const note = Object.assign(document.createElement("p"), { className: "note search__failed", textContent: aside.dataset.failed ?? "" });
  note.setAttribute("role", "alert");
  document.getElementById("chips")?.replaceChildren(note);
}
