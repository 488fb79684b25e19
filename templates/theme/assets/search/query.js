// A query -> the ways to read it. A reading says which words a record must have, and which only rank it.

import { begins, ends, initials, isWord, pairs, runs, syllables, word } from "./tokens.js";

/**
 * @typedef {object} Part
 * @property {string} text what it stands for, in Simplified characters
 * @property {string[]} tokens
 *
 * @typedef {object} Reading
 * @property {Part[]} parts every record found has them all
 * @property {string[]} strict as written, without a cut: such records come before the others
 * @property {string[]} starts with these, the name begins so
 * @property {string[]} exact with these, it is the whole name
 *
 * @typedef {import("./base.js").Data} Data
 */

/** A query in Latin letters can be read in several ways; more than these are not tried. */
const READINGS = 12;
const CUTS = 6;

/**
 * @param {string} text
 * @param {Data} data
 * @returns {Reading[]} the likeliest first; none when the query holds nothing to search for
 */
export function readings(text, data) {
  const found = runs(text, data.hanzi);
  /** @type {Reading[][]} */
  const groups = [];
  for (let at = 0; at < found.length; at += 1) {
    if (!isWord(found[at])) {
      groups.push([characters(found[at], data)]);
      continue;
    }
    let end = at;
    while (end + 1 < found.length && isWord(found[end + 1])) end += 1;
    groups.push(latin(found.slice(at, end + 1), data));
    at = end;
  }
  return groups.length ? product(groups).slice(0, READINGS).map(harden) : [];
}

/**
 * One reading for each choice of a reading from each group.
 * @param {Reading[][]} groups
 */
function product(groups) {
  const lone = groups.length === 1;
  return groups.reduce(
    (found, group) =>
      found.flatMap((before) =>
        group.map((one) => ({
          parts: [...before.parts, ...one.parts],
          strict: [...before.strict, ...one.strict],
          starts: lone ? one.starts : [],
          exact: lone ? one.exact : [],
        })),
      ),
    [{ parts: [], strict: [], starts: [], exact: [] }],
  );
}

/** A query of nothing but words for a body (商会) means just that. @param {Reading} reading */
function harden(reading) {
  return reading.parts.length ? reading : { ...reading, parts: [{ text: "", tokens: reading.strict }] };
}

/**
 * A run of characters, cut at known places and trades and at words for a body.
 * @param {string} run
 * @param {Data} data
 * @returns {Reading}
 */
function characters(run, data) {
  const parts = cut(run, data).flatMap((text) => (text.length > 3 ? split(text) : [text]));
  return {
    parts: parts.map((text) => ({ text, tokens: pairs(text) })),
    strict: pairs(run),
    starts: begins(run),
    exact: [...begins(run), ...ends(run)],
  };
}

/**
 * @param {string} run
 * @param {Data} data
 * @returns {string[]} the pieces that must be found
 */
export function cut(run, data) {
  const list = Array.from(run);
  const found = [];
  let rest = "";
  const close = () => {
    if (rest) found.push(rest);
    rest = "";
  };
  for (let at = 0; at < list.length; ) {
    const body = longest(list, at, data.bodies);
    const known = longest(list, at, data.known);
    if (body && body.length >= (known?.length ?? 0)) {
      close();
      at += body.length;
    } else if (known) {
      close();
      const bare = known.length > 2 && data.tails.includes(known.at(-1) ?? "") && data.known.has(known.slice(0, -1).join(""));
      found.push(known.slice(0, bare ? -1 : undefined).join(""));
      at += known.length;
      if (!bare && data.tails.includes(list[at] ?? "-") && !longest(list, at, data.known)) at += 1;
    } else {
      rest += list[at];
      at += 1;
    }
  }
  close();
  return found.map((piece) => (/^..+业$/u.test(piece) ? piece.slice(0, -1) : piece));
}

/**
 * @param {string[]} list
 * @param {number} at
 * @param {Map<string, string>} words
 */
function longest(list, at, words) {
  for (let size = Math.min(8, list.length - at); size > 1; size -= 1) {
    const piece = list.slice(at, at + size);
    if (words.has(piece.join(""))) return piece;
  }
  return null;
}

/**
 * A lone character joins the word that it stands beside: running text holds no single characters to be found.
 * @param {string[]} pieces
 * @param {string} run
 */
function glue(pieces, run) {
  /** @type {string[]} */
  const found = [];
  for (const piece of pieces) {
    const before = found.at(-1);
    const alone = Array.from(piece).length === 1 || (before && Array.from(before).length === 1);
    if (before && alone && run.includes(before + piece)) found[found.length - 1] = before + piece;
    else found.push(piece);
  }
  return found;
}

/**
 * A long piece that nobody knows, cut into words where the browser can.
 * @param {string} text
 */
function split(text) {
  if (!("Segmenter" in Intl)) return [text];
  const words = Array.from(new Intl.Segmenter("zh", { granularity: "word" }).segment(text), (part) => part.segment);
  return glue(words, text);
}

/**
 * Neighbouring ASCII words: as words, as pinyin, as first letters.
 * @param {string[]} group
 * @param {Data} data
 * @returns {Reading[]}
 */
function latin(group, data) {
  const as = (/** @type {Part[]} */ parts, /** @type {string[]} */ strict) => ({ parts, strict, starts: [], exact: [] });
  const words = group.map((text) => ({ text, tokens: [word(text)] }));
  const found = [as(words, words.flatMap((part) => part.tokens))];
  const letters = group.join("");
  if (/\d/.test(letters)) return found;
  for (const spelled of spellings(letters, data.syllables)) {
    found.push(as(groups(spelled, data).map((text) => ({ text: text.join(""), tokens: syllables(text) })), syllables(spelled)));
  }
  if (letters.length <= 12 && initials(letters).length) {
    found.push(as([{ text: letters, tokens: initials(letters) }], initials(letters)));
  }
  return found;
}

/**
 * The ways to cut letters into syllables, fewest syllables first. What is only begun at the end is left out.
 * @param {string} letters
 * @param {Set<string>} known
 * @returns {string[][]}
 */
export function spellings(letters, known) {
  /** @type {string[][]} */
  const whole = [];
  /** @type {string[][]} */
  const begun = [];
  const visit = (/** @type {number} */ at, /** @type {string[]} */ parts) => {
    if (whole.length > CUTS * 8) return;
    if (at === letters.length) whole.push(parts);
    let found = false;
    for (let size = Math.min(6, letters.length - at); size > 0; size -= 1) {
      const part = letters.slice(at, at + size);
      if (!known.has(part)) continue;
      found = true;
      visit(at + size, [...parts, part]);
    }
    const rest = letters.slice(at);
    if (!found && rest && parts.length && [...known].some((one) => one.startsWith(rest))) begun.push(parts);
  };
  visit(0, []);
  const found = whole.length ? whole : begun;
  return found.sort((a, b) => a.length - b.length).slice(0, CUTS);
}

/**
 * Syllables grouped by the known places and trades among them; words for a body are left out.
 * @param {string[]} parts
 * @param {Data} data
 * @returns {string[][]}
 */
function groups(parts, data) {
  const known = new Set(data.known.values());
  const bodies = new Set(data.bodies.values());
  /** @type {string[][]} */
  const found = [];
  /** @type {string[]} */
  let rest = [];
  for (let at = 0; at < parts.length; ) {
    let size = Math.min(8, parts.length - at);
    let piece = parts.slice(at, at + size).join(" ");
    while (size > 1 && !known.has(piece) && !bodies.has(piece)) {
      size -= 1;
      piece = parts.slice(at, at + size).join(" ");
    }
    if (size > 1) {
      if (rest.length) found.push(rest);
      rest = [];
      if (!bodies.has(piece)) found.push(parts.slice(at, at + size));
    } else rest.push(parts[at]);
    at += size;
  }
  if (rest.length) found.push(rest);
  return found.length ? found : [parts];
}
