// A list that a query, choices and an order make: what the search page and the page of all chambers share. The address
// is the state; a View says how the page shows it.

import { el, failure, icon, loadData, say, sayNodes } from "./base.js";
import { nothing } from "./nothing.js";
import { Panel } from "./panel.js";
import { goTo, keep, keepPlaces } from "./places.js";
import { pager } from "./rows.js";
import { closeSheet } from "./sheet.js";
import { askAgain, look, siteNames, troubles } from "./sites.js";
import { NOTHING, address, asks, choices, choose, read, usual } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./sites.js").Found} Found
 *
 * @typedef {object} Shown one page of what was found
 * @property {State} state
 * @property {Found} found
 * @property {any[]} rows
 * @property {import("./base.js").Data} data
 * @property {(state: State) => string} address
 *
 * @typedef {object} View
 * @property {number} size records on a page
 * @property {string[]} records the kinds of record that the list may hold
 * @property {boolean} field whether a field of the page shows the query
 * @property {(state: State) => [string, string]} total messages of the number found: on one page, on several with first and last
 * @property {string} none message when nothing fits all choices
 * @property {string} go message of the button that leads from the sheet to the list
 * @property {(shown: Shown) => (HTMLElement)[]} items
 * @property {() => void} blank shows the page when nothing is asked for
 * @property {(shown: Shown) => void} [beside] what else the page shows of what was found
 * @property {() => void} [clear] takes that away
 */

/** Loading that takes longer is said. A shorter one would only be announced beside its result. */
const PATIENCE = 400;

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class Listing {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.turn = 0;
    this.title = document.title;
    this.ownGo = byId("go").textContent ?? "";
    this.sort = /** @type {HTMLSelectElement} */ (byId("sort"));
    this.panel = new Panel(byId("facets"), (facet, value, on) => this.go(choose(this.state, facet, value, on)));
    /** @type {State} */
    this.state = NOTHING;
  }

  start() {
    keepPlaces();
    this.sort.addEventListener("change", () => this.go({ ...this.state, sort: this.sort.value, page: 1 }));
    byId("go").addEventListener("click", () => this.leaveSheet());
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", (event) => void this.arrive(event.state));
    return this.arrive(history.state);
  }

  /**
   * Show what the address says, as the reader left it.
   * @param {import("./places.js").Place | null} place
   */
  async arrive(place) {
    this.state = read(location.search);
    await this.show();
    goTo(place);
  }

  /** A link to another state of this page. @param {MouseEvent} event */
  follow(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-state]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const tab = link.closest("#scope") !== null;
    void this.go(read(new URL(link.href).search)).then(() => {
      const next = tab ? document.querySelector("#scope [aria-current]") : null;
      if (next instanceof HTMLElement) next.focus({ preventScroll: true });
      else this.toList();
    });
  }

  toList() {
    byId("rh").focus({ preventScroll: true });
    byId("count").parentElement?.scrollIntoView({ block: "start" });
  }

  /** @param {State} next */
  go(next) {
    keep();
    this.state = next;
    history.pushState(null, "", address(next));
    return this.show();
  }

  leaveSheet() {
    if (!closeSheet(byId("go"))) this.panel.details.open = false;
    this.toList();
  }

  async show() {
    const mine = (this.turn += 1);
    const waiting = setTimeout(() => this.wait(mine), PATIENCE);
    try {
      await this.known();
      if (mine !== this.turn) return;
      this.controls();
      const shown = asks(this.state) ? await this.look() : null;
      if (mine !== this.turn) return;
      if (shown) this.put(shown);
      else this.blank();
    } catch {
      if (mine === this.turn) this.failed();
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Choices that lie deeper than the page need their words; what the directory does not know is no choice. */
  async known() {
    const portal = this.view.records.length > 1 && asks(this.state) ? await siteNames() : [];
    if (portal.length) this.panel.add([{ name: "site", title: say("sites"), options: portal.map((name) => [name, name]) }]);
    else if (this.panel.holds(this.state)) return;
    await loadData();
    await this.panel.grow();
    for (const { facet, value } of choices(this.state)) {
      if (!this.panel.options.has(`${facet} ${value}`)) this.state = { ...choose(this.state, facet, value, false), page: this.state.page };
    }
  }

  /** @param {number} turn */
  wait(turn) {
    if (turn === this.turn && say("loading") !== "loading") byId("count").textContent = say("loading");
  }

  controls() {
    this.panel.tick(this.state);
    for (const option of this.sort.options) option.disabled = option.value === "relevance" && !this.state.query;
    this.sort.value = this.state.sort;
  }

  /** @returns {Promise<Shown & {page: number, pages: number, ways: (string | Node)[]}>} */
  async look() {
    const { state, view } = this;
    const data = await loadData();
    const record = state.scope ? [state.scope] : view.records;
    const sort = state.sort === "relevance" ? "" : state.sort;
    const options = { filters: { ...state.chosen, record }, sort, facets: true };
    const { found, rows, page, pages } = await look(state.query, options, state.page, view.size);
    const ways = rows.length ? [] : await nothing(state, view, (facet, value) => this.panel.words(facet, value).label);
    return { state, found, rows, data, address, page, pages, ways };
  }

  /** @param {Awaited<ReturnType<Listing["look"]>>} shown */
  put(shown) {
    const { state, found, page, pages, rows, ways } = shown;
    this.clear();
    this.name();
    this.panel.tell(state);
    this.panel.number(found.counts);
    this.chips();
    const total = found.results.length;
    const first = (page - 1) * this.view.size + 1;
    const values = { query: state.query, n: el("b", null, String(total)), first, last: first + rows.length - 1 };
    byId("count").replaceChildren(...sayNodes(this.message(shown), values));
    byId("rows").replaceChildren(...this.view.items(shown));
    if (first > 1) byId("rows").setAttribute("start", String(first));
    const turns = pager(page, pages, (to) => address({ ...state, page: to }));
    if (turns) byId("pager").append(turns);
    byId("go").textContent = say(this.view.go, { n: total });
    void this.missing();
    byId("empty").replaceChildren(...ways);
    // The heading shows it, the status says it.
    byId("count").classList.toggle("vh", ways.length > 0);
    this.view.beside?.(shown);
  }

  /** Sites whose records are not among the results. It is said once, not with every search. */
  async missing() {
    const box = document.getElementById("sites");
    const found = await troubles();
    const key = found.map(({ name, trouble }) => `${name} ${trouble}`).join("\n");
    if (!box || box.dataset.said === key) return;
    box.dataset.said = key;
    const again = el("button", { class: "btn btn--sm", type: "button" }, say("again"));
    again.addEventListener("click", () => {
      this.panel.growing = undefined;
      void askAgain().then(() => this.show());
    });
    const notes = found.map(({ name, trouble }) => el("p", null, say(trouble === "down" ? "siteDown" : "siteUnfit", { name })));
    const retry = found.some(({ trouble }) => trouble === "down") && el("p", { class: "search__ways" }, again);
    box.replaceChildren(...(notes.length ? [el("div", { class: "note note--warn" }, ...notes, retry)] : []));
  }

  /** @param {{state: State, found: Found, pages: number}} shown */
  message({ state, found, pages }) {
    if (!found.results.length) return state.query && !choices(state).length ? "nothing" : this.view.none;
    if (found.guessed) return "guessed";
    return this.view.total(state)[pages > 1 ? 1 : 0];
  }

  /** The title says the state too: it names the entry of the history, the tab and the bookmark. */
  name() {
    const { query, scope, sort, page } = this.state;
    const labels = choices(this.state).map(({ facet, value }) => this.panel.words(facet, value).label);
    const parts = [
      query && say("quotedQuery", { query }),
      labels.join(say("comma")),
      scope && say(scope),
      sort !== usual(query) && say("sortedBy", { order: this.sort.selectedOptions[0]?.text ?? "" }),
      page > 1 && say("page", { n: page }),
    ];
    document.title = [...parts.filter(Boolean), this.title].join(" · ");
  }

  chips() {
    const { state } = this;
    const nodes = choices(state).map(({ facet, value }) => {
      const { label, group } = this.panel.words(facet, value);
      return this.chip(label, group, choose(state, facet, value, false));
    });
    const rest = { ...state, query: "", sort: state.sort === "relevance" ? "name" : state.sort, page: 1 };
    if (state.query && (nodes.length || !this.view.field)) nodes.unshift(this.chip(say("quotedQuery", { query: state.query }), say("queryLabel"), rest));
    if (!nodes.length) return;
    const clear = el("button", { class: "chip chip--clear", type: "button" }, say("clear"));
    clear.addEventListener("click", () => void this.go(NOTHING).then(() => this.focusList()));
    byId("chips").replaceChildren(el("span", { class: "vh" }, say("chosenLabel")), ...nodes, clear);
  }

  /**
   * @param {string} label
   * @param {string} group
   * @param {State} without
   */
  chip(label, group, without) {
    const button = el("button", { class: "chip", type: "button", "aria-label": say("remove", { group, label }) }, `${label} `, icon("x", ""));
    button.addEventListener("click", () => void this.go(without).then(() => this.focusList()));
    return button;
  }

  /** The chip that had the focus is gone; the next thing to do is among those that are left, or the list. */
  focusList() {
    const next = byId("chips").querySelector("button") ?? byId("rh");
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  clear() {
    for (const id of ["chips", "rows", "pager", "empty"]) byId(id).replaceChildren();
    byId("rows").removeAttribute("start");
    this.view.clear?.();
  }

  /** Nothing is asked for. */
  blank() {
    this.clear();
    byId("count").classList.remove("vh");
    document.title = this.title;
    this.panel.tell(this.state);
    this.panel.number(null);
    byId("go").textContent = this.ownGo;
    this.view.blank();
  }

  /** What stands on the page stays; the message stands above it, its own alert speaks. */
  failed() {
    byId("count").replaceChildren();
    const block = document.getElementById("failed");
    // Without its words the script has none; the page has some.
    if (block && say("failed") === "failed") block.hidden = false;
    else byId("chips").replaceChildren(failure(() => void this.show(), byId("facets").dataset.failed ?? ""));
  }
}
