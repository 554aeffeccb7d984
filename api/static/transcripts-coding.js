/* Coding the words that are marked, choosing them as a quote, and taking either back. */

import { say } from "./base.js";
import { findAgain } from "./transcripts-find.js";
import { light, place } from "./transcripts-margin.js";
import { put } from "./transcripts-turns.js";
import { marked, ofPassage, passageInFocus, passageOfNote, selectedPieces } from "./transcripts-words.js";

const room = document.querySelector(".room");
const here = room.dataset.here;
const toolbar = document.getElementById("toolbar");
const dialog = document.getElementById("coding");
const form = dialog.querySelector("form");
const stances = form.querySelector(".stances");
const takesStance = new Set(room.dataset.stances.split(" "));
const amiss = form.querySelector(".coding-amiss");
let mark = null;
let lastQuote = null;

const message = document.getElementById("said");
let fading;
// What was done is said for a while; what was refused stays until something else is done.
new MutationObserver(() => {
  clearTimeout(fading);
  if (message.childElementCount && !message.querySelector(".said-refused")) fading = setTimeout(() => message.replaceChildren(), 8000);
}).observe(message, { childList: true });

/** Send a change. The turns it brought `back`, and the `old` ones they replaced; null when nothing was
    changed. What is refused is shown in `where`. */
export async function change(path, fields, where) {
  let answer;
  try {
    answer = await fetch(`${here}/${path}`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ version: room.dataset.version, ...fields }),
    });
  } catch {
    say("The service didn't answer. Nothing was changed; try again in a moment.");
    return null;
  }
  const brought = await answer.text();
  if (!answer.ok) {
    if (answer.status === 401) location.reload();
    where.innerHTML = brought; // rendered by the service, everything in it escaped
    return null;
  }
  const changed = bringBack(brought);
  const said = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}").said;
  if (said) say(said.value);
  return changed;
}

/** Put the turns that changed in the place of those that were there, and keep the focus. */
function bringBack(brought) {
  const focused = passageInFocus();
  const held = document.createElement("template");
  held.innerHTML = brought;
  const back = [...held.content.querySelectorAll(".turn")];
  const old = back.map(put).filter(Boolean);
  place(back.filter((turn) => turn.isConnected));
  findAgain();
  const passage = mark?.passage ?? focused;
  if (passage) focusOn(passage);
  return { back, old };
}

function focusOn(passage) {
  const segment = ofPassage(passage)?.closest(".segment");
  if (!segment) return;
  segment.tabIndex = -1;
  segment.focus({ preventScroll: true });
}

/** Open the code finder for what is marked. */
export function openCoding() {
  mark = marked();
  if (!mark) return say("Select some words first, or go to a segment with j.");
  document.getElementById("coding-words").textContent = mark.words;
  amiss.replaceChildren();
  hideToolbar();
  dialog.showModal();
  form.reset();
  const finder = form.querySelector("[data-finder]")?.finder;
  finder?.clear();
  stances.hidden = true;
  return undefined;
}

/** Choose what is marked as a quote. */
export async function chooseQuote() {
  mark = marked();
  if (!mark) return say("Select some words first, or go to a segment with j.");
  hideToolbar();
  const changed = await change("quotes", mark, message);
  if (changed) {
    const before = quotes(changed.old);
    lastQuote = quotes(changed.back).find((one) => !before.includes(one)) ?? null;
    finish();
  }
  return undefined;
}

const quotes = (within) => within.flatMap((one) => [...one.querySelectorAll(".quote-note")]).map(passageOfNote);

/** Take back what was done last on this page: a quote just chosen, else the latest decision. */
export async function takeBack() {
  mark = null;
  if (lastQuote) {
    await change(`quotes/${lastQuote}/take-back`, {}, message);
    lastQuote = null;
  } else await change("undo", {}, message);
}

function finish() {
  getSelection().removeAllRanges();
  light([]);
}

form.addEventListener("change", (event) => {
  if (event.target.name === "code_id") stances.hidden = !takesStance.has(event.target.value);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const stance = stances.hidden ? "" : form.elements.stance.value;
  if (!(await change("codings", { ...mark, code_id: form.elements.code_id.value, stance }, amiss))) return;
  lastQuote = null;
  dialog.close();
  finish();
  if (mark.passage) focusOn(mark.passage);
});
document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "code") openCoding();
  if (does === "quote") chooseQuote();
  if (does === "close") dialog.close();
});
document.getElementById("take-back").addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  mark = { passage: passageOfNote(button.closest(".note")) };
  lastQuote = null;
  change(button.getAttribute("formaction").slice(here.length + 1), {}, message);
});

/* The toolbar by the selection. */
function hideToolbar() {
  toolbar.hidden = true;
}
function showToolbar() {
  const range = selectedPieces().length ? getSelection().getRangeAt(0) : null;
  if (!range) return hideToolbar();
  const end = [...range.getClientRects()].at(-1);
  if (!end) return hideToolbar();
  toolbar.hidden = false;
  toolbar.style.top = `${scrollY + end.bottom + 8}px`;
  toolbar.style.left = `${Math.max(8, Math.min(scrollX + end.left, innerWidth - toolbar.offsetWidth - 8))}px`;
  return undefined;
}
let wait;
document.addEventListener("selectionchange", () => {
  clearTimeout(wait);
  if (getSelection().isCollapsed) hideToolbar();
  else wait = setTimeout(showToolbar, 150);
});
showToolbar(); // Words may have been selected while the page still loaded.
// Pressing a button of the toolbar must not let go of the selection.
toolbar.addEventListener("pointerdown", (event) => event.preventDefault());
