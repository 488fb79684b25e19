// Ways on when nothing is found: what was perhaps meant, what is found with one condition less, where else to look.

import { el, href, say, sayNodes } from "./base.js";
import { find, guess, relaxed } from "./sites.js";
import { address, choices, choose } from "./state.js";

/** More are not counted: each costs a search. */
const MOST = 6;

/**
 * @param {import("./state.js").State} state
 * @param {import("./listing.js").View} view
 * @param {(facet: string, value: string) => string} label
 * @returns {Promise<(string | Node)[]>}
 */
export async function nothing(state, view, label) {
  const chosen = choices(state);
  const [ways, other] = await Promise.all([relaxed(state.query), chosen.length ? "" : guess(state.query)]);
  const items = [...(await fewer(state, view.records, label)), ...ways.map((way) => without(way.word, { ...state, query: way.rest, page: 1 }, say("count", { n: way.count })))];
  if (state.query) items.push(el("li", null, say("shorter")), el("li", null, say("variants")));
  const browse = sayNodes("browse", {
    region: el("a", { href: href("regions/") }, say("region")),
    industry: el("a", { href: href("industries/") }, say("industry")),
    topic: el("a", { href: href("charters/") }, say("topic")),
  });
  const lead = other ? sayNodes("guess", { guess: el("b", null, link({ ...state, query: other, page: 1 }, other)) }) : [];
  return [
    el("h2", null, chosen.length || !state.query ? say(view.none) : say("nothing", { query: state.query })),
    el("p", null, ...lead, say("also")),
    el("ul", null, ...items, el("li", null, ...browse)),
    el("p", null, el("a", { class: "btn", href: href("contribute/") }, say("supply"))),
  ];
}

/**
 * What is found without one of the choices.
 * @param {import("./state.js").State} state
 * @param {string[]} records
 * @param {(facet: string, value: string) => string} label
 */
async function fewer(state, records, label) {
  const found = choices(state)
    .slice(0, MOST)
    .map(async ({ facet, value }) => {
      const next = choose(state, facet, value, false);
      const record = next.scope ? [next.scope] : records;
      const { results } = await find(next.query, { filters: { ...next.chosen, record } });
      return results.length ? [without(label(facet, value), next, say("count", { n: results.length }))] : [];
    });
  return (await Promise.all(found)).flat();
}

/**
 * @param {string} word
 * @param {import("./state.js").State} next
 * @param {string} text
 */
function without(word, next, text) {
  return el("li", null, ...sayNodes("without", { word, link: link(next, text) }));
}

/**
 * @param {import("./state.js").State} next
 * @param {string} text
 */
function link(next, text) {
  return el("a", { href: address(next), "data-state": true }, text);
}
