// Readings of a query -> records, through Pagefind.
//
// The order of results, in one place: the whole name, then names that begin so, then records that hold the query as
// written, then the others; within each by Pagefind's score, in which the fields weigh as FIELDS says; equal ones by
// name in pinyin order.

import { HERE, ROOT } from "./base.js";
import { lostParts, watchParts } from "./parts.js";
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
 * @property {number} rank its class: 0 for the whole name, then names that begin so, records that hold the query as
 *   written, the others; 0 for all of a list without a query or in another order
 * @property {boolean} guess whether only a query with one character changed finds it; such results come last
 * @property {() => Promise<Row>} data what a result shows
 *
 * @typedef {object} Found
 * @property {string} query
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

/** What is known of one site's index. A search of another site is another object. */
export class Engine {
  /** @param {import("./base.js").Site} site */
  constructor(site) {
    this.site = site;
    this.base = new URL("pagefind/", site.root).href;
    /** @type {Promise<any> | undefined} */
    this.loading = undefined;
    /** @type {Map<string, Promise<boolean>>} */
    this.known = new Map();
  }

  /** Pagefind's program is this site's own, whatever index it reads: no other site's script ever runs here. */
  pagefind() {
    watchParts();
    this.loading ??= import(new URL("pagefind/pagefind.js", ROOT).href).then(async (module) => {
      // A second thread would cost another 41 KB and buys nothing at this size.
      const index = module.createInstance({ basePath: this.base, noWorker: true, ranking: RANKING });
      await index.init();
      return index;
    });
    return this.loading;
  }

  /** Begin anew: Pagefind never asks again for a part that it did not get. */
  forget() {
    this.loading = undefined;
    this.known.clear();
  }

  /**
   * @param {string[]} tokens
   * @param {Filters} filters
   * @param {string} [sort]
   */
  async ask(tokens, filters, sort) {
    const wanted = Object.entries(filters).filter(([, values]) => values.length);
    return (await this.pagefind()).search([...new Set(tokens)].join(" "), {
      filters: Object.fromEntries(wanted.map(([name, values]) => [name, { any: values }])),
      sort: sort ? { [sort]: "asc" } : {},
    });
  }

  /** Whether every word is in the index: Pagefind silently drops those that are not. @param {string[]} tokens */
  async hold(tokens) {
    const answers = tokens.map((token) => {
      let answer = this.known.get(token);
      if (!answer) {
        answer = this.ask([token], {}).then((found) => found.results.length > 0);
        answer.catch(() => this.known.delete(token));
        this.known.set(token, answer);
      }
      return answer;
    });
    return (await Promise.all(answers)).every(Boolean);
  }

  /**
   * The first reading that finds anything; null when none does.
   * @param {string} query
   */
  async understand(query) {
    for (const reading of readings(query, await this.site.data())) {
      const tokens = words(reading);
      if ((await this.hold(tokens)) && (await this.ask(tokens, {})).results.length) return reading;
    }
    return null;
  }

  /**
   * @param {string} query empty for a list by filters alone
   * @param {Options} [options]
   * @returns {Promise<Found>} rejected when a part of the index did not load: that is not "nothing found"
   */
  async find(query, options = {}) {
    const before = lostParts(this.base);
    try {
      const found = await this.look(query, options);
      if (lostParts(this.base) > before) throw new Error("a part of the index did not load");
      return found;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /**
   * @param {string} query
   * @param {Options} options
   * @returns {Promise<Found>}
   */
  async look(query, { filters = {}, sort = "", facets = false }) {
    const index = await this.pagefind();
    const reading = query.trim() ? await this.understand(query) : null;
    if (query.trim() && !reading) return { query, results: [], counts: {}, reading: null, guessed: null };
    const tokens = reading ? words(reading) : [EVERYTHING];
    if (facets) await index.filters();
    // Naming both kinds of record excludes nobody and makes Pagefind count them.
    if (!filters.record?.length) filters = { ...filters, record: RECORDS };
    const found = await this.ask(tokens, filters, sort || (reading ? "" : "name"));
    const counts = await this.count(tokens, filters, found.filters, facets);
    /** @type {{one: any, rank: number}[]} */
    const plain = found.results.map((/** @type {any} */ one) => ({ one, rank: 0 }));
    const ranked = reading && !sort ? await this.rank(reading, found.results, filters) : plain;
    const results = ranked.map(({ one, rank }) => ({ id: one.id, rank, guess: false, data: () => this.row(one) }));
    return { query, results, counts, reading, guessed: null };
  }

  /**
   * A list by filters alone, in the order of names unless another is asked for; every facet is counted.
   * @param {{filters?: Filters, sort?: string}} [options]
   */
  listing({ filters = {}, sort = "" } = {}) {
    return this.find("", { filters, sort, facets: true });
  }

  /**
   * Numbers beside the options: what is found when the option is chosen, with the choices in the other facets.
   * @param {string[]} tokens
   * @param {Filters} filters
   * @param {Counts} base
   * @param {boolean} facets
   */
  async count(tokens, filters, base, facets) {
    const chosen = Object.keys(filters).filter((name) => filters[name].length && (facets || name === "record"));
    const counts = { ...base };
    for (const name of chosen) {
      const others = { ...filters, [name]: name === "record" ? RECORDS : [] };
      counts[name] = (await this.ask(tokens, others)).filters[name];
    }
    return counts;
  }

  /**
   * @param {import("./query.js").Reading} reading
   * @param {any[]} results
   * @param {Filters} filters
   * @returns {Promise<{one: any, rank: number}[]>}
   */
  async rank(reading, results, filters) {
    const ids = async (/** @type {string[]} */ more) => {
      const tokens = [...reading.strict, ...more];
      if (!(await this.hold(tokens))) return new Set();
      return new Set((await this.ask(tokens, filters)).results.map((/** @type {any} */ one) => one.id));
    };
    const tiers = [await ids([])];
    if (reading.starts.length) tiers.unshift(await ids(reading.starts));
    if (reading.exact.length) tiers.unshift(await ids(reading.exact));
    const byName = (await this.ask(words(reading), filters, "name")).results;
    const place = new Map(byName.map((/** @type {any} */ one, /** @type {number} */ at) => [one.id, at]));
    const tier = (/** @type {any} */ one) => {
      const at = tiers.findIndex((found) => found.has(one.id));
      return at < 0 ? tiers.length : at;
    };
    // A query of one kind of word has no tiers for names, so its records as written are of the third class all the same.
    const first = 3 - tiers.length;
    const ranked = results.map((one) => ({ one, rank: first + tier(one) }));
    return ranked.sort((a, b) => a.rank - b.rank || round(b.one.score) - round(a.one.score) || place.get(a.one.id) - place.get(b.one.id));
  }

  /**
   * What a result shows: see chamberbook/search/shadow.py for the spelling.
   * @param {{data: () => Promise<any>}} result
   */
  async row(result) {
    try {
      const { meta } = await result.data();
      const bytes = Uint8Array.from(Array.from(meta.row, (/** @type {string} */ char) => char.charCodeAt(0) - 0xe000));
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /**
   * For a query that finds nothing: the parts without which something is found.
   * @param {string} query
   * @returns {Promise<{word: string, rest: string, count: number}[]>}
   */
  async relaxed(query) {
    const [reading] = readings(query, await this.site.data());
    if (!reading || reading.parts.length < 2) return [];
    const found = [];
    for (const part of reading.parts) {
      const rest = reading.parts.filter((other) => other !== part);
      const tokens = rest.flatMap((other) => other.tokens);
      if (!(await this.hold(tokens))) continue;
      const count = (await this.ask(tokens, {})).results.length;
      if (count) found.push({ word: part.text, rest: rest.map((other) => other.text).join(" "), count });
    }
    return found;
  }

  /**
   * For a query that finds nothing: the same with one character changed so that a part is a known place or trade.
   * @param {string} query
   * @returns {Promise<string>} empty when there is no such query or it finds nothing
   */
  async guess(query) {
    const data = await this.site.data();
    const [reading] = readings(query, data);
    for (const part of reading?.parts ?? []) {
      if (await this.hold(part.tokens)) continue;
      const near = [...data.known.keys()].filter((word) => differsInOne(word, part.text));
      for (const word of near) {
        const other = (reading?.parts ?? []).map((one) => (one === part ? word : one.text)).join("");
        if (await this.understand(other)) return other;
      }
    }
    return "";
  }
}

/** @param {import("./query.js").Reading} reading */
function words(reading) {
  return reading.parts.flatMap((part) => part.tokens);
}

/** Scores that differ in the fourth digit are equal. @param {number} score */
function round(score) {
  return Math.round(score * 1000);
}

/**
 * @param {string} a
 * @param {string} b
 */
function differsInOne(a, b) {
  return a !== b && a.length === b.length && Array.from(a).filter((char, at) => char !== b[at]).length === 1;
}

/** The search of this site. */
export const here = new Engine(HERE);

/**
 * @param {string} query
 * @param {Options} [options]
 */
export const find = (query, options) => here.find(query, options);
