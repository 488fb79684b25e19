// A run of characters cut into pieces at known places and trades and at words for a body.

/**
 * @typedef {import("./base.js").Data} Data
 * @typedef {{text: string, at: number}} Piece a piece of a run, and with which character of it it begins
 */

/**
 * @param {string} run
 * @param {Data} data
 */
export function bodiesIn(run, data) {
  const found = [];
  const list = Array.from(run);
  for (let at = 0; at < list.length; ) {
    const body = longest(list, at, data.bodies);
    if (body) found.push(body.join(""));
    at += body?.length ?? 1;
  }
  return found;
}

/**
 * @param {string} run
 * @param {Data} data
 * @returns {string[]} the pieces that must be found
 */
export function cut(run, data) {
  return pieces(run, data, false).map(({ text }) => text);
}

/**
 * @param {string} run
 * @param {Data} data
 * @param {boolean} backward whether the longest known words are looked for from the end
 * @returns {Piece[]}
 */
export function pieces(run, data, backward) {
  const list = Array.from(run);
  /** @type {Piece[]} */
  const found = [];
  let rest = "";
  const close = (/** @type {number} */ end) => {
    if (rest) found.push({ text: rest, at: end - Array.from(rest).length });
    rest = "";
  };
  const stops = backward ? fromEnd(list, data) : null;
  for (let at = 0; at < list.length; ) {
    const piece = stops ? (stops.get(at) ?? null) : knownAt(list, at, data);
    if (!piece) {
      rest += list[at];
      at += 1;
      continue;
    }
    close(at);
    const text = piece.join("");
    if (!data.bodies.has(text)) {
      const bare = piece.length > 2 && data.tails.includes(piece.at(-1) ?? "") && data.known.has(piece.slice(0, -1).join(""));
      found.push({ text: bare ? piece.slice(0, -1).join("") : text, at });
      if (!bare && data.tails.includes(list[at + piece.length] ?? "-") && !knownAt(list, at + piece.length, data)) at += 1;
    }
    at += piece.length;
  }
  close(list.length);
  return found.map(({ text, at }) => ({ text: /^..+业$/u.test(text) ? text.slice(0, -1) : text, at }));
}

/**
 * The longest known word or word for a body that begins here.
 * @param {string[]} list
 * @param {number} at
 * @param {Data} data
 */
function knownAt(list, at, data) {
  const body = longest(list, at, data.bodies);
  const known = longest(list, at, data.known);
  return body && body.length >= (known?.length ?? 0) ? body : known;
}

/**
 * The words found from the end, by where they begin.
 * @param {string[]} list
 * @param {Data} data
 */
function fromEnd(list, data) {
  /** @type {Map<number, string[]>} */
  const found = new Map();
  for (let end = list.length; end > 0; ) {
    let size = Math.min(8, end);
    const at = () => list.slice(end - size, end);
    while (size > 1 && !data.bodies.has(at().join("")) && !data.known.has(at().join(""))) size -= 1;
    if (size > 1) found.set(end - size, at());
    end -= size;
  }
  return found;
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
 * A long piece that nobody knows, cut into words where the browser can. A lone character joins the word that it stands
 * beside: running text holds no single characters to be found.
 * @param {Piece} piece
 * @returns {Piece[]}
 */
export function split({ text, at }) {
  if (!("Segmenter" in Intl)) return [{ text, at }];
  /** @type {Piece[]} */
  const found = [];
  let start = at;
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(text)) {
    const before = found.at(-1);
    const size = Array.from(segment).length;
    if (before && (size === 1 || Array.from(before.text).length === 1)) before.text += segment;
    else found.push({ text: segment, at: start });
    start += size;
  }
  return found;
}
