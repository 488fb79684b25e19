// The page of all chambers: its filters combine. Nothing of Pagefind loads before a choice is made, and without one the
// list is the page's own.

import { Listing, byId } from "./listing.js";
import { chamberRow } from "./rows.js";

const LIVE = ["count", "rows", "pager"];

/** What the page itself shows, put back when nothing is chosen any more. */
const own = LIVE.map((id) => Array.from(byId(id).childNodes));

const listing = new Listing({
  size: 20,
  records: ["chamber"],
  field: false,
  total: () => ["total", "totalPage"],
  none: "none",
  go: "show",
  items: ({ rows }) => rows.map((one) => chamberRow(one, one.from.data.sample)),
  blank: () => LIVE.forEach((id, at) => byId(id).replaceChildren(...own[at])),
});

export const start = () => listing.start();
