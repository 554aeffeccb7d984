/* Coding the words that are marked, choosing them as a quote, and taking either back. */

import { say } from "./base.js";
import { findAgain } from "./transcripts-find.js";
import { light, place } from "./transcripts-margin.js";
import { marked, ofPassage, selectedPieces } from "./transcripts-words.js";

const room = document.querySelector(".room");
const here = room.dataset.here;
const text = document.getElementById("text");
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

/** Send a change; true when it was made. What is refused is shown in `where`. */
async function change(path, fields, where) {
  let answer;
  try {
    answer = await fetch(`${here}/${path}`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ version: room.dataset.version, ...fields }),
    });
  } catch {
    say("The service didn't answer. Nothing was changed; try again in a moment.");
    return false;
  }
  const brought = await answer.text();
  if (!answer.ok) {
    if (answer.status === 401) location.reload();
    where.innerHTML = brought; // rendered by the service, everything in it escaped
    return false;
  }
  bringBack(brought);
  const said = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}").said;
  if (said) say(said.value);
  return true;
}

/** Put the turns that changed in the place of those that were there, and keep the focus. */
function bringBack(brought) {
  const focused = document.activeElement?.closest?.(".segment, .note")?.dataset.passage;
  const held = document.createElement("template");
  held.innerHTML = brought;
  const turns = [...held.content.querySelectorAll(".turn")];
  for (const turn of turns) document.getElementById(turn.id)?.replaceWith(turn);
  place(turns.filter((turn) => turn.isConnected));
  findAgain();
  const passage = mark?.passage ?? focused;
  const back = passage ? ofPassage(passage)?.closest(".segment") : null;
  back?.focus({ preventScroll: true });
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
  const before = new Set(quoted());
  if (await change("quotes", mark, message)) {
    lastQuote = quoted().find((one) => !before.has(one)) ?? null;
    finish();
  }
  return undefined;
}

const quoted = () => [...text.querySelectorAll(".quote-note")].map((note) => note.dataset.passage);

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
  if (mark.passage) ofPassage(mark.passage)?.closest(".segment")?.focus({ preventScroll: true });
});
document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "code") openCoding();
  if (does === "quote") chooseQuote();
  if (does === "close") dialog.close();
});
text.addEventListener("submit", (event) => {
  const back = event.target.closest("[data-change]");
  if (!back) return;
  event.preventDefault();
  mark = { passage: back.closest(".note").dataset.passage };
  lastQuote = null;
  change(back.getAttribute("action").slice(here.length + 1), {}, message);
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
// Pressing a button of the toolbar must not let go of the selection.
toolbar.addEventListener("pointerdown", (event) => event.preventDefault());
