// The search layer over any page: a modal dialog, so that the browser keeps the focus in it and gives it back.

import { el, failure, href, icon, loadData, say, sayNodes } from "./base.js";
import { hit } from "./hits.js";
import { look } from "./sites.js";

const SHOWN = 6;
const PAUSE = 150;

/** @param {HTMLAnchorElement} link the search link, whose page shows all results */
export async function open(link) {
  await loadData();
  new Layer(link.href).open();
}

class Layer {
  /** @param {string} action */
  constructor(action) {
    this.action = action;
    this.turn = 0;
    this.pause = 0;
    this.input = /** @type {HTMLInputElement} */ (
      el("input", { id: "over-q", name: "q", type: "search", placeholder: say("placeholder"), autocomplete: "off", enterkeyhint: "search" })
    );
    this.status = el("p", { class: "small over__s", role: "status" });
    this.list = el("ol", { "aria-label": say("results"), id: "over-hits" });
    this.all = el("span", null);
    this.dialog = /** @type {HTMLDialogElement} */ (el("dialog", { class: "sh over", "aria-label": say("search") }, this.panel()));
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => {
      clearTimeout(this.pause);
      this.pause = window.setTimeout(() => void this.show(), PAUSE);
    });
    this.dialog.showModal();
    this.input.focus();
  }

  panel() {
    const close = el("button", { class: "btn btn--sm", type: "button" }, say("close"));
    close.addEventListener("click", () => this.dialog.close());
    const form = el(
      "form",
      { class: "find", role: "search", action: this.action, method: "get" },
      el("label", { class: "vh", for: "over-q" }, say("label")),
      el("span", { class: "find__f" }, icon("search"), this.input),
      el("button", { class: "btn btn--go" }, say("search")),
    );
    const kbd = (/** @type {string} */ text) => el("kbd", null, text);
    const keys = sayNodes("keys", { up: kbd("↑"), down: kbd("↓"), enter: kbd(say("enter")), esc: kbd("Esc") });
    return el(
      "div",
      { class: "over__p" },
      el("div", { class: "over__t" }, el("h2", null, say("search")), close),
      form,
      this.status,
      this.list,
      el("p", { class: "over__k" }, this.all, el("span", { class: "over__h" }, ...keys)),
    );
  }

  async show() {
    const mine = (this.turn += 1);
    const query = this.input.value.trim();
    if (!query) {
      this.fill("", [], null);
      return;
    }
    try {
      if (!this.list.children.length) this.status.textContent = say("loading");
      const { found, rows } = await look(query, {}, 1, SHOWN);
      if (mine !== this.turn) return;
      const n = found.results.length;
      const all = el("a", { href: `${href("search/")}?${new URLSearchParams({ q: query })}` }, say("all", { n }));
      this.fill(n ? say("foundShort", { n }) : say("nothingShort", { query }), rows.map((one) => hit(one)), n ? all : null);
    } catch {
      if (mine !== this.turn) return;
      this.fill("", [], null);
      this.status.replaceChildren(failure(() => void this.show()));
    }
  }

  /**
   * @param {string} status
   * @param {HTMLElement[]} hits
   * @param {HTMLElement | null} all
   */
  fill(status, hits, all) {
    this.status.textContent = status;
    this.list.replaceChildren(...hits);
    this.all.replaceChildren(...(all ? [all] : []));
  }

  /**
   * The arrows go from the field through the results and back.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.key === "Escape") {
      // A search field takes the first Esc to empty itself.
      event.preventDefault();
      this.dialog.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const stops = [this.input, .../** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("h3 a"))];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    if (at < 0) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
  }
}
