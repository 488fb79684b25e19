// On a narrow screen the filters are a sheet over the page: a modal dialog, so that the browser keeps the focus in it,
// lets Esc close it and gives the focus back. In large type nothing pops up; there they open in place.

import { el, loadData, say } from "./base.js";

/** @param {HTMLDetailsElement} details the filters, closed on a narrow screen */
export function openAsSheet(details) {
  const summary = /** @type {HTMLElement} */ (details.querySelector(":scope > summary"));
  summary.addEventListener("click", (event) => {
    if (details.open || document.documentElement.classList.contains("large")) return;
    event.preventDefault();
    // Without its words it still opens in place.
    loadData().then(() => open(details, summary), () => (details.open = true));
  });
}

/**
 * @param {HTMLDetailsElement} details
 * @param {HTMLElement} summary
 */
function open(details, summary) {
  const content = Array.from(details.children).filter((node) => node !== summary);
  const close = el("button", { class: "btn btn--sm", type: "button" }, say("close"));
  const head = el("div", { class: "sheet__t" }, el("h2", { id: "sheet-h" }, say("filters")), close);
  const body = el("div", { class: "facets sheet__b" }, ...content);
  // What stands behind a modal dialog is not announced, so the number is said again in here.
  const status = el("p", { class: "vh", role: "status" });
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { class: "sh sheet", "aria-labelledby": "sheet-h" }, head, body, status));
  const go = body.querySelector("#go");
  const said = new MutationObserver(() => (status.textContent = go?.textContent ?? ""));
  if (go) said.observe(go, { childList: true, characterData: true, subtree: true });
  const wide = matchMedia("(min-width: 60em)");
  const shut = () => dialog.close();
  wide.addEventListener("change", shut);
  close.addEventListener("click", shut);
  dialog.addEventListener("close", () => {
    said.disconnect();
    wide.removeEventListener("change", shut);
    details.append(...content);
    dialog.remove();
  });
  // Beside its place, where the styles of the page reach it.
  details.after(dialog);
  dialog.showModal();
}

/** Close the sheet that holds a node; nothing where there is none. @param {Element} node */
export function closeSheet(node) {
  const dialog = node.closest("dialog.sheet");
  if (dialog instanceof HTMLDialogElement) dialog.close();
  return dialog !== null;
}
