// The results of several sites as one list. Where a result stands depends on its class and on its place within its own
// site, so that the best of a small site stands beside the best of a large one.

/** @typedef {import("./engine.js").Result} Result */

/** Rows asked for together: one after the other they would take as many round trips. */
const AHEAD = 5;
const PINYIN = new Intl.Collator("zh-u-co-pinyin");

/**
 * @param {Result[][]} lists of each site, in its own order
 * @param {string} sort "" for the best first
 * @param {number} until how many must be in order; the rest only follows
 * @param {(result: Result) => Promise<any>} row
 * @returns {Promise<Result[]>}
 */
export async function merged(lists, sort, until, row) {
  if (lists.length === 1) return lists[0];
  return sort ? inOrder(lists, sort, until, row) : byClass(lists);
}

/**
 * Guesses last, then by class, then by the place within the class of its own site.
 * @param {Result[][]} lists
 */
function byClass(lists) {
  const placed = lists.flatMap((list, site) => {
    /** @type {Map<string, number>} */
    const seen = new Map();
    return list.map((result) => {
      const key = `${result.guess} ${result.rank}`;
      const place = seen.get(key) ?? 0;
      seen.set(key, place + 1);
      return { result, site, place };
    });
  });
  placed.sort((a, b) => Number(a.result.guess) - Number(b.result.guess) || a.result.rank - b.result.rank || a.place - b.place || a.site - b.site);
  return placed.map(({ result }) => result);
}

/**
 * By a key of the rows. Only as many rows are loaded as are asked for, since each is a request.
 * @param {Result[][]} lists
 * @param {string} sort
 * @param {number} until
 * @param {(result: Result) => Promise<any>} row
 */
async function inOrder(lists, sort, until, row) {
  const queues = lists.map((list) => [...list]);
  const head = ahead(row);
  const heads = await Promise.all(queues.map(head));
  /** @type {Result[]} */
  const found = [];
  while (found.length < until && heads.some(Boolean)) {
    let best = -1;
    heads.forEach((one, at) => {
      if (one && (best < 0 || compare(one.row, heads[best]?.row, sort) < 0)) best = at;
    });
    found.push(/** @type {Result} */ (heads[best]?.result));
    heads.splice(best, 1, await head(queues[best]));
  }
  const rest = queues.flatMap((queue, at) => [...(heads[at] ? [heads[at].result] : []), ...queue]);
  return [...found, ...rest];
}

/**
 * Takes the first of a queue with its row; the rows of the next ones are already on their way.
 * @param {(result: Result) => Promise<any>} row
 */
function ahead(row) {
  /** @type {Map<Result, Promise<any>>} */
  const asked = new Map();
  return async (/** @type {Result[]} */ queue) => {
    for (const one of queue.slice(0, AHEAD)) if (!asked.has(one)) asked.set(one, row(one));
    const result = queue.shift();
    return result ? { result, row: await asked.get(result) } : null;
  };
}

/**
 * @param {any} a
 * @param {any} b null when its site went away
 * @param {string} sort
 */
function compare(a, b, sort) {
  if (!a || !b) return Number(!a) - Number(!b);
  const by = sort === "name" ? 0 : (a.keys?.[sort] ?? 0) - (b.keys?.[sort] ?? 0);
  return by || PINYIN.compare(a.owner ?? a.name, b.owner ?? b.name);
}

/** @param {import("./engine.js").Counts[]} all @returns {import("./engine.js").Counts} */
export function mergedCounts(all) {
  if (all.length === 1) return { ...all[0] };
  /** @type {import("./engine.js").Counts} */
  const sums = {};
  for (const counts of all) {
    for (const [facet, values] of Object.entries(counts)) {
      sums[facet] ??= {};
      for (const [value, n] of Object.entries(values)) sums[facet][value] = (sums[facet][value] ?? 0) + n;
    }
  }
  return sums;
}
