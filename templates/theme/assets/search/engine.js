// Readings of a query -> records, in the order of ranks.js. Pagefind tells where each word stands; which records hold all
// parts of a query, and in which fields, is worked out here.

import { HERE } from "./base.js";
import { guesses } from "./guess.js";
import { lostParts } from "./parts.js";
import { readings } from "./query.js";
import { TIER, rank } from "./ranks.js";
import { FIELD, FIELDS, STRETCH, Store } from "./store.js";
import { sift } from "./table.js";
import { isWord } from "./tokens.js";

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {import("./table.js").Filters} Filters any of the values of a facet, all of the facets
 * @typedef {import("./table.js").Counts} Counts facet -> value -> number of records
 * @typedef {import("./query.js").Reading} Reading
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {boolean} guess whether only a query with one character changed finds it; such results come last
 * @property {number} rank its line of RANKS, 0 for all of a list without a query or in another order
 * @property {() => Promise<Row>} data what a result shows
 *
 * @typedef {object} Found
 * @property {string} query
 * @property {Result[]} results best first
 * @property {Counts} counts for each value of each facet how many are found when it is chosen beside the choices in the
 *   other facets; the other choices within the same facet do not narrow it. Without `facets`, of `record` alone.
 * @property {Reading | null} reading null when nothing at all fits the query, and without a query
 * @property {string | null} guessed what the guesses are results of
 *
 * @typedef {object} Options
 * @property {Filters} [filters]
 * @property {string} [sort] name, rated, founded or verified; empty for the best first
 * @property {boolean} [facets] whether to count every facet
 *
 * @typedef {Map<number, {record: number, tier: number, soft: number}>} Hits
 */

/** The class of a match in each field, in the order of FIELD. */
const CLASS = [TIER.parts, TIER.parts, TIER.parts, TIER.parts, TIER.parts, TIER.about, TIER.charter, TIER.prose];
const NONE = 255;
/** So many characters do not stand together by chance. */
const LONG = 4;
/** The facets whose values have words of their own, in the order of NAMED in chamberbook/search/table.py. */
const NAMED = ["region", "industry", "kind", "rating", "topic"];

/** The search of one site. A search of another site is another object. */
export class Engine {
  /** @param {import("./base.js").Site} site */
  constructor(site) {
    this.site = site;
    this.store = new Store(site);
  }

  /** Begin anew: Pagefind never asks again for a part that it did not get. */
  forget() {
    this.store.forget();
  }

  /**
   * @param {string} query empty for a list by filters alone
   * @param {Options} [options]
   * @returns {Promise<Found>} rejected when a part of the index did not load: that is not "nothing found"
   */
  async find(query, options = {}) {
    const before = lostParts(this.store.base);
    try {
      const found = await this.look(query, options);
      if (lostParts(this.store.base) > before) throw new Error("a part of the index did not load");
      return { query, ...found };
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /**
   * A list by filters alone, in the order of names unless another is asked for; every facet is counted.
   * @param {{filters?: Filters, sort?: string}} [options]
   */
  listing({ filters = {}, sort = "" } = {}) {
    return this.find("", { filters, sort, facets: true });
  }

  /**
   * @param {string} query
   * @param {Options} options
   * @returns {Promise<Omit<Found, "query">>}
   */
  async look(query, { filters = {}, sort = "", facets = false }) {
    const base = await this.store.table();
    const all = facets || Object.entries(filters).some(([name, chosen]) => chosen.length && !(name in base.facets));
    const table = all ? await this.store.full() : base;
    if (!query.trim()) return this.list(table, filters, sort || "name", facets);
    const data = await this.store.data();
    const { hits, reading } = await this.understand(query);
    let best = NONE;
    for (const hit of hits.values()) best = Math.min(best, hit.tier);
    let guessed = null;
    // Prose may hold a mistyped name's parts by chance; what is found in names, or word for word, is what was meant.
    if (best >= TIER.charter && !inOnePiece(reading)) {
      const near = await guesses(query, data, this.store);
      for (const record of near.records) if (!hits.has(record)) hits.set(record, { record, tier: TIER.guess, soft: 0 });
      guessed = near.text;
    }
    const { left, counts } = sift(table, [...hits.keys()].sort((a, b) => a - b), filters, facets);
    if (sort) return this.found(await this.sorted(left, sort), counts, hits, reading, guessed);
    const ranked = rank(left.map((record) => /** @type {any} */ (hits.get(record))), table);
    return this.found(ranked.map((one) => one.record), counts, hits, reading, guessed);
  }

  /**
   * @param {import("./table.js").Table} table
   * @param {Filters} filters
   * @param {string} sort
   * @param {boolean} facets
   */
  async list(table, filters, sort, facets) {
    const { left, counts } = sift(table, Array(table.records).keys(), filters, facets);
    return this.found(await this.sorted(left, sort), counts, new Map(), null, null);
  }

  /**
   * @param {number[]} records
   * @param {Counts} counts
   * @param {Hits} hits
   * @param {Reading | null} reading
   * @param {string | null} guessed
   * @returns {Omit<Found, "query">}
   */
  found(records, counts, hits, reading, guessed) {
    const results = records.map((record) => {
      const rank = hits.get(record)?.tier ?? 0;
      return { id: String(record), guess: rank === TIER.guess, rank, data: () => this.store.row(record) };
    });
    return { results, counts, reading, guessed };
  }

  /**
   * @param {number[]} records in the order of names
   * @param {string} sort
   */
  async sorted(records, sort) {
    if (sort === "name") return records;
    const [ranks, { chambers, owner }] = await Promise.all([this.store.orders(), this.store.table()]);
    const order = ranks[sort];
    if (!order) return records;
    // A charter stands with its chamber, but it has no ratings.
    const key = (/** @type {number} */ record) => (record >= chambers && sort === "rated" ? Infinity : order[owner[record]]);
    const keys = new Map(records.map((record) => [record, key(record)]));
    const compare = (/** @type {number} */ a, /** @type {number} */ b) => Number(keys.get(a)) - Number(keys.get(b));
    return [...records].sort((a, b) => (keys.get(a) === keys.get(b) ? a - b : compare(a, b)));
  }

  /**
   * The likeliest readings that find anything.
   * @param {string} query
   * @returns {Promise<{hits: Hits, reading: Reading | null}>}
   */
  async understand(query) {
    const data = await this.store.data();
    for (const level of readings(query, data)) {
      /** @type {Hits} */
      const hits = new Map();
      let first = null;
      for (const reading of level) {
        const found = await this.holders(reading);
        if (found.length && !first) first = reading;
        for (const one of found) if (one.tier < (hits.get(one.record)?.tier ?? NONE)) hits.set(one.record, one);
      }
      if (hits.size) return { hits, reading: first };
    }
    return { hits: new Map(), reading: null };
  }

  /**
   * The records that hold every part of a reading.
   * @param {Reading} reading
   */
  async holders(reading) {
    const table = await this.store.table();
    const parts = await Promise.all(reading.parts.map((part) => this.classes(part.placed)));
    const found = [];
    for (let record = 0; record < table.records; record += 1) {
      let tier = TIER.parts;
      for (const classes of parts) tier = Math.max(tier, classes[record]);
      if (tier < NONE) found.push({ record, tier, soft: 0 });
    }
    if (!found.length) return found;
    const names = await this.names(reading.whole);
    const bodies = [...(await this.store.data()).bodies.keys()];
    for (const one of found) {
      one.tier = names.get(one.record) ?? one.tier;
      const body = bodies[table.body[one.record] - 1] ?? "";
      one.soft = reading.bodies.some((word) => body.endsWith(word)) || !reading.bodies.length ? 0 : 1;
    }
    return found;
  }

  /**
   * The best class of a phrase in each record, NONE where it is not.
   * @param {import("./query.js").Placed[]} placed
   */
  async classes(placed) {
    const { records, facets } = await this.store.table();
    const own = new Uint8Array(records).fill(NONE);
    /** @type {Map<number, number>} */
    const values = new Map();
    for (const place of await this.store.phrase(placed)) {
      const stretch = Math.floor(place / STRETCH);
      const record = Math.floor(stretch / FIELDS);
      const found = CLASS[stretch % FIELDS];
      if (record < records) own[record] = Math.min(own[record], found);
      else values.set(record - records, Math.min(values.get(record - records) ?? NONE, found));
    }
    const known = NAMED.reduce((sum, name) => sum + (facets[name]?.values.length ?? 0), 0);
    const table = await ([...values.keys()].some((value) => value >= known) ? this.store.full() : this.store.table());
    const shared = own.slice();
    spread(table, values, shared);
    return inherited(table, own, shared);
  }

  /**
   * The chambers one of whose names holds the whole query in one piece, and how.
   * @param {import("./query.js").Whole | null} whole
   * @returns {Promise<Map<number, number>>} record -> tier
   */
  async names(whole) {
    /** @type {Map<number, number>} */
    const found = new Map();
    if (!whole) return found;
    const [table, data] = await Promise.all([this.store.table(), this.store.data()]);
    const bodies = [...data.bodies.keys()];
    const places = await this.store.phrase(whole.placed);
    /** @param {number} place */
    const where = (place) => {
      const stretch = Math.floor(place / STRETCH);
      return { record: Math.floor(stretch / FIELDS), field: stretch % FIELDS, end: (place % STRETCH) + whole.size };
    };
    const longer = (/** @type {number} */ place) => where(place).field < FIELD.alias && where(place).end < table.length[where(place).record];
    // A word for a body was not asked for: it is the one at the end of the name, or the name goes on behind it.
    const going = new Set(whole.body && places.some(longer) ? await this.store.phrase(whole.tail) : []);
    for (const place of places) {
      const { record, field, end } = where(place);
      if (record >= table.chambers || field > FIELD.alias) continue;
      if (field === FIELD.alias) {
        found.set(record, Math.min(found.get(record) ?? NONE, TIER.alias));
        continue;
      }
      const ends = end === table.length[record] && (bodies[table.body[record] - 1] ?? "").endsWith(whole.body);
      if (whole.body && !ends && !going.has(place)) continue;
      const tier = place % STRETCH ? TIER.contains : end === table.length[record] ? TIER.exact : TIER.starts;
      found.set(record, Math.min(found.get(record) ?? NONE, tier));
    }
    return found;
  }

  /**
   * For a query that finds nothing: the parts without which something is found.
   * @param {string} query
   * @returns {Promise<{word: string, rest: string, count: number}[]>}
   */
  async relaxed(query) {
    const [[reading] = []] = readings(query, await this.store.data());
    if (!reading || reading.parts.length < 2) return [];
    const found = [];
    for (const part of reading.parts) {
      const parts = reading.parts.filter((other) => other !== part);
      const count = (await this.holders({ ...reading, parts, whole: null })).length;
      if (count) found.push({ word: part.text, rest: parts.map((other) => other.text).join(" "), count });
    }
    return found;
  }

  /**
   * For a query that finds nothing: the same with one character changed so that a part is a known place or trade.
   * @param {string} query
   * @returns {Promise<string>} empty when there is no such query or it finds nothing
   */
  async guess(query) {
    const data = await this.store.data();
    const [[reading] = []] = readings(query, data);
    for (const part of reading?.parts ?? []) {
      if ((await this.store.phrase(part.placed)).length) continue;
      const near = [...data.known.keys()].filter((word) => differsInOne(word, part.text));
      for (const word of near) {
        const other = (reading?.parts ?? []).map((one) => (one === part ? word : one.text)).join("");
        if ((await this.understand(other)).hits.size) return other;
      }
    }
    return "";
  }
}

/**
 * What a record has with others: its place, industry, kind, ratings, topics.
 * @param {import("./table.js").Table} table
 * @param {Map<number, number>} values number of a value, over all NAMED facets -> class
 * @param {Uint8Array} classes changed
 */
function spread({ facets }, values, classes) {
  let first = 0;
  for (const name of NAMED) {
    if (!(name in facets)) continue;
    const { values: all, sets, of } = facets[name];
    const start = first;
    first += all.length;
    if (![...values.keys()].some((value) => value >= start && value < first)) continue;
    const bySet = sets.map((set) => Math.min(NONE, ...set.map((value) => values.get(start + value) ?? NONE)));
    for (let record = 0; record < classes.length; record += 1) classes[record] = Math.min(classes[record], bySet[of[record]]);
  }
}

/**
 * A charter is found by its chamber, a chamber by the titles of its charters; both stand where charters stand.
 * @param {import("./table.js").Table} table
 * @param {Uint8Array} own
 * @param {Uint8Array} shared
 */
function inherited({ chambers, records, owner }, own, shared) {
  const found = shared.slice();
  for (let record = chambers; record < records; record += 1) {
    const chamber = owner[record];
    if (shared[chamber] <= TIER.about || shared[record] <= TIER.about) found[record] = TIER.charter;
    if (own[record] === TIER.charter) found[chamber] = Math.min(found[chamber], TIER.charter);
  }
  return found;
}

/**
 * Whether what was found is all of the query as it stands, too long to be there by chance.
 * @param {Reading | null} reading
 */
function inOnePiece(reading) {
  if (reading?.parts.length !== 1) return false;
  const [{ text }] = reading.parts;
  return !isWord(text) && Array.from(text).length >= LONG && reading.bodies.every((word) => text.includes(word));
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
 * @param {string} query empty for a list by filters alone
 * @param {Options} [options]
 */
export const find = (query, options) => here.find(query, options);
