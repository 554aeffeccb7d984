/* The page of a file that waits: what is said is kept as one goes, and everything has a key. */

import { isTyping } from "./base.js";
import { change, decide, remember, takeBack, walk } from "./draft-finds.js";
import { keep } from "./draft-keep.js";
import { putOff, replace } from "./draft-marks.js";

const form = document.getElementById("said-form");
const message = document.getElementById("said");
const SOON = 1200;
let soon;

for (const one of document.querySelectorAll(".with-script")) one.hidden = false;
for (const one of document.querySelectorAll(".without-script")) one.hidden = true;

/* What is typed is kept when a field is left, and while one goes on typing. */
const isSaid = (event) => event.target.form === form && event.target.name;
function keepSaid() {
  clearTimeout(soon);
  soon = 0;
  return keep(form);
}
document.addEventListener("change", async (event) => {
  if (!isSaid(event)) return;
  const kept = await keepSaid();
  // What is asked of a correction is other than what is asked of a new transcript.
  const { here, query } = document.querySelector(".look").dataset;
  if (kept && event.target.name === "corrects") location.assign(here + query);
});
document.addEventListener("input", (event) => {
  if (!isSaid(event) || event.target.matches("[type=checkbox], [type=radio], select, [type=date]")) return;
  clearTimeout(soon);
  soon = setTimeout(keepSaid, SOON);
});
document.addEventListener("visibilitychange", () => soon && document.hidden && keepSaid());

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent === form && !event.submitter?.hasAttribute("formaction")) {
    event.preventDefault();
    keepSaid();
  } else if (sent.matches("[data-kept]")) {
    event.preventDefault();
    if (sent.closest("#names")) remember(sent, new FormData(sent, event.submitter));
    keepSent(sent, event.submitter);
  }
});

/** Keep what one of the small forms says; a name isn't decided twice while its answer is awaited. */
async function keepSent(sent, submitter) {
  const row = sent.closest("[data-find]");
  if (row?.matches("[data-sent]")) return;
  row?.setAttribute("data-sent", "");
  const kept = await keep(sent, { submitter, where: sent.querySelector("[data-amiss]") ?? message });
  row?.removeAttribute("data-sent");
  if (kept && sent.matches(".off-form, .missed-form")) sent.reset();
}

// What was done is said for a while; what was refused stays until something else is done.
let fading;
new MutationObserver(() => {
  clearTimeout(fading);
  if (message.childElementCount && !message.querySelector(".said-refused")) fading = setTimeout(() => message.replaceChildren(), 8000);
}).observe(message, { childList: true });

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  a: () => decide("a"),
  x: () => decide("x"),
  e: change,
  u: takeBack,
  r: replace,
  o: putOff,
};
document.addEventListener("keydown", (event) => {
  if (isTyping(event) || document.querySelector("dialog[open]") || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});
// Escape leaves the field of a name and goes back to it.
document.addEventListener("keydown", (event) => {
  const open = event.target.closest?.("[data-change][open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.closest("[data-find]").focus();
});

/* An address can name a section. Where the window is narrow, what stands beside the text folds away. */
const named = location.hash && document.querySelector(`details.step${location.hash}`);
if (named) named.open = true;
if (matchMedia("(max-width: 1240px)").matches) document.querySelector(".aside-fold").open = false;
