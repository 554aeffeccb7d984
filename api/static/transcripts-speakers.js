/* Reading one speaker alone, without leaving one's place; others beside them when asked for. */

import { findAgain } from "./transcripts-find.js";
import { place } from "./transcripts-margin.js";
import { count, edgesOfLeaves, firstInView, frame, isShown, keepPlace, placeOf, show, speakerAt, turnAt, turnRead } from "./transcripts-turns.js";

const form = document.getElementById("only");
const beside = form.elements.beside;
const whole = form.hidden; // the service sent everyone's turns, so the page itself can choose among them
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let only = "";

const links = () => [...document.querySelectorAll("[data-speaker]")];

function wanted(at) {
  return !only || speakerAt(at) === only;
}

/** The turn to stay at: the one that is read, or the nearest that will be shown. */
function stayAt(turn) {
  const from = placeOf(turn);
  for (let by = 0; from >= 0 && by < count; by += 1) {
    for (const at of [from + by, from - by]) if (at >= 0 && at < count && wanted(at)) return turnAt(at);
  }
  return undefined;
}

let edges = [];

/** What is hidden is said in a sheet of styles: to mark thousands of turns takes ten times as long. */
function apply() {
  const own = Uint8Array.from({ length: count }, (_, at) => wanted(at));
  const around = (at) => beside.checked && Boolean(own[at - 1] || own[at + 1]);
  const said = `[data-who="${only}"]`;
  const others = beside.checked ? `, ${said} + .turn, :has(+ ${said}), .beside` : "";
  sheet.replaceSync(only ? `.turn:not(${said}${others}) { display: none; }
    .turn:not(${said}) .speech { color: var(--muted); font-size: 1rem; }` : "");
  for (const turn of edges) turn.classList.remove("beside");
  // Beside a turn that stands on the next leaf, or on the one before: no style can say that.
  edges = only ? edgesOfLeaves().filter((at) => !own[at] && around(at)).map(turnAt) : [];
  for (const turn of edges) turn.classList.add("beside");
  show((at) => own[at] || around(at));
  return own.reduce((sum, one) => sum + one, 0);
}

/** Read one speaker alone (by id), or everyone (""). */
function read(speaker) {
  const reading = turnRead();
  only = speaker;
  if (!only) beside.checked = false;
  form.elements.speaker.value = only;
  keepPlace(stayAt(reading), () => {
    form.hidden = !only;
    form.parentElement.classList.toggle("alone", Boolean(only));
    tell(apply());
  });
  for (const link of links()) {
    if (link.dataset.speaker === only) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  // First the words, then what stands beside and upon them.
  frame().then(() => {
    place();
    findAgain();
  });
}

function tell(many) {
  const label = links().find((link) => link.dataset.speaker === only)?.dataset.label;
  const turns = `${many.toLocaleString("en-GB")} turn${many === 1 ? "" : "s"}`;
  document.getElementById("only-words").textContent = only ? `Only what ${label} says: ${turns}.` : "";
}

function address() {
  const query = only ? `?speaker=${only}${beside.checked ? "&beside=yes" : ""}` : "";
  return `${location.pathname}${query}`;
}

function choose(speaker) {
  read(speaker);
  frame().then(() => history.pushState(null, "", address()));
}

/** After a step back, or to another part of the page, the address says who is read. */
function follow() {
  const speaker = new URLSearchParams(location.search).get("speaker") ?? "";
  if (speaker !== only) read(speaker);
}

if (whole) {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("[data-speaker], [data-everyone]");
    if (!link) return;
    event.preventDefault();
    const speaker = link.dataset.speaker ?? "";
    choose(speaker === only ? "" : speaker);
  });
  beside.addEventListener("change", () => {
    read(only);
    history.replaceState(null, "", address());
  });
  addEventListener("popstate", follow);
} else {
  beside.addEventListener("change", () => form.requestSubmit());
  // Everyone's turns come with another page: open it where one reads.
  document.querySelector("[data-everyone]").addEventListener("click", (event) => {
    const turn = firstInView();
    if (turn) event.currentTarget.hash = turn.id;
  });
}

/** Show everyone when a turn that is wanted isn't shown. */
export function reveal(turn) {
  if (turn && !isShown(placeOf(turn))) choose("");
}
