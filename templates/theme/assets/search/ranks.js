// The order of results, in one place. tests/search_ranks.json has the cases.

/**
 * Results come in this order; the number of a line is a result's `rank`.
 * @type {readonly (readonly [string, string])[]}
 */
export const RANKS = [
  ["exact", "the query is the whole name"],
  ["starts", "the name starts with the query"],
  ["contains", "the name contains the query"],
  ["alias", "another name, a former one, the name in short or the English one contains the query"],
  ["parts", "the names hold every part of the query, apart"],
  ["about", "the place, the industry, the trade or the kind is needed for a part"],
  ["charter", "a title, kind or topic of a charter is needed for a part, or the result is a charter of such a chamber"],
  ["prose", "a charter's text or a level is needed for a part"],
  ["guess", "only the query with one wrong character or letter set right is found"],
];

/** @type {Record<string, number>} */
export const TIER = Object.fromEntries(RANKS.map(([id], at) => [id, at]));

/**
 * Equal in rank: among charters and prose a charter before the chambers that are found by it; names that end in the word
 * for a body of the query (商会) first; then chambers with a level in force before those without; then by name in the order
 * of pinyin. Schemes are never compared with each other: where two of the chambers hold levels of one scheme, the higher
 * one takes the earlier of their places, and the places of others stay.
 * @param {{record: number, tier: number, soft: number}[]} found
 * @param {import("./table.js").Table} table
 */
export function rank(found, table) {
  const held = (/** @type {number} */ record) => (record < table.chambers ? table.held.sets[table.held.of[record]] : []);
  const late = (/** @type {{record: number, tier: number}} */ one) => (one.record < table.chambers && (one.tier === TIER.charter || one.tier === TIER.prose) ? 1 : 0);
  const key = (/** @type {{record: number, tier: number, soft: number}} */ one) => one.tier * 8 + late(one) * 4 + one.soft * 2 + (held(one.record).length ? 0 : 1);
  const sorted = [...found].sort((a, b) => key(a) - key(b) || a.record - b.record);
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && key(sorted[end]) === key(sorted[start])) end += 1;
    higherFirst(sorted, start, end, held);
    start = end;
  }
  return sorted;
}

/**
 * @template {{record: number}} T
 * @param {T[]} sorted changed between `start` and `end`
 * @param {number} start
 * @param {number} end
 * @param {(record: number) => (string | number)[]} held scheme and rank, empty for none
 */
function higherFirst(sorted, start, end, held) {
  /** @type {Map<string | number, number[]>} */
  const places = new Map();
  for (let at = start; at < end; at += 1) {
    const [scheme] = held(sorted[at].record);
    if (scheme !== undefined) (places.get(scheme) ?? places.set(scheme, []).get(scheme))?.push(at);
  }
  for (const own of places.values()) {
    if (own.length < 2) continue;
    const holders = own.map((at) => sorted[at]);
    holders.sort((a, b) => Number(held(b.record)[1]) - Number(held(a.record)[1]) || a.record - b.record);
    own.forEach((at, number) => (sorted[at] = holders[number]));
  }
}
