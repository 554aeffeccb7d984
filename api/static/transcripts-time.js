/* Going to a time of the recording: the turn that was being spoken then. */

import { say } from "./base.js";
import { count, isShown, next, placeOf, turnAt } from "./transcripts-turns.js";

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d)$/;
const UNITS = /^(?:(\d{1,3}(?:[.,]\d)?)\s*(?:h|hrs?|hours?))?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?))?\s*(?:(\d{1,5})\s*(?:s|secs?|seconds?))?$/i;

/** Seconds of a time as people write it, as `api/clock.py` reads it; null where it is none. */
export function secondsOf(typed) {
  const words = typed.trim();
  if (/^\d{1,4}$/.test(words)) return Number(words) * 60;
  const found = CLOCK.exec(words) ?? (words ? UNITS.exec(words) : null);
  if (!found) return null;
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number((part ?? "0").replace(",", ".")));
  return Math.round(hours * 3600) + minutes * 60 + seconds;
}

const timed = [];
for (let place = 0; place < count; place += 1) {
  const at = turnAt(place).dataset.at;
  if (at !== undefined) timed.push([Number(at), place]);
}

/** The last turn that began by then; the first where none had. */
function turnAtTime(seconds) {
  const shown = timed.filter(([, place]) => isShown(place));
  return shown.filter(([at]) => at <= seconds).at(-1) ?? shown[0];
}

const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const pair = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${pair(minutes)}:${pair(rest)}` : `${pair(minutes)}:${pair(rest)}`;
};

const LATE = 60; // seconds after the last turn began
const form = document.querySelector(".go-to");
const went = document.getElementById("went");
let arrived;

/** Open the field, also where the column it stands in is folded away. */
export function openTime() {
  if (!form) return;
  form.closest("details").open = true;
  form.time.focus();
  form.time.select();
}

function goTo(seconds) {
  const [at, place] = turnAtTime(seconds) ?? [];
  if (place === undefined) return "Nothing that is shown has a time.";
  const turn = turnAt(place);
  arrived?.classList.remove("arrived");
  arrived = turn;
  turn.classList.add("arrived");
  turn.scrollIntoView({ block: "start" });
  const segment = turn.querySelector(".segment");
  if (segment) {
    segment.tabIndex = -1;
    segment.focus({ preventScroll: true });
  }
  const last = !next(placeOf(turn), 1);
  if (at > seconds) return `Nobody speaks before ${clock(at)}.`;
  return last && seconds - at > LATE ? `The last turn begins at ${clock(at)}.` : "";
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const seconds = secondsOf(form.time.value);
  went.classList.toggle("amiss", seconds === null);
  went.textContent = seconds === null ? "Write a time as 00:30, 1:02:05 or 62 min." : goTo(seconds);
  const { top, bottom } = went.getBoundingClientRect();
  if (went.textContent && (bottom < 0 || top > innerHeight)) say(went.textContent);
});
