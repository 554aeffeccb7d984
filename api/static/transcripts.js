/* A transcript's page: its keys, and where it goes on arrival. Each other matter has a module. */

import { isTyping } from "./base.js";
import { chooseQuote, openCoding, takeBack } from "./transcripts-coding.js";
import { step } from "./transcripts-find.js";
import { light, place } from "./transcripts-margin.js";
import { ofPassage } from "./transcripts-words.js";

const text = document.getElementById("text");

/** The first segment on the screen; only turns are measured, their inside may have no layout yet. */
function firstInView() {
  const turn = [...text.querySelectorAll(".turn")].find((one) => one.getBoundingClientRect().bottom > 80);
  return turn?.querySelector(".segment") ?? null;
}

/** Move the focus to the next (1) or previous (-1) segment, across turns. */
function moveSegment(by) {
  const from = document.activeElement?.closest?.(".segment");
  if (!from || !text.contains(from)) return firstInView()?.focus();
  const beside = by > 0 ? "nextElementSibling" : "previousElementSibling";
  let next = from[beside];
  while (next && !next.matches(".segment")) next = next[beside];
  for (let turn = from.closest(".turn")[beside]; !next && turn; turn = turn[beside]) {
    next = [...turn.querySelectorAll(".segment")].at(by > 0 ? 0 : -1);
  }
  return next?.focus();
}

const KEYS = {
  j: () => moveSegment(1),
  k: () => moveSegment(-1),
  c: openCoding,
  q: chooseQuote,
  u: takeBack,
  n: () => step(1),
  N: () => step(-1),
  "/": () => document.getElementById("find").focus(),
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
  if (!found) return;
  const words = ofPassage(found[1]);
  words?.scrollIntoView({ block: "center" });
  words?.closest(".segment")?.focus({ preventScroll: true });
  light([found[1]]);
}

const goTo = document.querySelector(".go-to");
goTo?.addEventListener("submit", (event) => {
  event.preventDefault();
  const parts = goTo.time.value.trim().split(":").map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : NaN));
  const [second, minute, hour] = parts.length === 1 ? [0, parts[0], 0] : [...parts.reverse(), 0];
  const wanted = hour * 3600 + minute * 60 + second;
  const amiss = Number.isNaN(wanted) || parts.length > 3;
  goTo.querySelector(".go-to-amiss").textContent = amiss ? "Write a time as 00:30, or 1:02:05." : "";
  if (amiss) return;
  const timed = [...text.querySelectorAll(".turn[data-at]")];
  const turn = timed.filter((one) => Number(one.dataset.at) <= wanted).at(-1) ?? timed[0];
  text.querySelector(".arrived")?.classList.remove("arrived");
  turn?.classList.add("arrived");
  turn?.scrollIntoView({ block: "start" });
  turn?.querySelector(".segment")?.focus({ preventScroll: true });
});

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
arrive();
