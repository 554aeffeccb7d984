/* Find in the transcript: hits are painted over the text, which itself is left untouched. */

import { rangeOver } from "./transcripts-words.js";

const text = document.getElementById("text");
const form = document.querySelector(".find");
const input = document.getElementById("find");
const found = document.getElementById("found");
const steps = form.querySelector(".find-steps");
const paints = "highlights" in CSS;
const MOST = 2000;
let hits = [];
let now = -1;

/** What is typed as an expression: any case, any white space, either apostrophe. */
function expression(typed) {
  const escaped = typed.trim().replace(/[\\^$.*+?()[\]{}|\/-]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
  return new RegExp(escaped.replace(/\s+/g, "\\s+").replace(/['’‘]/g, "['’‘]").replace(/["“”]/g, '["“”]'), "giu");
}

function search() {
  hits = [];
  now = -1;
  if (input.value.trim().length > 1) {
    const wanted = expression(input.value);
    for (const speech of text.querySelectorAll(".speech")) {
      for (const hit of speech.textContent.matchAll(wanted)) {
        hits.push(rangeOver(speech, hit.index, hit.index + hit[0].length));
        if (hits.length >= MOST) break;
      }
      if (hits.length >= MOST) break;
    }
  }
  if (paints) CSS.highlights.set("found", new Highlight(...hits));
  show();
}

function show() {
  const some = hits.length > 0;
  steps.hidden = !some;
  const total = hits.length >= MOST ? `the first ${MOST.toLocaleString("en-GB")}` : hits.length.toLocaleString("en-GB");
  if (input.value.trim().length < 2) found.textContent = "";
  else if (!some) found.textContent = "not said here";
  else found.textContent = now < 0 ? `${total} found` : `${(now + 1).toLocaleString("en-GB")} of ${total}`;
  if (paints) CSS.highlights.set("found-now", new Highlight(...(now < 0 ? [] : [hits[now]])));
}

/** Go to the next (1) or previous (-1) place found, around the end. */
export function step(by) {
  if (!hits.length) return;
  now = now < 0 ? (by > 0 ? 0 : hits.length - 1) : (now + by + hits.length) % hits.length;
  const at = hits[now].startContainer.parentElement;
  at.scrollIntoView({ block: "center" });
  if (!paints) getSelection().setBaseAndExtent(hits[now].startContainer, hits[now].startOffset, hits[now].endContainer, hits[now].endOffset);
  show();
}

/** Look again: the text on the page has changed. */
export function findAgain() {
  if (!hits.length) return;
  const [before, at] = [hits.length, now];
  search();
  if (hits.length === before) now = at;
  show();
}

let wait = 0;

/** Look now for what was typed a moment ago. */
function catchUp() {
  if (wait) search();
  clearTimeout(wait);
  wait = 0;
}

input.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(catchUp, 120);
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && input.value) {
    event.preventDefault();
    input.value = "";
    search();
    clearTimeout(wait);
    wait = 0;
  }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  catchUp();
  step(1);
});
steps.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
});
form.hidden = false;
