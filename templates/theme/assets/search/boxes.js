// The filters beside a live list: its links become checkboxes with the same words and numbers. It imports nothing, so
// that a page that nobody filters loads no more of search than this.

/**
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

/** @param {Element} aside */
export function linksToBoxes(aside) {
  for (const link of aside.querySelectorAll("a[data-facet]")) {
    const { facet = "", value = "" } = /** @type {HTMLElement} */ (link).dataset;
    const count = /** @type {Element} */ (link.querySelector(".n"));
    const words = Array.from(link.childNodes).filter((node) => node !== count).map((node) => node.textContent);
    link.replaceWith(checkbox(facet, value, words.join("").trim(), count));
  }
}
