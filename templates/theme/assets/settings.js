// What a reader may set, beside the appearance: large type, and whether single keys are shortcuts. Both are kept on the
// device. The class of the large type is set before anything is painted, by partials/header.html; here it is switched.

/**
 * @typedef {{__md_get: (name: string) => unknown, __md_set: (name: string, value: boolean) => void}} Kept
 */

const keeper = /** @type {Kept} */ (/** @type {unknown} */ (window));
const root = document.documentElement;

/**
 * What is kept under a name; a browser that keeps nothing throws at the question.
 * @param {string} name
 */
function kept(name) {
  try {
    return keeper.__md_get(name);
  } catch {
    return null;
  }
}

/** Show what is kept: this page may come back from before the choice was made on another. */
function apply() {
  root.classList.toggle("large", kept("large") === true);
  if (kept("keys") === false) root.dataset.keys = "off";
  else delete root.dataset.keys;
  for (const box of document.querySelectorAll("input[data-keys]")) {
    if (box instanceof HTMLInputElement) box.checked = root.dataset.keys !== "off";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-large]") : null;
  if (!(button instanceof HTMLElement)) return;
  keeper.__md_set("large", root.classList.toggle("large"));
  // The button of the notice goes with it: the one in the header is the same.
  const next = button.getClientRects().length ? button : document.querySelector(".md-header [data-large]");
  if (!(next instanceof HTMLElement)) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.matches("[data-keys]")) return;
  keeper.__md_set("keys", box.checked);
  apply();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) apply();
});
apply();

// Names of its own, for the type checker too.
export {};
