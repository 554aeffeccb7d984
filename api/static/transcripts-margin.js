/* The margin: notes level with their words, and pointing at either lights both. */

const text = document.getElementById("text");
const narrow = matchMedia("(max-width: 900px)");

/** Put a turn's notes level with the words they stand on, each below the one before. */
function level(turn) {
  const notes = turn.querySelector(".notes");
  if (!notes) return;
  const shown = [...notes.children].filter((note) => note.checkVisibility());
  for (const note of shown) note.style.marginTop = "";
  if (narrow.matches) return;
  let free = notes.getBoundingClientRect().top;
  const measured = shown.map((note) => [note, wordsTop(turn, note), note.getBoundingClientRect().height]);
  for (const [note, top, height] of measured) {
    const down = Math.max(0, (top ?? free) - free);
    note.style.marginTop = `${down}px`;
    free += down + height;
  }
}

function wordsTop(turn, note) {
  const id = note.dataset.passage;
  const words = turn.querySelector(`[data-p~="${id}"]`);
  return words?.getClientRects()[0]?.top;
}

// Turns far from the screen have no layout (content-visibility), so each is placed as it comes near.
const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => level(entry.target)),
  { rootMargin: "600px" },
);

/** Place the notes of turns near the screen now, and of the others when they come near. */
export function place(turns = text.querySelectorAll(".turn")) {
  for (const turn of turns) {
    if (!turn.querySelector(":scope > .notes")) continue;
    near.unobserve(turn);
    near.observe(turn);
  }
}

let lit = "";

/** Light the words of some passages, with the one note that was pointed at, or else all of theirs. */
export function light(passages, pointed = null) {
  const now = passages.join(" ") + (pointed ? "!" : "");
  if (now === lit && !pointed) return;
  for (const one of text.querySelectorAll(".lit")) one.classList.remove("lit");
  lit = now;
  pointed?.classList.add("lit");
  for (const passage of passages) {
    const notes = pointed ? "" : `, .note[data-passage="${passage}"]`;
    for (const one of text.querySelectorAll(`[data-p~="${passage}"]${notes}`)) one.classList.add("lit");
  }
}

function lightAt(target) {
  const note = target.closest?.(".note");
  if (note) return light([note.dataset.passage], note);
  const runs = target.closest?.(".run") ? [target.closest(".run")] : [...(target.closest?.(".segment")?.querySelectorAll(".run") ?? [])];
  return light([...new Set(runs.flatMap((one) => one.dataset.p.split(" ")))]);
}

text.addEventListener("pointerover", (event) => lightAt(event.target));
text.addEventListener("pointerleave", () => light([]));
text.addEventListener("focusin", (event) => lightAt(event.target));
text.addEventListener("click", (event) => {
  const note = event.target.closest(".note a");
  if (!note) return;
  requestAnimationFrame(() => lightAt(note));
});
narrow.addEventListener("change", () => place());
addEventListener("resize", () => place());
place();
