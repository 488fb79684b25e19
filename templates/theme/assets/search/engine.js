// Readings of a query -> records, through Pagefind.
//
// The order of results, in one place: the whole name, then names that begin so, then records that hold the query as
// written, then the others; within each by Pagefind's score, in which the fields weigh as FIELDS says; equal ones by
// name in pinyin order.

import { ROOT, loadData } from "./base.js";
import { readings } from "./query.js";
import { EVERYTHING } from "./tokens.js";

/** What a match in each field counts for. `row` is what a result shows, it holds no words. */
const FIELDS = { name: 12, alias: 9, about: 4, charter: 3, text: 1, row: 0 };
const RECORDS = ["chamber", "charter"];
const RANKING = { pageLength: 0, termSimilarity: 0, metaWeights: FIELDS };

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {Record<string, string[]>} Filters any of the values of a facet, all of the facets
 * @typedef {Record<string, Record<string, number>>} Counts facet -> value -> number of records
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {boolean} guess whether only a query with one character changed finds it; such results come last
 * @property {() => Promise<Row>} data what a result shows
 *
 * @typedef {object} Found
 * @property {Result[]} results best first
 * @property {Counts} counts for each value of each facet how many are found when it is chosen beside the choices in the
 *   other facets; the other choices within the same facet do not narrow it. Without `facets`, of `record` alone.
 * @property {import("./query.js").Reading | null} reading null when nothing at all fits the query, and without a query
 * @property {string | null} guessed what the guesses are results of
 *
 * @typedef {object} Options
 * @property {Filters} [filters]
 * @property {string} [sort] name, rated, founded or verified; empty for the best first
 * @property {boolean} [facets] whether to count every facet
 */

/** @type {Promise<any> | undefined} */
let loading;
/** @type {Map<string, Promise<boolean>>} */
const known = new Map();

function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", ROOT).href)
    .then(async (module) => {
      // A second thread would cost another 41 KB and buys nothing at this size.
      await module.options({ noWorker: true, ranking: RANKING });
      await module.init();
      return module;
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/**
 * @param {string[]} tokens
 * @param {Filters} filters
 * @param {string} [sort]
 */
async function ask(tokens, filters, sort) {
  const wanted = Object.entries(filters).filter(([, values]) => values.length);
  return (await pagefind()).search([...new Set(tokens)].join(" "), {
    filters: Object.fromEntries(wanted.map(([name, values]) => [name, { any: values }])),
    sort: sort ? { [sort]: "asc" } : {},
  });
}

/** Whether every word is in the index: Pagefind silently drops those that are not. @param {string[]} tokens */
async function hold(tokens) {
  const answers = tokens.map((token) => {
    let answer = known.get(token);
    if (!answer) {
      answer = ask([token], {}).then((found) => found.results.length > 0);
      answer.catch(() => known.delete(token));
      known.set(token, answer);
    }
    return answer;
  });
  return (await Promise.all(answers)).every(Boolean);
}

/** @param {import("./query.js").Reading} reading */
function words(reading) {
  return reading.parts.flatMap((part) => part.tokens);
}

/**
 * The first reading that finds anything; null when none does.
 * @param {string} query
 */
async function understand(query) {
  for (const reading of readings(query, await loadData())) {
    const tokens = words(reading);
    if ((await hold(tokens)) && (await ask(tokens, {})).results.length) return reading;
  }
  // Pagefind logs a part of the index that did not load and goes on without it; that is not "nothing found".
  if (!(await hold([EVERYTHING]))) throw new Error("the index did not load");
  return null;
}

/**
 * @param {string} query empty for a list by filters alone
 * @param {Options} [options]
 * @returns {Promise<Found>}
 */
export async function find(query, { filters = {}, sort = "", facets = false } = {}) {
  const index = await pagefind();
  const reading = query.trim() ? await understand(query) : null;
  if (query.trim() && !reading) return { results: [], counts: {}, reading: null, guessed: null };
  const tokens = reading ? words(reading) : [EVERYTHING];
  if (facets) await index.filters();
  // Naming both kinds of record excludes nobody and makes Pagefind count them.
  if (!filters.record?.length) filters = { ...filters, record: RECORDS };
  const found = await ask(tokens, filters, sort || (reading ? "" : "name"));
  const counts = await count(tokens, filters, found.filters, facets);
  const results = reading && !sort ? await rank(reading, found.results, filters) : found.results;
  return { results: results.map(result), counts, reading, guessed: null };
}

/**
 * A list by filters alone, in the order of names unless another is asked for; every facet is counted.
 * @param {{filters?: Filters, sort?: string}} [options]
 */
export function listing({ filters = {}, sort = "" } = {}) {
  return find("", { filters, sort, facets: true });
}

/** @param {any} one @returns {Result} */
function result(one) {
  return { id: one.id, guess: false, data: () => row(one) };
}

/**
 * Numbers beside the options: what is found when the option is chosen, with the choices in the other facets.
 * @param {string[]} tokens
 * @param {Filters} filters
 * @param {Counts} base
 * @param {boolean} facets
 */
async function count(tokens, filters, base, facets) {
  const chosen = Object.keys(filters).filter((name) => filters[name].length && (facets ? name !== "record" : name === "record"));
  const counts = { ...base };
  for (const name of chosen) {
    const others = { ...filters, [name]: name === "record" ? RECORDS : [] };
    counts[name] = (await ask(tokens, others)).filters[name];
  }
  return counts;
}

/**
 * @param {import("./query.js").Reading} reading
 * @param {any[]} results
 * @param {Filters} filters
 */
async function rank(reading, results, filters) {
  if (results.length < 2) return results;
  const ids = async (/** @type {string[]} */ more) => {
    const tokens = [...reading.strict, ...more];
    if (!(await hold(tokens))) return new Set();
    return new Set((await ask(tokens, filters)).results.map((/** @type {any} */ one) => one.id));
  };
  const tiers = [await ids([])];
  if (reading.starts.length) tiers.unshift(await ids(reading.starts));
  if (reading.exact.length) tiers.unshift(await ids(reading.exact));
  const byName = (await ask(words(reading), filters, "name")).results;
  const place = new Map(byName.map((/** @type {any} */ one, /** @type {number} */ at) => [one.id, at]));
  const tier = (/** @type {any} */ one) => {
    const at = tiers.findIndex((found) => found.has(one.id));
    return at < 0 ? tiers.length : at;
  };
  return [...results].sort(
    (a, b) => tier(a) - tier(b) || round(b.score) - round(a.score) || place.get(a.id) - place.get(b.id),
  );
}

/** Scores that differ in the fourth digit are equal. @param {number} score */
function round(score) {
  return Math.round(score * 1000);
}

/**
 * What a result shows: see chamberbook/search/shadow.py for the spelling.
 * @param {{data: () => Promise<any>}} result
 */
async function row(result) {
  const { meta } = await result.data();
  const bytes = Uint8Array.from(Array.from(meta.row, (/** @type {string} */ char) => char.charCodeAt(0) - 0xe000));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * For a query that finds nothing: the parts without which something is found.
 * @param {string} query
 * @returns {Promise<{word: string, rest: string, count: number}[]>}
 */
export async function relaxed(query) {
  const [reading] = readings(query, await loadData());
  if (!reading || reading.parts.length < 2) return [];
  const found = [];
  for (const part of reading.parts) {
    const rest = reading.parts.filter((other) => other !== part);
    const tokens = rest.flatMap((other) => other.tokens);
    if (!(await hold(tokens))) continue;
    const count = (await ask(tokens, {})).results.length;
    if (count) found.push({ word: part.text, rest: rest.map((other) => other.text).join(" "), count });
  }
  return found;
}

/**
 * For a query that finds nothing: the same with one character changed so that a part is a known place or trade.
 * @param {string} query
 * @returns {Promise<string>} empty when there is no such query or it finds nothing
 */
export async function guess(query) {
  const data = await loadData();
  const [reading] = readings(query, data);
  for (const part of reading?.parts ?? []) {
    if (await hold(part.tokens)) continue;
    const near = [...data.known.keys()].filter((word) => differsInOne(word, part.text));
    for (const word of near) {
      const other = (reading?.parts ?? []).map((one) => (one === part ? word : one.text)).join("");
      if (await understand(other)) return other;
    }
  }
  return "";
}

/**
 * @param {string} a
 * @param {string} b
 */
function differsInOne(a, b) {
  return a !== b && a.length === b.length && Array.from(a).filter((char, at) => char !== b[at]).length === 1;
}
