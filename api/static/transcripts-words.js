/* From the page's words to places in the text, and back. Offsets here are UTF-16 units into the
   words of one turn, as the browser counts them; the service turns them into code points. */

import { count, isShown, next, placeOf, speechOf, turnAt } from "./transcripts-turns.js";

const text = document.getElementById("text");

/** The first element on the page that stands for a passage; null when it isn't shown. */
export function ofPassage(passage) {
  const found = document.getElementById(`p${passage}`);
  if (!found) return text.querySelector(`.run[data-p~="${passage}"]`); // it begins where nobody is shown
  return found.matches(".segment, .run") ? found : (found.nextElementSibling ?? found);
}

/** Every element that holds words of a passage, also where it goes on in later turns. */
export function runsOf(passage) {
  const first = ofPassage(passage);
  const found = first?.matches(".run:not([data-p])") ? [first] : [];
  for (let turn = first?.closest(".turn"); turn; turn = next(placeOf(turn), 1)) {
    const here = turn.querySelectorAll(`[data-p~="${passage}"]`);
    if (!here.length && found.length) break;
    if (!here.length && turn !== first.closest(".turn")) break;
    found.push(...here);
  }
  return found;
}

/** The passages that the words of a run stand under. */
export const passagesOf = (run) => run.dataset.p?.split(" ") ?? [run.id.slice(1)];
export const passageOfNote = (note) => note.querySelector("a").hash.slice(2);

/** The passage of the segment or note in focus. */
export function passageInFocus() {
  const at = document.activeElement?.closest?.(".segment, .note");
  if (!at) return undefined;
  return at.matches(".note") ? passageOfNote(at) : at.id.slice(1);
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

/** The place of the first turn that doesn't end before a range begins. */
function firstTouched(range) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (range.comparePoint(turnAt(middle), turnAt(middle).childNodes.length) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What of the text is selected: one piece a turn, from and to in units; empty when nothing is. */
export function selectedPieces() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return [];
  const pieces = [];
  for (let place = firstTouched(range); place < count && range.intersectsNode(turnAt(place)); place += 1) {
    const speech = speechOf(turnAt(place));
    if (!isShown(place) || !range.intersectsNode(speech)) continue;
    const from = unitsTo(speech, range.startContainer, range.startOffset);
    const to = unitsTo(speech, range.endContainer, range.endOffset);
    pieces.push({ turn: turnAt(place).id.slice(1), from, to, words: speech.textContent.slice(from, to) });
  }
  return pieces.filter((piece) => piece.words.trim());
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
  return segment ? { passage: segment.id.slice(1), words: segment.textContent } : null;
}

/** Both ends of [from, to) units of a turn's words: text nodes and offsets into them. */
export function endsOf(speech, from, to) {
  const ends = {};
  const walker = document.createTreeWalker(speech, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; at += node.length, node = walker.nextNode()) {
    if (from >= at && from < at + node.length) Object.assign(ends, { startContainer: node, startOffset: from - at });
    if (to > at && to <= at + node.length) return Object.assign(ends, { endContainer: node, endOffset: to - at });
  }
  return ends;
}
