/* What the theme's own script bundle does for a page here, in a fiftieth of its weight: it switches the appearance. Both
   keep the choice in one place, with the theme's inline functions. */

/**
 * @typedef {{media: string, scheme: string, primary: string, accent: string}} Color
 * @typedef {{index: number, color: Color}} Palette
 * @typedef {{__md_get: (name: string) => Palette | null, __md_set: (name: string, value: Palette) => void}} Theme
 */

const theme = /** @type {Theme} */ (/** @type {unknown} */ (window));
const media = window.matchMedia("(prefers-color-scheme: light)");
const inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[data-md-component=palette] input")]);
// The colour of a phone's own bar above the page.
const bar = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
let current = 0;

/**
 * What an input stands for; "as the system has it" stands for what the system has now.
 * @param {HTMLInputElement} input
 * @returns {Color}
 */
function colorOf(input) {
  const asked = input.dataset.mdColorMedia ?? "";
  const now = `(prefers-color-scheme: ${media.matches ? "light" : "dark"})`;
  const shown = asked === "(prefers-color-scheme)" ? inputs.find((one) => one.dataset.mdColorMedia === now) : input;
  const { mdColorScheme: scheme = "", mdColorPrimary: primary = "", mdColorAccent: accent = "" } = (shown ?? input).dataset;
  return { media: asked, scheme, primary, accent };
}

/** Show the colours of the current input, and the button that leads to the next. */
function apply() {
  const input = inputs[current];
  if (!input) return;
  for (const [name, value] of Object.entries(colorOf(input))) document.body.setAttribute(`data-md-color-${name}`, value);
  for (const [place, one] of inputs.entries()) {
    const button = one.nextElementSibling;
    if (button instanceof HTMLElement) button.hidden = place !== current;
  }
  const header = document.querySelector(".md-header");
  if (header) bar.content = getComputedStyle(header).backgroundColor;
}

/** @param {number} index */
function choose(index) {
  const input = inputs[index];
  if (!input) return;
  current = index;
  apply();
  theme.__md_set("__palette", { index, color: colorOf(input) });
}

const kept = theme.__md_get("__palette")?.index ?? 0;
current = kept < inputs.length ? kept : 0;
apply();
for (const [index, input] of inputs.entries()) {
  input.addEventListener("change", () => choose(index));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const next = inputs[(index + 1) % inputs.length];
    next?.click();
    next?.focus();
  });
}
media.addEventListener("change", apply);
