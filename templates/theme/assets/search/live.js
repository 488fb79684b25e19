// A live list that nobody has touched yet: the page as it came, with checkboxes for filters. What searches is loaded
// when somebody reaches for it, or at once when the address asks for something; what was changed meanwhile is done then.

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

  dress(aside);
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

/**
 * A choice of a filter.
 * @param {string} facet
 * @param {string} value
 * @param {string} label
 * @param {Element} count shows how many there are
 */
export function checkbox(facet, value, label, count) {
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: facet, value, autocomplete: "off" });
  const words = document.createElement("span");
  const node = document.createElement("label");
  words.textContent = label;
  node.append(box, words, count);
  return node;
}

/** Links become checkboxes with the same words and numbers; what holds more gets a disclosure. @param {HTMLElement} aside */
function dress(aside) {
  const down = /** @type {Element} */ (aside.querySelector(".facet > summary > .i"));
  for (const link of aside.querySelectorAll(".choice:not(.choice--beyond) > a")) {
    const { dataset, pathname } = /** @type {HTMLAnchorElement} */ (link);
    const facet = /** @type {HTMLElement} */ (link.closest(".facet")).dataset.facet ?? "";
    const count = /** @type {Element} */ (link.querySelector(".n"));
    const label = link.querySelector("span")?.textContent ?? "";
    const item = /** @type {HTMLElement} */ (link.parentElement);
    link.replaceWith(checkbox(facet, dataset.value ?? pathname.split("/").at(-2) ?? "", label, count));
    if (!("lazy" in item.dataset)) continue;
    const inner = document.createElement("details");
    const summary = document.createElement("summary");
    item.removeAttribute("data-lazy");
    inner.dataset.lazy = "";
    summary.setAttribute("aria-label", (aside.dataset.below ?? "").replace("{label}", label));
    summary.append(down.cloneNode(true));
    inner.append(summary, document.createElement("ul"));
    item.append(inner);
  }
}
