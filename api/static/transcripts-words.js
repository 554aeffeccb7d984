/* From the page's words to places in the text, and back. Offsets here are UTF-16 units into the
   words of one turn, as the browser counts them; the service turns them into code points. */

const text = document.getElementById("text");

/** The first element on the page that stands for a passage; null when it isn't shown. */
export function ofPassage(passage) {
  return text.querySelector(`.segment[data-passage="${passage}"]`) ?? text.querySelector(`.run[data-p~="${passage}"]`);
}

/** Units from the beginning of a turn's words to a point in the document, kept inside them. */
function unitsTo(speech, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(speech);
  if (before.comparePoint(node, offset) < 0) return 0;
  if (before.comparePoint(node, offset) > 0) return speech.textContent.length;
  before.setEnd(node, offset);
  return before.toString().length;
}

/** What of the text is selected: one piece a turn, from and to in units; empty when nothing is. */
export function selectedPieces() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return [];
  return [...text.querySelectorAll(".speech")]
    .filter((speech) => range.intersectsNode(speech))
    .map((speech) => ({
      turn: speech.closest(".turn").dataset.turn,
      from: unitsTo(speech, range.startContainer, range.startOffset),
      to: unitsTo(speech, range.endContainer, range.endOffset),
      words: speech.textContent,
    }))
    .map((piece) => ({ ...piece, words: piece.words.slice(piece.from, piece.to) }))
    .filter((piece) => piece.words.trim());
}

/** The fields that say what is marked: the selection, else the segment in focus; null for neither. */
export function marked() {
  const pieces = selectedPieces();
  if (pieces.length) {
    const [first, last] = [pieces[0], pieces.at(-1)];
    const words = pieces.map((piece) => piece.words).join("\n");
    return { start_turn: first.turn, start_at: first.from, end_turn: last.turn, end_at: last.to, words };
  }
  const segment = document.activeElement?.closest?.(".segment");
  return segment ? { passage: segment.dataset.passage, words: segment.textContent } : null;
}

/** A range over [from, to) units of a turn's words. */
export function rangeOver(speech, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; at += node.length, node = walker.nextNode()) {
    if (from >= at && from <= at + node.length) range.setStart(node, from - at);
    if (to >= at && to <= at + node.length) {
      range.setEnd(node, to - at);
      break;
    }
  }
  return range;
}
