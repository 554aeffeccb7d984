/* Words marked in a file's text: put off the record, or replaced by something in brackets. */

import { say } from "./base.js";
import { keep } from "./draft-keep.js";
import { selected } from "./draft-words.js";

const toolbar = document.getElementById("toolbar");
const dialog = document.getElementById("replacing");
const replacing = dialog.querySelector("form");
const amiss = dialog.querySelector(".replacing-amiss");
const off = document.getElementById("off-turn");
let marked = null;

/** Put what is selected off the record. */
export async function putOff() {
  const what = selected();
  if (!what) return say("Select the words first.");
  toolbar.hidden = true;
  if (await keep(off, { more: what })) getSelection().removeAllRanges();
  return undefined;
}

/** Ask what is to stand instead of what is selected. */
export function replace() {
  marked = selected();
  if (!marked) return say("Select the words first.");
  toolbar.hidden = true;
  document.getElementById("replacing-words").textContent = marked.words;
  amiss.replaceChildren();
  replacing.reset();
  dialog.showModal();
  replacing.elements.instead.focus();
  return undefined;
}

replacing.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await keep(replacing, { more: marked, where: amiss }))) return;
  dialog.close();
  getSelection().removeAllRanges();
});

document.addEventListener("click", (event) => {
  const does = event.target.closest?.("[data-does]")?.dataset.does;
  if (does === "off") putOff();
  if (does === "replace") replace();
  if (does === "close") dialog.close();
  const sign = event.target.closest?.(".off-sign");
  if (sign) {
    event.preventDefault();
    for (const one of document.querySelectorAll(`.off[data-off="${sign.dataset.off}"]`)) one.classList.toggle("shown");
  }
});

/* The toolbar by the selection. */
function showToolbar() {
  const range = selected() ? getSelection().getRangeAt(0) : null;
  const end = range && [...range.getClientRects()].at(-1);
  toolbar.hidden = !end;
  if (!end) return;
  toolbar.style.top = `${scrollY + end.bottom + 8}px`;
  toolbar.style.left = `${Math.max(8, Math.min(scrollX + end.left, innerWidth - toolbar.offsetWidth - 8))}px`;
}
let wait;
document.addEventListener("selectionchange", () => {
  clearTimeout(wait);
  if (getSelection().isCollapsed) toolbar.hidden = true;
  else wait = setTimeout(showToolbar, 150);
});
showToolbar(); // Words may have been selected while the page still loaded.
// Pressing a button of the toolbar must not let go of the selection.
toolbar.addEventListener("pointerdown", (event) => event.preventDefault());
