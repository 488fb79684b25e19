// Which names to suggest for what is typed so far. A small directory's names are one file, a large one's a tree of files
// by how they begin: see chamberbook/search/names.py.

import { FOLDER, fetchJson, foreign } from "./base.js";
import { cut } from "./cut.js";
import { isWord, runs } from "./tokens.js";

/**
 * @typedef {{slug: string, name: string, script?: string, english?: string, pinyin?: string, place?: string, within?: string, other?: string[], level?: string, state?: string}} Entry
 * @typedef {{entry: Entry, score: number, ranges: [number, number][], other: string}} Suggestion
 * @typedef {{name: string, others: string[], place: string, syllables: string[], words: string[]}} Known
 * @typedef {Record<string, string>} Said what the Chinese places and levels are called in the language of the page
 */

/** @type {WeakMap<Entry, Known>} */
const prepared = new WeakMap();

/** The names of this site. */
export class Names {
  /** @param {import("./base.js").Data} data */
  constructor(data) {
    this.data = data;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /**
   * @param {string} text
   * @returns {Promise<Suggestion[]>} best first
   */
  async look(text) {
    const [entries, said] = await Promise.all([this.data.suggest ? this.file("suggest") : this.beginning(text), this.said()]);
    return suggest(text, entries, this.data, said);
  }

  /** @returns {Promise<Said>} */
  async said() {
    return FOLDER && foreign() ? this.file(`${FOLDER}said`) : {};
  }

  /**
   * The names of the deepest file of the tree that what is typed leads to.
   * @param {string} text
   * @returns {Promise<Entry[]>}
   */
  async beginning(text) {
    const [run = ""] = runs(text, this.data.hanzi);
    let key = "";
    let found = await this.file("names/index");
    for (const char of run) {
      if (!found.deeper.includes(char)) break;
      key += `${key && "-"}${(char.codePointAt(0) ?? 0).toString(16)}`;
      found = await this.file(`names/${key}`);
    }
    return found.entries;
  }

  /** @param {string} name */
  file(name) {
    let found = this.files.get(name);
    if (!found) {
      found = fetchJson(`search/${name}.json`);
      found.catch(() => this.files.delete(name));
      this.files.set(name, found);
    }
    return found;
  }
}

/**
 * The name in words of pinyin, as chamberbook/search/names.py marks them: Xi'an Shi Canyin Shanghui.
 * @param {Entry} entry
 */
export function reading({ name, pinyin = "" }) {
  const syllables = pinyin.split(" ");
  let text = "";
  Array.from(pinyin && name).forEach((char, at) => {
    const syllable = syllables[at].replace("v", "ü");
    const inside = at && syllable === syllable.toLowerCase() && (syllables[at - 1] === "-") === (syllable === "-");
    const next = syllable === "-" ? char.normalize("NFKC") : /^[aoe]/.test(syllable) && inside ? `'${syllable}` : syllable;
    text += inside ? next : ` ${next}`;
  });
  return text.trim().replace(/([(]) | (?=[)])/g, "$1");
}

/**
 * @param {string} text
 * @param {Entry[]} entries in the order of names
 * @param {import("./base.js").Data} data
 * @param {Said} [said]
 * @returns {Suggestion[]} best first, equal ones in the order of names
 */
export function suggest(text, entries, data, said = {}) {
  const wanted = runs(text, data.hanzi);
  if (!wanted.length) return [];
  const found = [];
  for (const entry of entries) {
    const one = match(entry, wanted, data, said);
    if (one) found.push(one);
  }
  return found.sort((a, b) => a.score - b.score);
}

/**
 * @param {Entry} entry
 * @param {string[]} wanted
 * @param {import("./base.js").Data} data
 * @param {Said} said
 * @returns {Suggestion | null} with a lower score the better it fits
 */
function match(entry, wanted, data, said) {
  const known = prepare(entry, data, said);
  /** @type {Suggestion} */
  const found = { entry, score: 0, ranges: [], other: "" };
  for (const run of wanted) {
    const fits = isWord(run) ? latin(known, run) : (characters(known, run) ?? piecewise(known, run, data));
    if (!fits) return null;
    found.score += fits.score;
    found.ranges.push(...fits.ranges);
    if (fits.other >= 0) found.other = entry.other?.[fits.other] ?? "";
  }
  found.ranges.sort((a, b) => a[0] - b[0]);
  found.ranges = found.ranges.filter(([start], at) => !at || start >= found.ranges[at - 1][1]);
  return found;
}

/**
 * @param {Entry} entry
 * @param {import("./base.js").Data} data
 * @param {Said} said
 * @returns {Known}
 */
function prepare(entry, data, said) {
  let known = prepared.get(entry);
  if (!known) {
    const plain = (/** @type {string} */ text) => runs(text, data.hanzi).join("");
    known = {
      name: plain(entry.name),
      others: (entry.other ?? []).map(plain),
      place: plain(`${entry.within ?? ""}${entry.place ?? ""}`),
      syllables: entry.pinyin?.toLowerCase().split(" ") ?? [],
      words: runs([entry.english, said[entry.place ?? ""], said[entry.within ?? ""]].filter(Boolean).join(" "), data.hanzi),
    };
    prepared.set(entry, known);
  }
  return known;
}

/**
 * @param {Known} known
 * @param {string} run
 */
function characters(known, run) {
  const at = known.name.indexOf(run);
  if (at >= 0) {
    const start = Array.from(known.name.slice(0, at)).length;
    return fit(at ? 2 : known.name === run ? 0 : 1, start, Array.from(run).length);
  }
  const other = known.others.findIndex((name) => name.includes(run));
  if (other >= 0) return { score: 3, ranges: [], other };
  return known.place.includes(run) ? { score: 4, ranges: [], other: -1 } : null;
}

/**
 * 苏州餐饮 for 苏州市工商联餐饮业商会: each known piece for itself.
 * @param {Known} known
 * @param {string} run
 * @param {import("./base.js").Data} data
 */
function piecewise(known, run, data) {
  const pieces = cut(run, data);
  if (!pieces.length || (pieces.length === 1 && pieces[0] === run)) return null;
  const fits = pieces.map((piece) => characters(known, piece));
  if (fits.some((one) => one === null)) return null;
  return { score: 5, ranges: fits.flatMap((one) => one?.ranges ?? []), other: -1 };
}

/**
 * Pinyin or first letters from any character on, the last syllable may be only begun; or the beginning of an English word.
 * @param {Known} known
 * @param {string} run
 */
function latin(known, run) {
  if (known.name.includes(run)) return fit(2, known.name.indexOf(run), run.length);
  const { syllables } = known;
  for (let start = 0; start < syllables.length; start += 1) {
    const size = spelled(syllables, start, run);
    if (size) return fit(start ? 7 : 6, start, size);
  }
  if (run.length < 2) return null;
  const at = syllables.map((part) => part[0]).join("").indexOf(run);
  if (at >= 0) return fit(at ? 9 : 8, at, run.length);
  return known.words.some((word) => word.startsWith(run)) ? { score: 10, ranges: [], other: -1 } : null;
}

/**
 * @param {string[]} syllables
 * @param {number} start
 * @param {string} run
 * @returns {number} how many characters the letters stand for, 0 when they do not fit
 */
function spelled(syllables, start, run) {
  let rest = run;
  for (let at = start; at < syllables.length; at += 1) {
    const spelling = [syllables[at], syllables[at].replace("v", "u")].find((one) => rest.startsWith(one) || one.startsWith(rest));
    if (!spelling) return 0;
    if (spelling.length >= rest.length) return at - start + 1;
    rest = rest.slice(spelling.length);
  }
  return 0;
}

/**
 * @param {number} score
 * @param {number} start
 * @param {number} size
 */
function fit(score, start, size) {
  return { score, ranges: /** @type {[number, number][]} */ ([[start, start + size]]), other: -1 };
}
