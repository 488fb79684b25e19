// The matched part of a text, marked. The text stays as it is written: Traditional stays Traditional.

import { el } from "./base.js";
import { fold, isWord, runs, simplify } from "./tokens.js";

/** @typedef {import("./tokens.js").Hanzi} Hanzi */

/**
 * What to mark for a query: its runs, and the pieces they are cut into.
 * @param {string} query
 * @param {import("./query.js").Reading | null} reading
 * @param {Hanzi} hanzi
 */
export function terms(query, reading, hanzi) {
  const pieces = (reading?.parts ?? []).map((part) => part.text);
  const found = new Set([...runs(query, hanzi), ...pieces].filter(Boolean));
  return [...found].sort((a, b) => b.length - a.length);
}

/**
 * @param {string} text
 * @param {string[]} wanted
 * @param {Hanzi} hanzi
 * @returns {(string | Node)[]}
 */
export function marked(text, wanted, hanzi) {
  return pieces(text, ranges(text, wanted, hanzi));
}

/**
 * @param {string} text
 * @param {string[]} wanted
 * @param {Hanzi} hanzi
 */
export function matches(text, wanted, hanzi) {
  return ranges(text, wanted, hanzi).length > 0;
}

/**
 * The text with the characters of the ranges marked.
 * @param {string} text
 * @param {[number, number][]} found in characters, in order, apart
 * @returns {(string | Node)[]}
 */
export function pieces(text, found) {
  const list = Array.from(text);
  /** @type {(string | Node)[]} */
  const nodes = [];
  let done = 0;
  for (const [start, end] of found) {
    if (start > done) nodes.push(list.slice(done, start).join(""));
    nodes.push(el("mark", null, list.slice(start, end).join("")));
    done = end;
  }
  if (done < list.length) nodes.push(list.slice(done).join(""));
  return nodes;
}

/**
 * @param {string} text
 * @param {string[]} wanted
 * @param {Hanzi} hanzi
 * @returns {[number, number][]}
 */
function ranges(text, wanted, hanzi) {
  // One place in the text for each character of its folded form.
  /** @type {number[]} */
  const places = [];
  let folded = "";
  Array.from(text).forEach((char, at) => {
    const plain = simplify(fold(char), hanzi);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
  });
  const hit = new Set();
  for (const term of wanted) {
    // A letter or two would mark half of every English word.
    if (isWord(term) && term.length < 2) continue;
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      for (let unit = at; unit < at + term.length; unit += 1) hit.add(places[unit]);
    }
  }
  return merged([...hit].sort((a, b) => a - b));
}

/**
 * @param {number[]} places
 * @returns {[number, number][]}
 */
function merged(places) {
  /** @type {[number, number][]} */
  const found = [];
  for (const place of places) {
    const last = found.at(-1);
    if (last && last[1] === place) last[1] = place + 1;
    else found.push([place, place + 1]);
  }
  return found;
}
