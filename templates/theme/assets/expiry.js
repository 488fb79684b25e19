// A page is right for the day on which it was built. Opened after the end of an award, it says that the award has
// ended: every element with data-ends (the last day) and a data-state that holds is turned into an expired one. The
// word comes from the data-expired of this script's own element. The days left (data-left) are counted again, and not
// said any more when there are none.

const HOLDS = "[data-ends]:is([data-state=in_force], [data-state=expiring])";
const word = document.querySelector("script[data-expired]")?.getAttribute("data-expired") ?? "";

/** The day in China, where the awards are given, as 2026-11-23: eight hours ahead all year. Intl takes a phone's time. */
const today = new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10);

/** @param {HTMLElement} node */
function expire(node) {
  if ((node.dataset.ends ?? "") >= today) return;
  node.dataset.state = "expired";
  const badge = node.querySelector(".badge");
  if (badge) {
    badge.className = "badge badge--off";
    badge.textContent = word;
  }
  if (node.classList.contains("rate")) {
    node.classList.remove("rate--ok", "rate--soon");
    node.classList.add("rate--exp");
    node.closest(".tl > li")?.classList.add("exp");
  }
}

/** @param {HTMLElement} node */
function countDown(node) {
  const days = Math.round((Date.parse(node.dataset.ends ?? "") - Date.parse(today)) / 864e5);
  node.hidden = days < 0;
  node.textContent = (node.textContent ?? "").replace(/[0-9]+/, String(days));
}

/** @param {Element} root */
function look(root) {
  if (root instanceof HTMLElement && root.matches(HOLDS)) expire(root);
  for (const node of root.querySelectorAll(HOLDS)) if (node instanceof HTMLElement) expire(node);
  for (const node of root.querySelectorAll("[data-left]")) if (node instanceof HTMLElement) countDown(node);
}

look(document.body);
// Results of a search come later.
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) if (node instanceof Element) look(node);
}).observe(document.body, { childList: true, subtree: true });
