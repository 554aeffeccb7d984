/* A transcript's page: its keys, and where it goes on arrival. Each other matter has a module. */

import { isTyping } from "./base.js";
import { chooseQuote, openCoding, takeBack } from "./transcripts-coding.js";
import { openFind, step } from "./transcripts-find.js";
import { light, place } from "./transcripts-margin.js";
import { goOn, openLike } from "./transcripts-search.js";
import { reveal } from "./transcripts-speakers.js";
import { openTime } from "./transcripts-time.js";
import { firstInView, next, placeOf, settled } from "./transcripts-turns.js";
import { ofPassage } from "./transcripts-words.js";

const text = document.getElementById("text");

/** Move the focus to the next (1) or previous (-1) segment, across turns. */
function moveSegment(by) {
  const from = document.activeElement?.closest?.(".segment");
  if (!from || !text.contains(from)) return go(firstInView()?.querySelector(".segment"));
  const turn = from.closest(".turn");
  const own = [...turn.querySelectorAll(".segment")];
  let there = own[own.indexOf(from) + by];
  for (let other = next(placeOf(turn), by); !there && other; other = next(placeOf(other), by)) {
    there = [...other.querySelectorAll(".segment")].at(by > 0 ? 0 : -1);
  }
  return go(there);
}

function go(segment) {
  if (!segment) return;
  segment.tabIndex = -1;
  segment.focus();
}

const KEYS = {
  j: () => moveSegment(1),
  k: () => moveSegment(-1),
  c: openCoding,
  q: chooseQuote,
  u: takeBack,
  l: openLike,
  n: () => step(1, { focus: true }),
  N: () => step(-1, { focus: true }),
  g: openTime,
  "/": openFind,
};

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || document.querySelector("dialog[open]") || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

/** An address can name a turn (#t12) or a passage (#p12), also one that people marked. */
function arrive() {
  const found = /^#p(\d+)$/.exec(location.hash);
  if (location.hash === "#left-out" || location.hash === "#speakers") {
    document.querySelector(location.hash).closest("details").open = true;
    document.querySelector(location.hash).open = true;
    document.querySelector(location.hash).scrollIntoView({ block: "nearest" });
  }
  if (/^#t\d+$/.test(location.hash)) {
    reveal(document.querySelector(location.hash));
    document.querySelector(location.hash)?.scrollIntoView();
  }
  if (!found) return;
  const words = ofPassage(found[1]);
  reveal(words?.closest(".turn"));
  words?.scrollIntoView({ block: "center" });
  const segment = words?.closest(".segment");
  if (segment) {
    segment.tabIndex = -1;
    segment.focus({ preventScroll: true });
  }
  light([found[1]]);
  if (segment) goOn();
}

const suggestions = document.getElementById("suggestions");
suggestions.addEventListener("change", () => {
  text.classList.toggle("no-suggestions", !suggestions.checked);
  place();
});

// On a narrow page the column beside the text folds away above it.
if (matchMedia("(max-width: 1100px)").matches) document.querySelector(".aside-fold").open = false;
const first = text.querySelector(".segment");
if (first) first.tabIndex = 0;
addEventListener("hashchange", arrive);
settled.then(arrive);
