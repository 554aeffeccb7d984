/* Find in the transcript: hits are painted over the text, which itself is left untouched. All are
   counted; only those on leaves near the screen are painted. */

import { Said, fold, searchable } from "./transcripts-folding.js";
import { count, firstInView, isShown, laidOut, placeOf, placesOn, speechOf, turnAt, whenNear } from "./transcripts-turns.js";
import { endsOf } from "./transcripts-words.js";

const form = document.querySelector(".find");
const input = document.getElementById("find");
const found = document.getElementById("found");
const aloud = document.getElementById("found-said");
const steps = form.querySelector(".find-steps");
const paints = "highlights" in CSS;
const AROUND = 60;
const figure = (number) => number.toLocaleString("en-GB");
let said;
let hits = [];
let elsewhere = 0;
let now = -1;

const all = () => (said ??= new Said(Array.from({ length: count }, (_, at) => speechOf(turnAt(at)).textContent)));
const idle = globalThis.requestIdleCallback ?? ((call) => setTimeout(call, 500));
idle(all);

function search() {
  const places = all().places(input.value);
  hits = places.filter((place) => isShown(place.turn));
  elsewhere = places.length - hits.length;
  now = -1;
  repaint();
  show();
}

/** The first hit from a turn on, by its place in the page's order. */
function firstFrom(turn) {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle].turn < turn) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ends(hit) {
  return endsOf(speechOf(turnAt(hit.turn)), ...all().span(hit));
}

const painted = new Map();

function paint(leaf) {
  const [from, to] = placesOn(leaf);
  painted.set(leaf, hits.slice(firstFrom(from), firstFrom(to)).map((hit) => new StaticRange(ends(hit))));
  CSS.highlights.set("found", new Highlight(...[...painted.values()].flat()));
}

function repaint() {
  if (!paints) return;
  painted.clear();
  CSS.highlights.delete("found");
  laidOut().forEach(paint);
}

function show() {
  const some = hits.length > 0;
  steps.hidden = !some;
  form.classList.toggle("find-some", some);
  if (!searchable(fold(input.value).words.trim())) found.textContent = "";
  else if (!some) found.textContent = elsewhere ? `not said here; ${figure(elsewhere)} by others` : "not said here";
  else found.textContent = now < 0 ? counted() : `${figure(now + 1)} of ${figure(hits.length)}`;
  if (paints) {
    const here = new Highlight(...(now < 0 ? [] : [rangeOf(hits[now])]));
    here.priority = 1; // above those that are only found
    CSS.highlights.set("found-now", here);
  }
  tell(found.textContent);
}

const counted = () => `${figure(hits.length)} found${elsewhere ? `, ${figure(elsewhere)} more by others` : ""}`;

function rangeOf(hit) {
  const at = ends(hit);
  const range = document.createRange();
  range.setStart(at.startContainer, at.startOffset);
  range.setEnd(at.endContainer, at.endOffset);
  return range;
}

let telling = 0;
/** Say it to a screen reader, once the typing rests. */
function tell(words) {
  clearTimeout(telling);
  telling = setTimeout(() => { aloud.textContent = words; }, 400);
}

/** What stands around a hit, and who says it. */
function inItsPlace(hit) {
  const turn = turnAt(hit.turn);
  const words = speechOf(turn).textContent;
  const [from, to] = all().span(hit);
  const before = words.slice(0, from).slice(-AROUND).replace(/^\S*\s/u, from > AROUND ? "… " : "$&");
  return `${turn.getAttribute("aria-label")}: ${before}${words.slice(from, to + AROUND)}`;
}

/** Go to the next (1) or previous (-1) place found, around the end; the first from where one reads. */
export function step(by, { focus = false } = {}) {
  if (!hits.length) return;
  now = now < 0 ? firstFrom(placeOf(firstInView())) - (by < 0 ? 1 : 0) : now + by;
  now = (now + hits.length) % hits.length;
  const range = rangeOf(hits[now]);
  const holder = range.startContainer.parentElement;
  holder.scrollIntoView({ block: "center" });
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 80) scrollBy(0, top - innerHeight / 2); // far down a long turn
  if (!paints) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  show();
  if (focus) focusOn(holder.closest(".segment"));
  else tell(`${found.textContent}. ${inItsPlace(hits[now])}`);
}

function focusOn(segment) {
  if (!segment) return;
  segment.tabIndex = -1;
  segment.focus({ preventScroll: true });
}

/** Look again: other turns are shown, or some came back from the service. */
export function findAgain() {
  if (!input.value) return;
  const before = hits[now];
  search();
  if (before) now = hits.findIndex((one) => one.turn === before.turn && one.from === before.from);
  show();
}

/** Open the field, also where the column it stands in is folded away. */
export function openFind() {
  form.closest("details").open = true;
  input.focus();
  input.select();
}

let wait = 0;
function catchUp() {
  cancelAnimationFrame(wait);
  if (wait) search();
  wait = 0;
}
input.addEventListener("input", () => { wait ||= requestAnimationFrame(catchUp); });
input.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !input.value) return;
  event.preventDefault();
  empty();
});
function empty() {
  input.value = "";
  catchUp();
  search();
}
form.querySelector(".find-done").addEventListener("click", empty);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  catchUp();
  step(1);
});
steps.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
});
if (paints) whenNear((leaf) => { if (hits.length) paint(leaf); });
form.hidden = false;
