// Pagefind logs a part of an index that it could not load and goes on without it, which looks like "nothing found". So
// what is fetched is watched for parts that did not arrive.

/** @type {string[]} */
const lost = [];
let watching = false;

/** From now on note every request that fails. */
export function watchParts() {
  if (watching) return;
  watching = true;
  const ask = globalThis.fetch;
  globalThis.fetch = async (request, options) => {
    const { href } = new URL(request instanceof Request ? request.url : request, location.href);
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
