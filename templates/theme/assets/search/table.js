// The facet table: what filters, counts and orders the records of a site. See chamberbook/search/table.py.

/** The characters that numbers are written in: from # to ~ without the backslash. */
const FIRST = 35;
const BACKSLASH = 92;
const BASE = 91;

/**
 * @typedef {Record<string, string[]>} Filters any of the values of a facet, all of the facets
 * @typedef {Record<string, Record<string, number>>} Counts facet -> value -> number of records
 * @typedef {{values: string[], sets: number[][], of: Int32Array}} Facet
 *
 * @typedef {object} Table
 * @property {number} chambers the first records, in the order of names; their charters follow
 * @property {number} records
 * @property {any} [entry] what Pagefind asks for first: where its list of parts is
 * @property {string[]} pages Pagefind's ids
 * @property {Int32Array[]} groups for each page records, then the length of a stretch of each field
 * @property {Int32Array} length of a chamber's name, in characters
 * @property {Int32Array} body which word for a body the name ends in, from 1
 * @property {{sets: (string | number)[][], of: Int32Array}} held scheme and rank of the level in force
 * @property {Int32Array} charters how many each chamber has
 * @property {Int32Array} owner of each record the chamber, of a chamber itself
 * @property {Record<string, number[]>} rows for each order with which record each file begins
 * @property {Record<string, Facet>} facets of all records
 */

/**
 * @param {any} raw
 * @returns {Table}
 */
export function readTable(raw) {
  const charters = numbers(raw.charters);
  const owner = new Int32Array(raw.records);
  let next = raw.chambers;
  for (let at = 0; at < raw.chambers; at += 1) {
    owner[at] = at;
    for (let one = 0; one < charters[at]; one += 1) owner[next++] = at;
  }
  const table = {
    ...raw,
    charters,
    owner,
    groups: raw.groups.map(numbers),
    length: numbers(raw.length),
    body: numbers(raw.body),
    held: { sets: raw.held.sets, of: numbers(raw.held.of) },
  };
  return { ...table, facets: { ...allFacets(raw.facets, table), ...ownFacets(table) } };
}

/**
 * The table with the facets that only a search with choices needs.
 * @param {Table} table
 * @param {any} raw
 * @returns {Table}
 */
export function withFacets(table, raw) {
  return { ...table, facets: { ...table.facets, ...allFacets(raw, table) } };
}

/**
 * @param {string} text as `_numbers` of table.py writes it
 * @returns {Int32Array}
 */
export function numbers(text) {
  const width = Number(text[0]);
  const size = (text.length - 1) / width;
  const found = new Int32Array(size);
  for (let place = width - 1; place >= 0; place -= 1) {
    for (let at = 0; at < size; at += 1) {
      const code = text.charCodeAt(1 + place * size + at);
      found[at] = found[at] * BASE + code - FIRST - (code > BACKSLASH ? 1 : 0);
    }
  }
  return found;
}

/**
 * The facets of all records: what charters have from their chambers, and the reverse.
 * @param {Record<string, any>} raw
 * @param {{chambers: number, records: number, owner: Int32Array}} table
 * @returns {Record<string, Facet>}
 */
function allFacets(raw, { chambers, records, owner }) {
  /** @type {Record<string, Facet>} */
  const found = {};
  for (const [name, { values, sets, of }] of Object.entries(raw)) {
    if (name === "topic") continue;
    const own = numbers(of);
    const shared = name === "region" || name === "industry";
    const all = Int32Array.from({ length: records }, (_, at) => (at < chambers || shared ? own[owner[at]] : sets.length));
    found[name] = { values, sets: [...sets, []], of: all };
  }
  if (raw.topic) found.topic = topics(raw.topic, chambers, owner);
  return found;
}

/**
 * The facets that follow from what the records are.
 * @param {{chambers: number, records: number, charters: Int32Array}} table
 * @returns {Record<string, Facet>}
 */
function ownFacets({ chambers, records, charters }) {
  const record = Int32Array.from({ length: records }, (_, at) => (at < chambers ? 0 : 1));
  const charter = Int32Array.from({ length: records }, (_, at) => (at < chambers ? (charters[at] ? 1 : 0) : 2));
  return {
    record: { values: ["chamber", "charter"], sets: [[0], [1]], of: record },
    charter: { values: ["no", "yes"], sets: [[0], [1], []], of: charter },
  };
}

/**
 * A chamber has the topics of all its charters.
 * @param {any} raw
 * @param {number} chambers
 * @param {Int32Array} owner
 * @returns {Facet}
 */
function topics({ values, sets, of }, chambers, owner) {
  const own = numbers(of);
  /** @type {Map<string, number>} */
  const known = new Map();
  const all = new Int32Array(owner.length);
  const number = (/** @type {number[]} */ set) => {
    const key = set.join();
    const at = known.get(key) ?? known.size;
    known.set(key, at);
    return at;
  };
  /** @type {Map<number, Set<number>>} */
  const held = new Map();
  for (let at = chambers; at < owner.length; at += 1) {
    const set = sets[own[at - chambers]];
    all[at] = number(set);
    const gathered = held.get(owner[at]) ?? new Set();
    for (const value of set) gathered.add(value);
    held.set(owner[at], gathered);
  }
  for (let at = 0; at < chambers; at += 1) all[at] = number([...(held.get(at) ?? [])].sort((a, b) => a - b));
  return { values, sets: Array.from(known.keys(), (key) => (key ? key.split(",").map(Number) : [])), of: all };
}

/**
 * Which records pass the filters, and how many each value would leave.
 * @param {Table} table
 * @param {Iterable<number>} found records, in order
 * @param {Filters} filters
 * @param {boolean} facets whether to count every facet, else `record` alone
 */
export function sift(table, found, filters, facets) {
  const names = Object.keys(table.facets);
  const passes = names.map((name) => passing(table.facets[name], filters[name] ?? []));
  const counted = names.map((name, at) => (facets || name === "record" ? at : -1)).filter((at) => at >= 0);
  const columns = names.map((name) => table.facets[name].of);
  const tallies = names.map((name) => new Int32Array(table.facets[name].sets.length));
  const left = [];
  for (const record of found) {
    // A facet's own numbers leave out its own choice: any within a facet, all across.
    let failed = -1;
    let fails = 0;
    for (let at = 0; at < names.length && fails < 2; at += 1) {
      const pass = passes[at];
      if (pass && !pass[columns[at][record]]) {
        fails += 1;
        failed = at;
      }
    }
    if (!fails) {
      left.push(record);
      for (const at of counted) tallies[at][columns[at][record]] += 1;
    } else if (fails === 1 && counted.includes(failed)) tallies[failed][columns[failed][record]] += 1;
  }
  return { left, counts: Object.fromEntries(counted.map((at) => [names[at], counts(table.facets[names[at]], tallies[at])])) };
}

/**
 * @param {Facet} facet
 * @param {string[]} chosen
 * @returns {Uint8Array | null} for each set whether it passes; null when all do
 */
function passing(facet, chosen) {
  if (!chosen.length) return null;
  const wanted = new Set(chosen.map((value) => facet.values.indexOf(value)));
  return Uint8Array.from(facet.sets, (set) => (set.some((value) => wanted.has(value)) ? 1 : 0));
}

/**
 * @param {Facet} facet
 * @param {Int32Array} tally of each set
 * @returns {Record<string, number>} of each value, those of none too
 */
function counts(facet, tally) {
  const found = new Int32Array(facet.values.length);
  facet.sets.forEach((set, at) => set.forEach((value) => (found[value] += tally[at])));
  return Object.fromEntries(facet.values.map((value, at) => [value, found[at]]));
}
