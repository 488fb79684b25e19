// Text -> the words that Pagefind knows, by the definition that the build used (SPEC of chamberbook/search/tokens.py,
// which says why); a test holds both to the same words for the same text.

/**
 * @typedef {{scripts: string, marks: string, letters: number, longest: number, digits: string, single: string, word: string, syllable: string, initials: string}} Spec
 * @typedef {{chars: Map<string, string>, phrases: Map<string, string>, longest: number, spec: Spec, run: RegExp, marks: RegExp}} Hanzi
 *   how to cut and to simplify
 */

/**
 * @param {{chars: string, phrases: Record<string, string>}} data `chars` is 國国蘇苏: each pair a character and what it becomes
 * @param {Spec} spec
 * @returns {Hanzi}
 */
export function hanzi(data, spec) {
  const list = Array.from(data.chars);
  const chars = new Map();
  for (let at = 0; at < list.length; at += 2) chars.set(list[at], list[at + 1]);
  const phrases = new Map(Object.entries(data.phrases));
  const longest = Math.max(0, ...Array.from(phrases.keys(), (phrase) => Array.from(phrase).length));
  const run = new RegExp(`[${ranges(spec.scripts)}]+|[a-z0-9]+`, "gu");
  return { chars, phrases, longest, spec, run, marks: new RegExp(`[${ranges(spec.marks)}]`, "gu") };
}

/** @param {string} list hexadecimal code points: 370-3ff 400-52f */
function ranges(list) {
  return list.replace(/[0-9a-f]+/g, "\\u{$&}").replaceAll(" ", "");
}

/**
 * @param {string} text
 * @param {Hanzi} [hanzi]
 */
export function fold(text, hanzi) {
  const marks = hanzi?.marks ?? /[\u0300-\u036f]/g;
  return text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(marks, "").normalize("NFC");
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
  return simplify(fold(text, hanzi), hanzi).match(hanzi.run) ?? [];
}

/** @param {string} run */
export function isWord(run) {
  return run.charCodeAt(0) < 128;
}

/**
 * @param {string} run
 * @param {Spec} spec
 */
export function pairs(run, spec) {
  const list = Array.from(run);
  if (list.length === 1) return [single(run, spec)];
  return list.slice(1).map((char, at) => code(list[at], spec) + code(char, spec));
}

/**
 * @param {string} run
 * @param {Spec} spec
 */
export function singles(run, spec) {
  return Array.from(run, (char) => single(char, spec));
}

/**
 * @param {string} char
 * @param {Spec} spec
 */
export function single(char, spec) {
  return code(char, spec) + spec.single;
}

/**
 * @param {string} run
 * @param {Spec} spec
 */
export function word(run, spec) {
  return sized(spec.word, run, spec);
}

/**
 * @param {string} text
 * @param {Spec} spec
 */
export function syllable(text, spec) {
  return sized(spec.syllable, text, spec);
}

/**
 * @param {string} letters
 * @param {Spec} spec
 */
export function initials(letters, spec) {
  return Array.from(letters.slice(1), (letter, at) => sized(spec.initials, letters[at] + letter, spec));
}

/**
 * @param {string} text
 * @param {Hanzi} hanzi
 */
export function tokens(text, hanzi) {
  return runs(text, hanzi).flatMap((run) => (isWord(run) ? [word(run, hanzi.spec)] : pairs(run, hanzi.spec)));
}

/**
 * @param {string} char
 * @param {Spec} spec
 */
function code(char, spec) {
  let number = char.codePointAt(0) ?? 0;
  let letters = "";
  for (let at = 0; at < spec.letters; at += 1) {
    letters = String.fromCharCode(97 + (number % 26)) + letters;
    number = Math.floor(number / 26);
  }
  return letters;
}

/**
 * @param {string} kind
 * @param {string} text
 * @param {Spec} spec
 */
function sized(kind, text, spec) {
  const spelled = Array.from(text, (char) => (char === "q" ? "qq" : /\d/.test(char) ? `q${spec.digits[Number(char)]}` : char));
  const cut = spelled.join("").slice(0, spec.longest);
  return kind + String.fromCharCode(97 + Math.floor(cut.length / 26), 97 + (cut.length % 26)) + cut;
}
