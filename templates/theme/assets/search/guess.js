// A name with one wrong character, or its pinyin with one wrong letter: which names were meant.

import { bodiesIn, cut } from "./cut.js";
import { FIELD, FIELDS, STRETCH } from "./store.js";
import { isWord, runs, single, syllable } from "./tokens.js";

/** Shorter ones are near too many names; words for a body say nothing. */
const CHARACTERS = 4;
const LETTERS = 6;
/** So many guesses are shown, and so many ways to cut letters are tried. */
const SHOWN = 10;
const WAYS = 600;
const PARSES = 4;

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./base.js").Data} Data
 */

/**
 * @param {string} query
 * @param {Data} data
 * @param {Store} store
 * @returns {Promise<{records: number[], text: string | null}>} `text`: the name that was guessed first
 */
export async function guesses(query, data, store) {
  const found = runs(query, data.hanzi);
  const all = found.join("");
  let records = new Set();
  if (found.length && found.every(isWord)) {
    if (all.length >= LETTERS && !/\d/.test(all)) records = await letters(all, data, store);
  } else if (!found.some(isWord)) {
    records = await characters(all, store, data);
    const bare = cut(all, data).join("");
    if (bare !== all) for (const one of await characters(bare, store, data)) records.add(one);
  }
  const { chambers } = await store.table();
  const sorted = [...records].filter((record) => record < chambers).sort((a, b) => a - b).slice(0, SHOWN);
  return { records: sorted, text: sorted.length ? (await store.row(sorted[0])).name : null };
}

/**
 * Names and other names that hold all characters but one in their places.
 * @param {string} text
 * @param {Store} store
 * @param {Data} data
 * @returns {Promise<Set<number>>}
 */
async function characters(text, store, data) {
  const list = Array.from(text);
  const bodies = bodiesIn(text, data).join("");
  if (list.length - Array.from(bodies).length < CHARACTERS) return new Set();
  const places = await Promise.all(list.map((char) => store.places(single(char, data.hanzi.spec))));
  return aligned(places, list.length - 1);
}

/**
 * The records in whose names at least `least` of the words stand in a row as asked.
 * @param {Float64Array[]} places of each word
 * @param {number} least
 * @returns {Set<number>}
 */
function aligned(places, least) {
  /** @type {Map<number, number>} */
  const tally = new Map();
  places.forEach((list, offset) => {
    // A row that begins with the last words can not hold enough of them any more.
    const open = offset <= places.length - least;
    for (const place of list) {
      const start = place - offset;
      const count = tally.get(start);
      if (count !== undefined) tally.set(start, count + 1);
      else if (open) tally.set(start, 1);
    }
  });
  const found = new Set();
  for (const [start, count] of tally) {
    // A start before the stretch belongs to the one before it: then a word was found where the text has not begun.
    const stretch = Math.floor((start + places.length - 1) / STRETCH);
    if (count >= least) found.add(Math.floor(stretch / FIELDS));
  }
  return found;
}

/**
 * Names whose pinyin is within one letter.
 * @param {string} text
 * @param {Data} data
 * @param {Store} store
 * @returns {Promise<Set<number>>}
 */
async function letters(text, data, store) {
  const found = new Set();
  for (const { before, window, after } of ways(text, data.syllables)) {
    const near = [...data.syllables].filter((one) => one !== window && withinOne(one, window));
    if (before.length + after.length < 2 || !near.length) continue;
    const { spec } = data.hanzi;
    const known = [...before.map((part, at) => ({ part, at })), ...after.map((part, at) => ({ part, at: before.length + 1 + at }))];
    const starts = await store.phrase(known.map(({ part, at }) => /** @type {[string, number]} */ ([syllable(part, spec), at])));
    if (!starts.length) continue;
    const there = new Set();
    for (const list of await Promise.all(near.map((one) => store.places(syllable(one, spec))))) {
      for (const place of list) there.add(place - before.length);
    }
    for (const start of starts) {
      const stretch = Math.floor(start / STRETCH);
      if (there.has(start) && stretch % FIELDS !== FIELD.charter) found.add(Math.floor(stretch / FIELDS));
    }
    if (found.size) break;
  }
  return found;
}

/**
 * The ways to cut letters into known syllables with one stretch between them that is none.
 * @param {string} text
 * @param {Set<string>} known
 */
function ways(text, known) {
  const heads = parses(text, known, false);
  const tails = parses(text, known, true);
  const found = [];
  for (const [at, befores] of heads) {
    for (let size = 1; size <= 7 && at + size <= text.length; size += 1) {
      const window = text.slice(at, at + size);
      for (const after of tails.get(at + size) ?? []) for (const before of befores) found.push({ before, window, after });
    }
  }
  // The more letters are read as they stand, the likelier.
  return found.sort((a, b) => a.window.length - b.window.length || a.before.length - b.before.length).slice(0, WAYS);
}

/**
 * For each place up to which (from which) the letters are syllables, the ways with the fewest.
 * @param {string} text
 * @param {Set<string>} known
 * @param {boolean} fromEnd
 * @returns {Map<number, string[][]>}
 */
function parses(text, known, fromEnd) {
  const size = text.length;
  /** @type {Map<number, string[][]>} */
  const found = new Map([[fromEnd ? size : 0, [[]]]]);
  for (let step = 1; step <= size; step += 1) {
    const at = fromEnd ? size - step : step;
    const all = [];
    for (let length = 1; length <= Math.min(6, step); length += 1) {
      const other = fromEnd ? at + length : at - length;
      const part = text.slice(Math.min(at, other), Math.max(at, other));
      if (known.has(part)) for (const rest of found.get(other) ?? []) all.push(fromEnd ? [part, ...rest] : [...rest, part]);
    }
    if (all.length) found.set(at, all.sort((a, b) => a.length - b.length).slice(0, PARSES));
  }
  return found;
}

/**
 * Whether one letter changed, added or left out makes the two alike.
 * @param {string} a
 * @param {string} b
 */
function withinOne(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = (/** @type {string} */ text, /** @type {number} */ from) => text.slice(from);
  return rest(a, at + 1) === rest(b, at + 1) || rest(a, at) === rest(b, at + 1) || rest(a, at + 1) === rest(b, at);
}
