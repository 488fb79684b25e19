// Only in a preview: search that is behind the pages says so, on the search page and in the search layer.

const script = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-updating]"));
const STATE = new URL("../search/state.json", import.meta.url);
const PAUSE = 1000;

const note = document.createElement("p");
note.className = "note";
note.id = "search-state";
note.setAttribute("role", "status");
note.hidden = true;

let was = "";

/** Ask how the index stands, and again while it is being brought up to date. */
async function ask() {
  let state = "";
  try {
    state = (await (await fetch(STATE, { cache: "no-store" })).json()).search;
  } catch {
    // The preview has ended, or is about to begin anew.
  }
  const behind = state === "updating" || state === "failed";
  // An index that is ready before anybody looked is no news.
  if (behind || was) {
    note.hidden = false;
    note.textContent = script.dataset[state || was] ?? "";
    was = state || was;
  }
  setTimeout(ask, PAUSE);
}

/** Put the note into the layer while that is open, else onto the search page. */
function place() {
  const layer = document.querySelector("dialog.over .over__p > form");
  const page = document.querySelector("#search-page form");
  const form = layer ?? page;
  if (form && form.nextElementSibling !== note) form.after(note);
}

new MutationObserver(place).observe(document.body, { childList: true });
place();
void ask();
