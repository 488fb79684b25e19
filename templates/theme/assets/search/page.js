// The search page: chambers and charters together, what they are and where the match lies.

import { el, href, say } from "./base.js";
import { hit } from "./hits.js";
import { Listing, byId } from "./listing.js";
import { SCOPES, read } from "./state.js";

const TOPICS = 6;

/** @typedef {import("./listing.js").Shown} Shown */

const page = byId("search-page");
const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
const input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));

export function start() {
  const listing = new Listing({
    size: 10,
    records: ["chamber", "charter"],
    field: true,
    total: ({ query }) => (query ? ["found", "foundPage"] : ["foundAll", "foundAllPage"]),
    none: "noneAll",
    go: "showHits",
    items: ({ rows }) => rows.map((one) => hit(one)),
    blank,
    beside,
    clear,
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim();
    given = query;
    const { sort } = listing.state;
    void listing.go({ ...listing.state, query, sort: read(`?q=${query && "q"}&sort=${sort}`).sort, page: 1 });
  });
  addEventListener("popstate", () => fill(read(location.search).query));
  // Somebody may have begun to write before the script was there.
  if (document.activeElement !== input || !input.value) fill(read(location.search).query);
  return listing.start();
}

/** The query that the field was given last: only another one may replace what somebody is writing. */
let given = "";

/** @param {string} query */
function fill(query) {
  given = query;
  input.value = query;
}

function blank() {
  if (given) fill("");
  page.classList.add("search--blank");
  byId("count").replaceChildren();
}

function clear() {
  page.classList.remove("search--blank");
  byId("scope").hidden = true;
  byId("related").replaceChildren();
  byId("failed").hidden = true;
}

/** @param {Shown} shown */
function beside(shown) {
  if (shown.state.query !== given) fill(shown.state.query);
  scope(shown);
  byId("related").append(...related(shown));
}

/** The kinds of record, each with what it holds of what was found. @param {Shown} shown */
function scope({ state, found, address }) {
  const { chamber = 0, charter = 0 } = found.counts.record ?? {};
  const numbers = { "": chamber + charter, chamber, charter };
  const links = SCOPES.map((one) =>
    el(
      "a",
      { href: address({ ...state, scope: one, page: 1 }), "data-state": true, "aria-current": one === state.scope ? "true" : null },
      `${say(one || "scopeAll")} `,
      el("span", { class: "n" }, String(numbers[/** @type {"chamber"} */ (one)])),
    ),
  );
  byId("scope").hidden = !numbers[""] && !state.scope;
  byId("scope").replaceChildren(el("p", { class: "seg" }, ...links));
}

/** The topics of the charters shown, most frequent first. @param {Shown} shown */
function related({ rows, data }) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const title of rows.flatMap((one) => one.topics ?? [])) seen.set(title, (seen.get(title) ?? 0) + 1);
  const titles = [...seen.keys()].filter((title) => title in data.topics).sort((a, b) => (seen.get(b) ?? 0) - (seen.get(a) ?? 0));
  if (!titles.length) return [];
  const tags = titles.slice(0, TOPICS).map((title) => {
    const { id, count } = data.topics[title];
    return el("a", { class: "tag", href: href(`charters/topics/${id}/`) }, `${title} `, el("span", null, String(count)));
  });
  return [el("h2", null, say("related")), el("p", { class: "tags" }, ...tags)];
}
