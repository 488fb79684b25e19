// Where a reader was on a page whose content a script puts there: kept with each entry of the history, since the browser
// restores neither the scroll nor the focus of what is not there yet.

const PAUSE = 150;

/** @typedef {{y: number, at: string}} Place how far the page was scrolled, and a selector of what had the focus */

/** From now on the script alone decides where an entry of the history begins. */
export function keepPlaces() {
  history.scrollRestoration = "manual";
  let pause = 0;
  addEventListener("scroll", () => {
    clearTimeout(pause);
    pause = window.setTimeout(keep, PAUSE);
  });
  // A link may leave the page before the pause is over.
  addEventListener("click", keep, true);
}

/** Write down the place in the entry that is shown. */
export function keep() {
  history.replaceState({ y: Math.round(scrollY), at: selector(document.activeElement) }, "");
}

/**
 * Go to the place that an entry holds; without one stay.
 * @param {Place | null} place
 */
export function goTo(place) {
  if (!place) return;
  const node = place.at ? document.querySelector(place.at) : null;
  if (node instanceof HTMLElement) node.focus({ preventScroll: true });
  scrollTo({ top: place.y, behavior: "instant" });
}

/** @param {Element | null} node */
function selector(node) {
  if (!(node instanceof HTMLElement) || node === document.body) return "";
  if (node.id) return `#${CSS.escape(node.id)}`;
  if (node instanceof HTMLInputElement) return `input[name="${CSS.escape(node.name)}"][value="${CSS.escape(node.value)}"]`;
  const target = node.getAttribute("href");
  return target === null ? "" : `#main a[href="${CSS.escape(target)}"]`;
}
