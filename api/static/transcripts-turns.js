/* The turns of the page, in their order, and the leaves they stand on. Only leaves near the screen
   are laid out (content-visibility), so nothing here walks or measures the whole document twice. */

const text = document.getElementById("text");
const narrow = matchMedia("(max-width: 900px)");
const leaves = [...text.children].filter((one) => one.matches(".leaf"));
const turns = [];
/** Places whose turns lie on a leaf: from the first up to the last, not included. */
const spans = new Map();
for (const leaf of leaves) {
  const from = turns.length;
  turns.push(...[...leaf.children].filter((one) => one.matches(".turn")));
  spans.set(leaf, [from, turns.length]);
}
const places = new Map(turns.map((turn, place) => [turn.id, place]));
const shown = new Uint8Array(turns.length).fill(1);

export const frame = () => new Promise((done) => { requestAnimationFrame(done); });

export const count = turns.length;
/** Its place in the order of the page; -1 for what is no turn of this page. */
export const placeOf = (turn) => places.get(turn?.id) ?? -1;
export const turnAt = (place) => turns[place];
export const isShown = (place) => shown[place] === 1;
export const speakerAt = (place) => turns[place].dataset.who ?? "";
export const speechOf = (turn) => turn.querySelector(".speech");

/** Put a turn that came back in the place of the one that was there, which is given back; null for none. */
export function put(turn) {
  const place = placeOf(turn);
  if (place < 0) return null;
  const old = turns[place];
  turn.classList.toggle("beside", old.matches(".beside"));
  old.replaceWith(turn);
  turns[place] = turn;
  return old;
}

/** The next turn that is shown from a place on, going by 1 or -1; undefined at the end. */
export function next(place, by) {
  let at = place + by;
  while (at >= 0 && at < count && !shown[at]) at += by;
  return turns[at];
}

export const placesOn = (leaf) => spans.get(leaf);
export const turnsOn = (leaf) => turns.slice(...spans.get(leaf));

/** Places of the first and the last turn of every leaf. */
export const edgesOfLeaves = () => [...spans.values()].flatMap(([from, to]) => [from, to - 1]);

/** The first turn that can be read on the screen. */
export function firstInView() {
  const leaf = leaves.find((one) => one.getBoundingClientRect().bottom > 80);
  const on = leaf ? turnsOn(leaf).filter((one) => isShown(placeOf(one))) : [];
  return on.find((one) => one.getBoundingClientRect().bottom > 80) ?? on.at(-1) ?? turns.find((_, at) => shown[at]);
}

/** The turn that is being read: the one in focus, or else the first that begins on the screen. */
export function turnRead() {
  const onScreen = (turn) => {
    const { top } = turn.getBoundingClientRect();
    return top > 40 && top < innerHeight;
  };
  const focused = turns[placeOf(document.activeElement?.closest?.(".turn"))];
  if (focused && onScreen(focused)) return focused;
  const first = firstInView();
  if (!first || onScreen(first)) return first;
  const after = next(placeOf(first), 1);
  return after && onScreen(after) ? after : first;
}

const FRAMES_HELD = 6;
let letGo = () => {};

/** Do something to what is shown, and leave a turn where it was on the screen, or bring it there.
    Leaves that come and go around it change their height for some frames: it is held until then. */
export async function keepPlace(turn, act) {
  const before = turn?.getBoundingClientRect().top;
  act();
  if (!turn) return;
  letGo();
  let held = true;
  letGo = () => { held = false; };
  const wanted = Math.max(16, Math.min(before, innerHeight / 2));
  for (let at = 0; held && at <= FRAMES_HELD; at += 1) {
    const by = turn.getBoundingClientRect().top - wanted;
    if (Math.abs(by) > 1) scrollBy({ top: by, behavior: "instant" });
    await frame();
  }
}
for (const moves of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(moves, () => letGo(), { passive: true });

/** Show only the turns that are wanted, by their place. */
export function show(wanted) {
  for (let at = 0; at < count; at += 1) shown[at] = wanted(at) ? 1 : 0;
  for (const leaf of leaves) leaf.hidden = !shownOn(leaf);
  makeRoom(false);
  frame().then(frame).then(() => makeRoom(true));
}

function shownOn(leaf) {
  const [from, to] = placesOn(leaf);
  return shown.subarray(from, to).reduce((sum, one) => sum + one, 0);
}

let width = 640;
/** How wide a line of speech is; measured seldom, since that lays out the page. */
function measure() {
  width = Math.min(text.clientWidth, narrow.matches ? Infinity : 640);
  makeRoom(true);
}

/** Guess how high each leaf will be, so that the page is about as long as it is going to be.
    With `remember` a leaf that was laid out keeps the height it had. */
function makeRoom(remember) {
  for (const leaf of leaves) {
    const [from, to] = placesOn(leaf);
    const many = Math.max(1, to - from);
    const lines = Number(leaf.dataset.characters) / many / (width / 8.6) + 0.5;
    const notes = Number(leaf.dataset.notes) / many;
    const said = 24 + 30.4 * lines;
    const each = (narrow.matches ? said + 8 + 27 * notes : Math.max(said, 26 + 27 * notes)) + 24;
    leaf.style.containIntrinsicBlockSize = `${remember ? "auto " : ""}${Math.round(each * shownOn(leaf))}px`;
  }
}

const near = new Set();
const watchers = [];

/** Call for each leaf that has been laid out, now and whenever one comes near the screen. */
export function whenNear(call) {
  watchers.push(call);
  near.forEach(call);
}
/** Leaves that are laid out now. */
export const laidOut = () => [...near];

text.addEventListener("contentvisibilityautostatechange", (event) => {
  if (!event.target.matches(".leaf")) return;
  if (event.skipped) near.delete(event.target);
  else came(event.target);
});

function came(leaf) {
  if (near.has(leaf)) return;
  near.add(leaf);
  for (const call of watchers) call(leaf);
}

/** Resolves when the browser has sorted out which leaves are near the screen. Measuring before that
    would lay out every leaf that has just arrived, which takes seconds. */
export const settled = (async () => {
  await frame();
  await frame();
  measure();
  narrow.addEventListener("change", measure);
  if ("oncontentvisibilityautostatechange" in text) noteLaidOut();
  else watchComing();
})();

/** Some leaves were laid out before anybody listened. To ask one that is far would lay it out too. */
function noteLaidOut() {
  const far = ({ top, bottom }) => bottom < -4 * innerHeight || top > 5 * innerHeight;
  const laid = (leaf) => leaf.lastElementChild.checkVisibility({ contentVisibilityAuto: true });
  leaves.filter((leaf) => !far(leaf.getBoundingClientRect()) && laid(leaf)).forEach(came);
}

/** A browser that doesn't tell has laid out everything, or does it as leaves are scrolled to. */
function watchComing() {
  const seen = (entries) => entries.filter((one) => one.isIntersecting).forEach((one) => came(one.target));
  const coming = new IntersectionObserver(seen, { rootMargin: "600px" });
  leaves.forEach((leaf) => coming.observe(leaf));
}
