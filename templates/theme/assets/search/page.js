// The search page: its state is its address, so that back, forward and a shared link show the same.

import { el, failure, href, loadData, say, sayNodes } from "./base.js";
import { find, guess, relaxed } from "./engine.js";
import { hit } from "./hits.js";
import { terms } from "./mark.js";
import { pager } from "./rows.js";

const SIZE = 10;
const TOPICS = 6;
const SCOPES = ["", "chamber", "charter"];

/**
 * @typedef {{query: string, scope: string, page: number}} State
 * @typedef {(id: string) => HTMLElement} Part
 */

/** @type {Part} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
let turn = 0;
let title = "";

export function start() {
  const form = /** @type {HTMLFormElement} */ (part("search-page").querySelector("form"));
  title = document.title;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go({ ...read(), query: input().value.trim(), page: 1 });
  });
  part("search-page").addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-page], a[data-scope]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(read(new URL(link.href).search), link.dataset.page !== undefined);
  });
  addEventListener("popstate", () => void show(read()));
  void show(read());
}

/** @returns {HTMLInputElement} */
function input() {
  return /** @type {HTMLInputElement} */ (part("search-page").querySelector("input[name=q]"));
}

/**
 * @param {string} [search]
 * @returns {State}
 */
function read(search = location.search) {
  const wanted = new URLSearchParams(search);
  const scope = wanted.get("scope") ?? "";
  return {
    query: (wanted.get("q") ?? "").trim(),
    scope: SCOPES.includes(scope) ? scope : "",
    page: Math.max(1, Number.parseInt(wanted.get("page") ?? "1", 10) || 1),
  };
}

/** @param {State} state */
function address({ query, scope, page }) {
  const wanted = new URLSearchParams();
  if (query) wanted.set("q", query);
  if (scope) wanted.set("scope", scope);
  if (page > 1) wanted.set("page", String(page));
  const search = wanted.toString();
  return search ? `?${search}` : "./";
}

/**
 * @param {State} state
 * @param {boolean} [turned] to another page of the same results
 */
function go(state, turned = false) {
  history.pushState(null, "", address(state));
  void show(state).then(() => {
    if (turned) part("results").focus();
  });
}

/** @param {State} state */
async function show(state) {
  const mine = (turn += 1);
  input().value = state.query;
  try {
    await loadData();
    if (state.query) part("found").textContent = say("loading");
    const shown = state.query ? await results(state) : blank();
    if (mine === turn) shown();
  } catch {
    if (mine === turn) failed(() => void show(state));
  }
}

/** Nothing asked for yet. */
function blank() {
  return () => {
    clear();
    document.title = title;
  };
}

function clear() {
  for (const id of ["found", "hits", "pager", "related", "empty"]) part(id).replaceChildren();
  part("found").classList.remove("vh");
  part("scope").hidden = true;
  part("failed").hidden = true;
}

/** @param {() => void} again */
function failed(again) {
  clear();
  if (say("failed") === "failed") part("failed").hidden = false;
  else part("empty").replaceChildren(failure(again));
}

/**
 * @param {State} state
 * @returns {Promise<() => void>} puts the results on the page
 */
async function results(state) {
  const data = await loadData();
  const { results, counts, reading } = await find(state.query, { filters: state.scope ? { record: [state.scope] } : {} });
  const pages = Math.max(1, Math.ceil(results.length / SIZE));
  const page = Math.min(state.page, pages);
  const first = (page - 1) * SIZE;
  const rows = await Promise.all(results.slice(first, first + SIZE).map((one) => one.data()));
  const ways = results.length ? null : await Promise.all([relaxed(state.query), guess(state.query)]);
  const wanted = terms(state.query, reading, data.hanzi);
  return () => {
    clear();
    document.title = `${say("quotedQuery", { query: state.query })} · ${title}`;
    scope(state, counts.record ?? {});
    if (ways) {
      // The heading shows it, the status says it.
      const nothing = say("nothing", { query: state.query });
      part("found").classList.add("vh");
      part("found").append(nothing);
      part("empty").replaceChildren(el("h2", null, nothing), ...empty(...ways));
      return;
    }
    const values = { query: state.query, n: results.length, first: first + 1, last: first + rows.length };
    part("found").append(say(pages > 1 ? "foundPage" : "found", values));
    part("hits").append(...rows.map((one) => hit(one, wanted, data)));
    const turns = pager(page, pages, (to) => address({ ...state, page: to }));
    if (turns) part("pager").append(turns);
    part("related").append(...related(rows, data));
  };
}

/**
 * The topics of the charters shown, most frequent first.
 * @param {any[]} rows
 * @param {import("./base.js").Data} data
 */
function related(rows, data) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const title of rows.flatMap((one) => one.topics ?? [])) seen.set(title, (seen.get(title) ?? 0) + 1);
  const titles = [...seen.keys()].sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0)).slice(0, TOPICS);
  if (!titles.length) return [];
  const tags = titles.map((title) => {
    const { id, count } = data.topics[title];
    return el("a", { class: "tag", href: href(`charters/topics/${id}/`) }, `${title} `, el("span", null, String(count)));
  });
  return [el("h2", null, say("related")), el("p", { class: "tags" }, ...tags)];
}

/**
 * @param {State} state
 * @param {Record<string, number>} counts
 */
function scope(state, counts) {
  const total = (counts.chamber ?? 0) + (counts.charter ?? 0);
  part("scope").hidden = !total;
  const links = SCOPES.map((one) =>
    el(
      "a",
      { href: address({ ...state, scope: one, page: 1 }), "data-scope": one, "aria-current": one === state.scope ? "true" : null },
      `${say(one || "scopeAll")} `,
      el("span", { class: "n" }, String(one ? (counts[one] ?? 0) : total)),
    ),
  );
  part("scope").replaceChildren(el("p", { class: "seg" }, ...links));
}

/**
 * Ways on when nothing is found.
 * @param {{word: string, rest: string, count: number}[]} ways
 * @param {string} other
 */
function empty(ways, other) {
  const link = (/** @type {string} */ query, /** @type {string} */ text) =>
    el("a", { href: address({ query, scope: "", page: 1 }), "data-scope": "" }, text);
  const lead = other ? sayNodes("guess", { guess: el("b", null, link(other, other)) }) : [];
  const items = ways.map(({ word, rest, count }) => el("li", null, ...sayNodes("without", { word, link: link(rest, say("count", { n: count })) })));
  const browse = sayNodes("browse", {
    region: el("a", { href: href("regions/") }, say("region")),
    industry: el("a", { href: href("industries/") }, say("industry")),
    topic: el("a", { href: href("charters/") }, say("topic")),
  });
  items.push(el("li", null, say("shorter")), el("li", null, say("variants")), el("li", null, ...browse));
  return [
    el("p", null, ...lead, say("also")),
    el("ul", null, ...items),
    el("p", null, el("a", { class: "btn", href: href("contribute/") }, say("supply"))),
  ];
}
