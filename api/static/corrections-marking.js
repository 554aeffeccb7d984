/* On a transcript's page: what is selected goes off the record, or gives way to something else. The
   service shows first what would change, on a page of its own. */

import { say } from "./base.js";
import { marked } from "./transcripts-words.js";

const room = document.querySelector(".room");
const asks = document.getElementById("take-out");

document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does !== "off-record" && does !== "replace") return;
  const mark = marked();
  if (!mark) return say("Select some words first, or go to a segment with j.");
  const fields = { version: room.dataset.version, does, ...mark };
  asks.replaceChildren(
    ...Object.entries(fields).map(([name, value]) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      return field;
    }),
  );
  asks.submit();
  return undefined;
});

// The turn that is in view, or in focus, is where correcting begins.
const correct = document.getElementById("correct-text");
correct?.addEventListener("click", () => {
  const focused = document.activeElement?.closest?.(".turn");
  const turn = focused ?? [...document.querySelectorAll(".turn")].find((one) => one.getBoundingClientRect().bottom > 120);
  if (turn) correct.href = `${room.dataset.here}/correct?turn=${turn.id.slice(1)}#turn-${turn.id.slice(1)}`;
});
