// Text -> the words that Pagefind knows. The same rules as chamberbook/search/tokens.py, which says why; a test holds
// both to the same words for the same text.

/** @typedef {{chars: Map<string, string>, phrases: Map<string, string>, longest: number}} Hanzi */

/** On every record: what a list by filters alone asks for. */
export const EVERYTHING = "zall";

const CHARS =
  "\\u0370-\\u03ff\\u0400-\\u052f\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff" +
  "\\u{20000}-\\u{323af}";
const RUN = new RegExp(`[${CHARS}]+|[a-z0-9]+`, "gu");
const MARKS = /[\u0300-\u036f]/g;
const LONGEST = 35;

/**
 * @param {{chars: string, phrases: Record<string, string>}} data `chars` is 國国蘇苏: each pair a character and what it becomes
 * @returns {Hanzi}
 */
export function hanzi(data) {
  const list = Array.from(data.chars);
  const chars = new Map();
  for (let at = 0; at < list.length; at += 2) chars.set(list[at], list[at + 1]);
  const phrases = new Map(Object.entries(data.phrases));
  const longest = Math.max(0, ...Array.from(phrases.keys(), (phrase) => Array.from(phrase).length));
  return { chars, phrases, longest };
}

/** @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARKS, "").normalize("NFC");
}

/**
 * @param {string} text
 * @param {Hanzi} hanzi
 */
export function simplify(text, hanzi) {
  const list = Array.from(text);
  const found = [];
  for (let at = 0; at < list.length; ) {
    const [phrase, size] = phraseAt(list, at, hanzi);
    found.push(phrase ?? hanzi.chars.get(list[at]) ?? list[at]);
    at += size;
  }
  return found.join("");
}

/**
 * @param {string[]} list
 * @param {number} at
 * @param {Hanzi} hanzi
 * @returns {[string | undefined, number]}
 */
function phraseAt(list, at, hanzi) {
  for (let size = Math.min(hanzi.longest, list.length - at); size > 1; size -= 1) {
    const phrase = hanzi.phrases.get(list.slice(at, at + size).join(""));
    if (phrase !== undefined) return [phrase, size];
  }
  return [undefined, 1];
}

/**
 * @param {string} text
 * @param {Hanzi} hanzi
 * @returns {string[]}
 */
export function runs(text, hanzi) {
  return simplify(fold(text), hanzi).match(RUN) ?? [];
}

/** @param {string} run */
export function isWord(run) {
  return run.charCodeAt(0) < 128;
}

/** @param {string} run */
export function pairs(run) {
  const list = Array.from(run);
  if (list.length === 1) return [single(run)];
  return list.slice(1).map((char, at) => `${code(list[at])}${code(char)}p`);
}

/** @param {string} run */
export function singles(run) {
  return Array.from(run, single);
}

/** @param {string} char */
export function single(char) {
  return `${code(char)}s`;
}

/** @param {string} run */
export function begins(run) {
  const list = Array.from(run);
  return list.length > 1 ? [`${code(list[0])}${code(list[1])}b`] : [];
}

/** @param {string} run */
export function ends(run) {
  const list = Array.from(run).slice(-2);
  return list.length > 1 ? [`${code(list[0])}${code(list[1])}e`] : [];
}

/** @param {string} run */
export function word(run) {
  return sized("w", run);
}

/** @param {string[]} parts */
export function syllables(parts) {
  if (parts.length === 1) return [sized("y", parts[0])];
  return parts.slice(1).map((part, at) => sized("y", parts[at] + part));
}

/** @param {string} letters */
export function initials(letters) {
  if (letters.length < 3) return letters.length === 2 ? [sized("x", letters)] : [];
  return Array.from({ length: letters.length - 2 }, (_, at) => sized("x", letters.slice(at, at + 3)));
}

/**
 * @param {string} text
 * @param {Hanzi} hanzi
 */
export function tokens(text, hanzi) {
  return runs(text, hanzi).flatMap((run) => (isWord(run) ? [word(run)] : pairs(run)));
}

/** @param {string} char */
function code(char) {
  let number = char.codePointAt(0) ?? 0;
  let letters = "";
  for (let at = 0; at < 4; at += 1) {
    letters = String.fromCharCode(97 + (number % 26)) + letters;
    number = Math.floor(number / 26);
  }
  return letters;
}

/**
 * @param {string} kind
 * @param {string} text
 */
function sized(kind, text) {
  const cut = text.slice(0, LONGEST);
  return kind + cut.length.toString(36) + cut;
}
