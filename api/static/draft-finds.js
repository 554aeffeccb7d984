/* Names found in a file: walked and decided by keyboard, each lit in the text. */

import { say } from "./base.js";
import { keep } from "./draft-keep.js";

const step = document.getElementById("names");
const all = () => [...step.querySelectorAll("[data-find]")];
const here = () => document.activeElement?.closest?.("[data-find]");
let lastDecided = null;

/** Go to the next (1) or previous (-1) name; the first time, to the first. */
export function walk(by) {
  step.open = true;
  const rows = all();
  if (!rows.length) return say("No name is undecided.");
  const at = rows.indexOf(here());
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[to].focus({ preventScroll: true });
  rows[to].scrollIntoView({ block: "nearest" });
  return undefined;
}

/** Press the button of the name in focus that has this key. */
export function decide(key) {
  const row = here();
  if (!row) return walk(0);
  return row.querySelector(`[data-key="${key}"]`)?.click();
}

/** Open what stands instead of the name in focus. */
export function change() {
  const row = here();
  if (!row) return walk(0);
  const details = row.querySelector("[data-change]");
  details.open = true;
  const field = details.querySelector("[name=instead]");
  field.focus();
  field.select();
  return undefined;
}

/** Take back what was decided last on this page about a name. */
export function takeBack() {
  if (!lastDecided) return say("There is nothing of yours to take back here.");
  const { form, place } = lastDecided;
  lastDecided = null;
  return keep(form, { more: { ...place, act: "undo", was: "" } });
}

/** Remember what a form decides, so that it can be taken back. */
export function remember(form, fields) {
  const place = Object.fromEntries(["one", "group"].map((name) => [name, fields.get(name)]).filter(([, value]) => value));
  lastDecided = Object.keys(place).length && fields.get("act") !== "undo" ? { form: plain(form), place } : null;
}

function plain(form) {
  const copy = document.createElement("form");
  copy.action = form.action;
  return copy;
}

function light(key) {
  for (const mark of document.querySelectorAll(".find.lit")) mark.classList.remove("lit");
  const mark = key && document.getElementById(`f${key}`);
  if (!mark) return;
  mark.classList.add("lit");
  if (matchMedia("(min-width: 901px)").matches) mark.scrollIntoView({ block: "center" });
}

// Where a pointer is pressed, nothing moves under it until it was lifted and its click is through.
let pressed = false;
let lit = null;
step.addEventListener("pointerdown", () => (pressed = true), true);
for (const over of ["pointerup", "pointercancel"]) {
  document.addEventListener(over, () => {
    pressed = false;
    if (lit !== null) setTimeout(light, 0, lit);
    lit = null;
  });
}
step.addEventListener("focusin", (event) => {
  const place = event.target.closest("[data-place]")?.dataset.place;
  const row = event.target.closest("[data-find]");
  if (!row) return;
  if (pressed) lit = place ?? row.dataset.first;
  else light(place ?? row.dataset.first);
});

// A name in the text leads to where it is decided.
document.getElementById("text").addEventListener("click", (event) => {
  const mark = event.target.closest(".find");
  if (!mark || !getSelection().isCollapsed) return;
  step.open = true;
  const place = step.querySelector(`[data-place="${mark.id.slice(1)}"]`);
  const row = place?.closest("[data-find]") ?? all().find((one) => one.dataset.first === mark.id.slice(1));
  if (place) place.closest("details").open = true;
  (place?.querySelector("button") ?? row)?.focus({ preventScroll: true });
  (place ?? row)?.scrollIntoView({ block: "nearest" });
});
