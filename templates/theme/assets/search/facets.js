// The filters beside the list of all chambers: its links become checkboxes that combine. The address holds the state;
// nothing of Pagefind loads before a choice is made, and without one the list is the page's own.

import { el, failure, href, icon, loadData, say, sayNodes } from "./base.js";
import { find } from "./engine.js";
import { chamberRow, pager } from "./rows.js";

const SIZE = 20;
const FACETS = ["region", "industry", "rating", "kind", "charter", "topic", "status"];
const SORTS = ["relevance", "name", "rated", "founded", "verified"];

/**
 * @typedef {{query: string, chosen: Record<string, string[]>, sort: string, page: number}} State
 * @typedef {{box: HTMLInputElement, label: string, group: string, count: HTMLElement, own: string}} Option
 */

const aside = /** @type {HTMLElement} */ (document.getElementById("facets"));
const panel = /** @type {HTMLDetailsElement} */ (aside.querySelector("details.facets"));
const chosenCount = /** @type {HTMLElement} */ (panel.querySelector(":scope > summary .n"));
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const sort = /** @type {HTMLSelectElement} */ (document.getElementById("sort"));
const live = ["count", "rows", "pager"].map(byId);
/** What the page itself shows, put back when nothing is chosen any more. */
const own = { parts: live.map((node) => Array.from(node.childNodes)), chosen: chosenCount.textContent ?? "", go: byId("go").textContent ?? "" };
/** @type {Map<string, Option>} */
const options = new Map();
let turn = 0;
/** @type {State} */
let state;

start();

function start() {
  for (const link of aside.querySelectorAll("a[data-facet]")) checkbox(/** @type {HTMLAnchorElement} */ (link));
  state = read();
  tick();
  sort.addEventListener("change", () => go({ ...state, sort: sort.value, page: 1 }));
  byId("go").addEventListener("click", () => {
    panel.open = false;
    byId("rh").setAttribute("tabindex", "-1");
    byId("rh").focus();
    byId("count").scrollIntoView({ block: "start" });
  });
  byId("pager").addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-page]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ ...state, page: Number(link.dataset.page) });
    byId("count").scrollIntoView({ block: "start" });
  });
  addEventListener("popstate", () => {
    state = read();
    tick();
    void show();
  });
  if (wanted(state)) void show();
}

/** A link becomes a checkbox with the same words. @param {HTMLAnchorElement} link */
function checkbox(link) {
  const { facet = "", value = "" } = link.dataset;
  const count = /** @type {HTMLElement} */ (link.querySelector(".n"));
  const text = Array.from(link.childNodes).filter((node) => node !== count).map((node) => node.textContent).join("").trim();
  const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", name: facet, value, autocomplete: "off" }));
  const group = link.closest(".facet")?.querySelector("summary")?.textContent?.trim() ?? "";
  link.replaceWith(el("label", null, box, el("span", null, text), count));
  options.set(`${facet} ${value}`, { box, label: text, group, count, own: count.textContent ?? "" });
  box.addEventListener("change", () => {
    const before = state.chosen[facet] ?? [];
    const chosen = box.checked ? [...before, value] : before.filter((one) => one !== value);
    go({ ...state, chosen: { ...state.chosen, [facet]: chosen }, page: 1 });
  });
}

/** @returns {State} */
function read() {
  const found = new URLSearchParams(location.search);
  const order = found.get("sort") ?? "";
  const query = (found.get("q") ?? "").trim();
  return {
    query,
    chosen: Object.fromEntries(FACETS.map((name) => [name, found.getAll(name).filter((value) => options.has(`${name} ${value}`))])),
    sort: SORTS.includes(order) && (query || order !== "relevance") ? order : query ? "relevance" : "name",
    page: Math.max(1, Number.parseInt(found.get("page") ?? "1", 10) || 1),
  };
}

/** @param {State} next */
function address(next) {
  const found = new URLSearchParams();
  if (next.query) found.set("q", next.query);
  for (const name of FACETS) for (const value of next.chosen[name] ?? []) found.append(name, value);
  if (next.sort !== (next.query ? "relevance" : "name")) found.set("sort", next.sort);
  if (next.page > 1) found.set("page", String(next.page));
  const search = found.toString();
  return search ? `?${search}` : "./";
}

/** @param {State} next */
function wanted(next) {
  return address(next) !== "./";
}

/** @param {State} next */
function go(next) {
  state = next;
  history.pushState(null, "", address(state));
  tick();
  void show();
}

/** The controls show the state. */
function tick() {
  for (const [key, option] of options) {
    const [facet, value] = key.split(" ");
    option.box.checked = (state.chosen[facet] ?? []).includes(value);
    if (option.box.checked) reveal(option.box);
  }
  sort.value = state.sort;
  for (const option of sort.options) option.disabled = option.value === "relevance" && !state.query;
}

/** Open what hides a chosen option. @param {Element} node */
function reveal(node) {
  for (let at = node.parentElement?.closest("details"); at && at !== panel; at = at.parentElement?.closest("details")) at.open = true;
}

async function show() {
  const mine = (turn += 1);
  if (!wanted(state)) {
    restore();
    return;
  }
  try {
    const data = await loadData();
    if (mine === turn) byId("count").textContent = say("loading");
    const filters = { ...state.chosen, record: ["chamber"] };
    const order = state.sort === "relevance" ? "" : state.sort;
    const found = await find(state.query, { filters, sort: order, facets: true });
    const pages = Math.max(1, Math.ceil(found.results.length / SIZE));
    const page = Math.min(state.page, pages);
    const rows = await Promise.all(found.results.slice((page - 1) * SIZE, page * SIZE).map((one) => one.data()));
    if (mine !== turn) return;
    numbers(found.counts);
    list(rows.map((one) => chamberRow(one, data.sample)), found.results.length, page, pages);
    chips();
    if (!rows.length) none();
  } catch {
    if (mine === turn) failed();
  }
}

/**
 * @param {HTMLElement[]} rows
 * @param {number} total
 * @param {number} page
 * @param {number} pages
 */
function list(rows, total, page, pages) {
  const first = (page - 1) * SIZE + 1;
  const n = el("b", null, String(total));
  byId("count").replaceChildren(...sayNodes(pages > 1 ? "totalPage" : "total", { n, first, last: first + rows.length - 1 }));
  byId("rows").replaceChildren(...rows);
  if (first > 1) byId("rows").setAttribute("start", String(first));
  else byId("rows").removeAttribute("start");
  byId("pager").replaceChildren(...[pager(page, pages, (to) => address({ ...state, page: to }))].filter((node) => node !== null));
  byId("go").textContent = say("show", { n: total });
}

/** @param {import("./engine.js").Counts} counts */
function numbers(counts) {
  for (const [key, option] of options) {
    const [facet, value] = key.split(" ");
    const count = counts[facet]?.[value] ?? 0;
    option.count.textContent = String(count);
    option.box.parentElement?.classList.toggle("zero", !count);
  }
}

function chips() {
  const chosen = [...options.values()].filter((option) => option.box.checked);
  const nodes = chosen.map((option) => chip(option.label, option.group, () => option.box.click()));
  if (state.query) {
    nodes.unshift(chip(say("quotedQuery", { query: state.query }), say("queryLabel"), () => go({ ...state, query: "", sort: "name", page: 1 })));
  }
  const clear = el("button", { class: "chip chip--clear", type: "button" }, say("clear"));
  clear.addEventListener("click", () => {
    go({ query: "", chosen: {}, sort: "name", page: 1 });
    (panel.querySelector("summary") ?? sort).focus();
  });
  byId("chips").replaceChildren(...(nodes.length ? [el("span", { class: "vh" }, say("chosenLabel")), ...nodes, clear] : []));
  chosenCount.textContent = nodes.length ? say("chosen", { n: nodes.length }) : say("byChoice");
}

/**
 * @param {string} label
 * @param {string} group
 * @param {() => void} remove
 */
function chip(label, group, remove) {
  const button = el("button", { class: "chip", type: "button", "aria-label": say("remove", { group, label }) }, `${label} `, icon("x", ""));
  button.addEventListener("click", () => {
    remove();
    // The chip that had the focus goes away.
    sort.focus({ preventScroll: true });
  });
  return button;
}

/** Nothing fits all choices: say without which one something does. */
function none() {
  const ways = FACETS.flatMap((name) => {
    const [value, ...more] = state.chosen[name] ?? [];
    return value && !more.length ? [{ name, value }] : [];
  });
  const note = el("li", { class: "blank" }, el("p", null, say("none")));
  byId("rows").replaceChildren(note);
  void Promise.all(
    ways.map(async ({ name, value }) => {
      const filters = { ...state.chosen, [name]: [], record: ["chamber"] };
      const { results } = await find(state.query, { filters });
      return { option: options.get(`${name} ${value}`), n: results.length };
    }),
  ).then((found) => {
    const items = found.filter(({ option, n }) => option && n).map(({ option, n }) => {
      const button = el("button", { class: "btn btn--sm", type: "button" }, say("noneWithout", { label: option?.label ?? "", n }));
      button.addEventListener("click", () => option?.box.click());
      return button;
    });
    note.append(el("p", { class: "search__ways" }, ...items), el("p", { class: "small" }, el("a", { href: href("contribute/") }, say("supply"))));
  });
}

function restore() {
  live.forEach((node, at) => node.replaceChildren(...own.parts[at]));
  byId("rows").removeAttribute("start");
  byId("chips").replaceChildren();
  for (const option of options.values()) {
    option.count.textContent = option.own;
    option.box.parentElement?.classList.remove("zero");
  }
  chosenCount.textContent = own.chosen;
  byId("go").textContent = own.go;
}

/** The list stays as it is; the message stands above it. */
function failed() {
  byId("count").replaceChildren();
  byId("chips").replaceChildren(failure(() => void show(), aside.dataset.failed ?? ""));
}
