/* From what is selected on the page to places in the text. Offsets are UTF-16 units into the words of
   one turn, as the browser counts them; the service turns them into code points. */

const text = document.getElementById("text");

/** Units from the beginning of a turn's words to a point in the document, kept inside them. */
function unitsTo(speech, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(speech);
  if (before.comparePoint(node, offset) < 0) return 0;
  if (before.comparePoint(node, offset) > 0) return speech.textContent.length;
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The selected words as the service's fields, from a turn to a turn; null when none are. */
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  const pieces = [];
  for (const speech of text.querySelectorAll(".speech")) {
    if (!range.intersectsNode(speech)) continue;
    const from = unitsTo(speech, range.startContainer, range.startOffset);
    const to = unitsTo(speech, range.endContainer, range.endOffset);
    const words = speech.textContent.slice(from, to);
    if (words.trim()) pieces.push({ turn: speech.closest(".turn").dataset.turn, from, to, words });
  }
  if (!pieces.length) return null;
  const [first, last] = [pieces[0], pieces.at(-1)];
  const words = pieces.map((piece) => piece.words).join("\n");
  return { start_turn: first.turn, start_at: first.from, end_turn: last.turn, end_at: last.to, words };
}
