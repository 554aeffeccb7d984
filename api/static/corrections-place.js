/* Choosing a passage's place: a segment by its button, or words that are selected in the text.
   Units are UTF-16 into the words of a turn, as the browser counts; the service turns them. */

const form = document.querySelector(".place-form");
const told = document.getElementById("chosen-words");
const fields = ["start_turn", "start_at", "end_turn", "end_at", "words"].map((name) => form.elements[name]);
document.querySelector("[data-selects]").hidden = false;

/** The turn a point of the text is in, and its place among the turn's words; null outside them. */
function placeOf(node, offset) {
  const words = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".place-choice .words");
  if (!words) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(node, offset);
  return { turn: words.closest(".place-turn"), from: words, units: before.toString().length };
}

/** Units into a turn's own words: its segments stand in the form one by one, in code points. */
function unitsIn(place, text) {
  const begins = [...text].slice(0, Number(place.from.dataset.from)).join("").length;
  return begins + place.units;
}

/** The words of a turn as they are stored, white space between its segments included. */
const stored = (turn) => JSON.parse(turn.dataset.words);

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !form.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  if (!start || !end) return null;
  const turns = [...form.querySelectorAll(".place-turn")];
  const [first, last] = [turns.indexOf(start.turn), turns.indexOf(end.turn)];
  const from = unitsIn(start, stored(start.turn));
  const to = unitsIn(end, stored(end.turn));
  const words = turns.slice(first, last + 1).map((turn, at) => stored(turn).slice(at ? 0 : from, at === last - first ? to : undefined));
  return { start_turn: start.turn.dataset.turn, start_at: from, end_turn: end.turn.dataset.turn, end_at: to, words: words.join("\n") };
}

function choose(found) {
  for (const field of fields) {
    field.disabled = !found;
    field.value = found ? found[field.name] : "";
  }
  if (!found) return;
  for (const radio of form.querySelectorAll("[name=passage]")) radio.checked = false;
  told.textContent = `Selected: ${found.words}`;
}

function follow() {
  const found = selected();
  if (found) choose(found);
}

let wait;
document.addEventListener("selectionchange", () => {
  clearTimeout(wait);
  wait = setTimeout(follow, 150);
});
follow(); // Words may have been selected while the page still loaded.
form.addEventListener("change", (event) => {
  if (event.target.name !== "passage") return;
  choose(null);
  told.textContent = "";
});
