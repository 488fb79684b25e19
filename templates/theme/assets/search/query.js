// A query -> the ways to read it. A reading says what a record must hold, and what only ranks it.

import { bodiesIn, pieces, split } from "./cut.js";
import { initials, isWord, pairs, runs, single, syllable, word } from "./tokens.js";

/**
 * @typedef {import("./store.js").Placed} Placed
 *
 * @typedef {object} Part
 * @property {string} text what it stands for, in Simplified characters
 * @property {Placed[]} placed the words that stand together where the part is
 *
 * @typedef {import("./cut.js").Piece} Piece
 *
 * @typedef {object} Whole the query as one piece of text
 * @property {Placed[]} placed
 * @property {number} size the length of a name that is the same text
 * @property {string} body the word for a body at its end, left out of `placed` because half of all names end so
 * @property {Placed[]} tail the words of that end, for names that go on behind it
 *
 * @typedef {object} Reading
 * @property {Part[]} parts every record found has them all
 * @property {Whole | null} whole names that hold it come before the others
 * @property {string[]} bodies words for a body among the query: they rank, they never exclude
 *
 * @typedef {import("./base.js").Data} Data
 */

/** A query in Latin letters can be read in several ways; more than these are not tried. */
const READINGS = 12;
const CUTS = 6;

/**
 * @param {string} text
 * @param {Data} data
 * @returns {Reading[][]} the likeliest first, those beside each other count alike; empty for nothing to search for
 */
export function readings(text, data) {
  const found = runs(text, data.hanzi);
  /** @type {Reading[][][]} */
  const groups = [];
  for (let at = 0; at < found.length; at += 1) {
    if (!isWord(found[at])) {
      groups.push(characters(found[at], data));
      continue;
    }
    let end = at;
    while (end + 1 < found.length && isWord(found[end + 1])) end += 1;
    groups.push(latin(found.slice(at, end + 1), end - at + 1 === found.length, data));
    at = end;
  }
  if (!groups.length) return [];
  const whole = groups.length > 1 ? line(found, data) : null;
  return product(groups).map((level) => level.slice(0, READINGS).map((one) => harden(whole ? { ...one, whole } : one, found, data)));
}

/**
 * One reading for each choice of a reading from each group; a choice's place is the later the less likely its parts.
 * @param {Reading[][][]} groups
 * @returns {Reading[][]}
 */
function product(groups) {
  const lone = groups.length === 1;
  return groups.reduce(
    (before, group) =>
      before.flatMap((beginnings) =>
        group.map((level) =>
          beginnings.flatMap((first) =>
            level.map((one) => ({
              parts: [...first.parts, ...one.parts],
              whole: lone ? one.whole : null,
              bodies: [...first.bodies, ...one.bodies],
            })),
          ),
        ),
      ),
    /** @type {Reading[][]} */ ([[{ parts: [], whole: null, bodies: [] }]]),
  );
}

/**
 * A query of nothing but words for a body (商会) means just that.
 * @param {Reading} reading
 * @param {string[]} found
 * @param {Data} data
 */
function harden(reading, found, data) {
  if (reading.parts.length) return reading;
  return { ...reading, parts: found.map((text) => part(text, data)), bodies: [] };
}

/**
 * @param {string} text a run of characters or a word
 * @param {Data} data
 * @returns {Part}
 */
function part(text, data) {
  return { text, placed: isWord(text) ? [[word(text, data.hanzi.spec), 0]] : cover(text, data) };
}

/**
 * Every second pair covers a run: places tell whether they stand together. Fewer words are fewer files to load.
 * @param {string} run
 * @param {Data} data
 * @returns {Placed[]}
 */
function cover(run, data) {
  const { spec } = data.hanzi;
  if (Array.from(run).length === 1) return [[single(run, spec), 0]];
  return every(pairs(run, spec));
}

/**
 * @param {string[]} overlapping words, each over two places
 * @returns {Placed[]}
 */
function every(overlapping) {
  const last = overlapping.length - 1;
  return overlapping.map((token, at) => /** @type {Placed} */ ([token, at])).filter(([, at]) => at % 2 === 0 || at === last);
}

/**
 * All runs as one line of text, as chamberbook/search/fields.py lays it out: a run of characters takes as many places
 * as it has characters, a word or a lone character two.
 * @param {string[]} found
 * @param {Data} data
 * @returns {Whole}
 */
function line(found, data) {
  const last = found[found.length - 1];
  const body = found.some((run) => !isWord(run)) && !isWord(last) ? bodyAt(last, data) : "";
  /** @type {Placed[]} */
  const placed = [];
  let at = 0;
  found.forEach((run, number) => {
    const own = number === found.length - 1 ? run.slice(0, run.length - body.length) : run;
    if (own) placed.push(...part(own, data).placed.map(([token, offset]) => /** @type {Placed} */ ([token, at + offset])));
    at += isWord(run) || Array.from(run).length === 1 ? 2 : Array.from(run).length;
  });
  const size = Array.from(body).length;
  const tail = body ? cover(Array.from(last).slice(-size - 1).join(""), data).map(([token, offset]) => /** @type {Placed} */ ([token, at - size - 1 + offset])) : [];
  return { placed, size: at, body, tail };
}

/**
 * The word for a body at the end of a run, when enough is left before it.
 * @param {string} run
 * @param {Data} data
 */
function bodyAt(run, data) {
  const found = [...data.bodies.keys()].filter((one) => run.endsWith(one)).sort((a, b) => b.length - a.length)[0] ?? "";
  return Array.from(run).length - found.length > 1 ? found : "";
}

/**
 * A run of characters, cut at known places and trades and at words for a body: from its beginning, from its end, and
 * with unknown pieces cut into words. Where a cut leaves a lone character over or a hole in the middle, the run is first
 * read as it stands: 市商会 would be everything in a city, 包装行业质量 all that is said of packing and of quality.
 * @param {string} run
 * @param {Data} data
 * @returns {Reading[][]}
 */
function characters(run, data) {
  const bodies = bodiesIn(run, data);
  const reading = (/** @type {Piece[]} */ list) => ({ parts: list.map(({ text }) => part(text, data)), whole: along(run, list, data), bodies });
  const forward = pieces(run, data, false);
  const backward = pieces(run, data, true);
  const sizes = forward.map(({ text }) => Array.from(text).length);
  const torn = forward.some(({ at }, number) => sizes[number] === 1 || at > 1 + (number ? forward[number - 1].at + sizes[number - 1] : 0));
  const found = torn ? [[reading([{ text: run, at: 0 }])]] : [];
  found.push([reading(forward)]);
  if (backward.map(({ text }) => text).join(" ") !== forward.map(({ text }) => text).join(" ")) found.push([reading(backward)]);
  const finer = forward.flatMap((piece) => (Array.from(piece.text).length > 3 ? split(piece) : [piece]));
  if (finer.length > forward.length) found.push([reading(finer)]);
  return found;
}

/**
 * The run as one piece, by the words of its pieces, each at its place: what the pieces need is loaded anyway.
 * @param {string} run
 * @param {Piece[]} list
 * @param {Data} data
 * @returns {Whole}
 */
function along(run, list, data) {
  const whole = line([run], data);
  if (list[0]?.at !== 0 || list.some(({ text }) => Array.from(text).length === 1)) return whole;
  const placed = list.flatMap(({ text, at }) => cover(text, data).map(([token, offset]) => /** @type {Placed} */ ([token, at + offset])));
  const end = whole.size - Array.from(whole.body).length;
  const over = list.some(({ text, at }) => at + Array.from(text).length > end);
  return over ? { ...whole, placed, body: "", tail: [] } : { ...whole, placed };
}

/**
 * Neighbouring ASCII words: as words or as pinyin, else as first letters. Words like "chamber of" are not looked for.
 * @param {string[]} group
 * @param {boolean} alone whether they are all of the query
 * @param {Data} data
 * @returns {Reading[][]}
 */
function latin(group, alone, data) {
  const { spec } = data.hanzi;
  const telling = group.filter((text) => !data.soft.has(text));
  const kept = telling.length || !alone ? telling : group;
  const words = { parts: kept.map((text) => part(text, data)), whole: group.length > 1 ? line(group, data) : null, bodies: [] };
  const letters = kept.join("");
  if (/\d/.test(letters)) return [[words]];
  const found = [[words, ...(letters ? spellings(letters, data.syllables) : []).map((parts) => spoken(parts, data))]];
  if (letters.length > 1 && letters.length <= 16) {
    const placed = every(initials(letters, spec));
    found.push([{ parts: [{ text: letters, placed }], whole: { placed, size: letters.length, body: "", tail: [] }, bodies: [] }]);
  }
  return found;
}

/**
 * @param {string[]} parts syllables
 * @param {Data} data
 * @returns {Reading}
 */
function spoken(parts, data) {
  const { spec } = data.hanzi;
  const placed = (/** @type {string[]} */ list) => list.map((text, at) => /** @type {Placed} */ ([syllable(text, spec), at]));
  const words = groups(parts, data);
  const all = parts.join(" ");
  const [body, reading] = [...data.bodies].find(([, one]) => all.endsWith(` ${one}`)) ?? ["", ""];
  const rest = body ? parts.slice(0, -reading.split(" ").length) : parts;
  return {
    parts: (words.length ? words : [parts]).map((list) => ({ text: list.join(""), placed: placed(list) })),
    whole: { placed: placed(rest), size: parts.length, body, tail: placed(parts).slice(rest.length) },
    bodies: body && words.length ? [body] : [],
  };
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
  const tails = new Set(["shi", "sheng", "qu", "xian", "ye"]);
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
      if (!bodies.has(piece)) {
        const bare = size > 2 && tails.has(parts[at + size - 1]) && known.has(parts.slice(at, at + size - 1).join(" "));
        found.push(parts.slice(at, at + size - (bare ? 1 : 0)));
      }
    } else rest.push(parts[at]);
    at += size;
  }
  if (rest.length) found.push(rest);
  return found;
}
