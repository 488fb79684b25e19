// What a list shows, as its address says it: the query, the kind of record, the choices, the order, the page. Whatever
// can be chosen is here, so that back, forward, a reload and a shared link show the same.

/**
 * @typedef {object} State
 * @property {string} query
 * @property {string} scope "" for every kind of record
 * @property {Record<string, string[]>} chosen values by facet
 * @property {string} sort
 * @property {number} page from 1
 */

/** In the order in which the address and the title name them. */
export const FACETS = ["site", "region", "industry", "rating", "kind", "charter", "topic", "status"];
export const SCOPES = ["", "chamber", "charter"];
const SORTS = ["relevance", "name", "rated", "founded", "verified"];
/** More values than anybody chooses come from a broken link. */
const MOST = 100;

/** @type {State} */
export const NOTHING = { query: "", scope: "", chosen: {}, sort: "name", page: 1 };

/**
 * The state that a query string asks for; what it does not understand is left out.
 * @param {string} search
 * @returns {State}
 */
export function read(search) {
  const found = new URLSearchParams(search);
  const query = (found.get("q") ?? "").trim();
  const scope = found.get("scope") ?? "";
  const sort = found.get("sort") ?? "";
  const known = SORTS.includes(sort) && (query || sort !== "relevance");
  return {
    query,
    scope: SCOPES.includes(scope) ? scope : "",
    chosen: Object.fromEntries(FACETS.map((name) => [name, [...new Set(found.getAll(name))].slice(0, MOST)])),
    sort: known ? sort : usual(query),
    page: Math.max(1, Number.parseInt(found.get("page") ?? "1", 10) || 1),
  };
}

/** The order that needs no saying. @param {string} query */
export function usual(query) {
  return query ? "relevance" : "name";
}

/**
 * The relative address of a state, always the same for the same state.
 * @param {State} state
 */
export function address({ query, scope, chosen, sort, page }) {
  const wanted = new URLSearchParams();
  if (query) wanted.set("q", query);
  if (scope) wanted.set("scope", scope);
  for (const name of FACETS) for (const value of chosen[name] ?? []) wanted.append(name, value);
  if (sort !== usual(query)) wanted.set("sort", sort);
  if (page > 1) wanted.set("page", String(page));
  const search = wanted.toString();
  return search ? `?${search}` : "./";
}

/** Whether anything is asked for. @param {State} state */
export function asks(state) {
  return address(state) !== "./";
}

/**
 * The state with one choice made or taken back, from its first page.
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @param {boolean} on
 * @returns {State}
 */
export function choose(state, facet, value, on) {
  const others = (state.chosen[facet] ?? []).filter((one) => one !== value);
  return { ...state, chosen: { ...state.chosen, [facet]: on ? [...others, value] : others }, page: 1 };
}

/** @param {State} state @returns {{facet: string, value: string}[]} in the order of the address */
export function choices({ chosen }) {
  return FACETS.flatMap((facet) => (chosen[facet] ?? []).map((value) => ({ facet, value })));
}
