// Pagefind logs a part of an index that it could not load and goes on without it, which looks like "nothing found". So
// what is fetched is watched for parts that did not arrive. And it asks each time for a file that search/table.json holds.

/** @type {string[]} */
const lost = [];
/** @type {Map<string, string>} */
const held = new Map();
let watching = false;

/**
 * What is at hand is not asked for.
 * @param {string} url
 * @param {any} value
 */
export function holdPart(url, value) {
  held.set(url, JSON.stringify(value));
}

/** From now on note every request that fails. */
export function watchParts() {
  if (watching) return;
  watching = true;
  const ask = globalThis.fetch;
  globalThis.fetch = async (request, options) => {
    const { href, origin, pathname } = new URL(request instanceof Request ? request.url : request, location.href);
    const known = held.get(origin + pathname);
    if (known !== undefined) return new Response(known);
    try {
      const answer = await ask(request, options);
      if (!answer.ok) lost.push(href);
      return answer;
    } catch (error) {
      lost.push(href);
      throw error;
    }
  };
}

/** How many parts below an address have failed so far. @param {string} base */
export function lostParts(base) {
  return lost.filter((url) => url.startsWith(base)).length;
}
