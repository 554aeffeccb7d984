/* The margin: notes level with their words, and pointing at either lights both. */

import { laidOut, turnsOn, whenNear } from "./transcripts-turns.js";
import { passageOfNote, passagesOf, runsOf } from "./transcripts-words.js";

const text = document.getElementById("text");
const narrow = matchMedia("(max-width: 900px)");

/** Put the notes of turns level with their words, each below the one before: all read, then written. */
function level(turns) {
  const beside = turns.map((turn) => turn.querySelector(":scope > .notes")).filter(Boolean);
  const notes = beside.flatMap((list) => [...list.children]);
  for (const note of notes) if (note.style.marginTop) note.style.marginTop = "";
  if (narrow.matches) return;
  const down = beside.flatMap(downOf);
  for (const [note, by] of down) if (by > 0) note.style.marginTop = `${by}px`;
}

/** How far each note of a list has to go down from the end of the one before. */
function downOf(list) {
  const turn = list.parentElement;
  let free = list.getBoundingClientRect().top;
  const found = [];
  for (const note of list.children) {
    const { height } = note.getBoundingClientRect();
    if (!height) continue; // a suggestion that isn't shown
    const passage = passageOfNote(note);
    const words = turn.querySelector(`.run[data-p~="${passage}"]`) ?? document.getElementById(`p${passage}`);
    const top = words && turn.contains(words) ? words.getClientRects()[0]?.top : undefined;
    const by = Math.max(0, (top ?? free) - free);
    found.push([note, by]);
    free += by + height;
  }
  return found;
}

/** Place the notes of turns anew: of those that came back, or of all that are laid out. */
export function place(turns = laidOut().flatMap(turnsOn)) {
  level(turns);
}

let lit = [];
let now = "";

/** Light the words of some passages, with the one note that was pointed at, or else all of theirs. */
export function light(passages, pointed = null) {
  const wanted = passages.join(" ") + (pointed ? "!" : "");
  if (wanted === now && !pointed) return;
  for (const one of lit) one.classList.remove("lit");
  now = wanted;
  const runs = passages.flatMap(runsOf);
  lit = [...runs, ...(pointed ? [pointed] : notesOf(passages, runs))];
  for (const one of lit) one.classList.add("lit");
}

/** The notes on some passages; a note stands in the turn where its passage begins. */
function notesOf(passages, runs) {
  const turns = new Set(runs.map((run) => run.closest(".turn")));
  const notes = [...turns].flatMap((turn) => [...turn.querySelectorAll(".note")]);
  return notes.filter((note) => passages.includes(passageOfNote(note)));
}

function lightAt(target) {
  const note = target.closest?.(".note");
  if (note) return light([passageOfNote(note)], note);
  const segment = target.closest?.(".segment");
  const own = target.closest?.(".run");
  const runs = own ? [own] : [...(segment?.querySelectorAll(".run") ?? [])];
  return light([...new Set(runs.flatMap(passagesOf))]);
}

text.addEventListener("pointerover", (event) => lightAt(event.target));
text.addEventListener("pointerleave", () => light([]));
text.addEventListener("focusin", (event) => lightAt(event.target));
text.addEventListener("click", (event) => {
  const note = event.target.closest(".note a");
  if (note) requestAnimationFrame(() => lightAt(note));
});
narrow.addEventListener("change", () => place());
addEventListener("resize", () => place());
whenNear((leaf) => level(turnsOn(leaf)));
