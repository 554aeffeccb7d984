/* The turns of the page, in their order, and the leaves they stand on. Only leaves near the screen
   are laid out (content-visibility), so nothing here walks or measures the whole document twice. */

const text = document.getElementById("text");
const narrow = matchMedia("(max-width: 900px)");
const leaves = [...text.querySelectorAll(":scope > .leaf")];
const turns = leaves.flatMap((leaf) => [...leaf.children].filter((one) => one.matches(".turn")));
const places = new Map(turns.map((turn, place) => [turn.id, place]));
const shown = new Uint8Array(turns.length).fill(1);

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

/** Places whose turns lie on a leaf: from the first up to the last, not included. */
export function placesOn(leaf) {
  const first = placeOf(leaf.querySelector(":scope > .turn"));
  return first < 0 ? [0, 0] : [first, first + leaf.querySelectorAll(":scope > .turn").length];
}

/** The first turn that can be read on the screen. */
export function firstInView() {
  const leaf = leaves.find((one) => one.getBoundingClientRect().bottom > 80);
  const on = leaf ? [...leaf.children].filter((one) => isShown(placeOf(one))) : [];
  return on.find((one) => one.getBoundingClientRect().bottom > 80) ?? on.at(-1) ?? turns.find((_, at) => shown[at]);
}

/** Do something to what is shown, and leave a turn where it was on the screen, or bring it there. */
export function keepPlace(turn, act) {
  const before = turn?.getBoundingClientRect().top;
  act();
  if (!turn) return;
  const by = turn.getBoundingClientRect().top - Math.max(16, Math.min(before, innerHeight / 2));
  scrollBy({ top: by, behavior: "instant" });
}

/** Show only the turns that are wanted, by their place. */
export function show(wanted) {
  for (let at = 0; at < count; at += 1) shown[at] = wanted(at) ? 1 : 0;
  for (const leaf of leaves) leaf.hidden = !shownOn(leaf);
  makeRoom(false);
  requestAnimationFrame(() => requestAnimationFrame(() => makeRoom(true)));
}

function shownOn(leaf) {
  const [from, to] = placesOn(leaf);
  return shown.subarray(from, to).reduce((sum, one) => sum + one, 0);
}

/** Guess how high each leaf will be, so that the page is about as long as it is going to be.
    With `remember` a leaf that was laid out keeps the height it had. */
function makeRoom(remember) {
  const width = Math.min(text.clientWidth, narrow.matches ? Infinity : 640);
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

const frame = () => new Promise((done) => { requestAnimationFrame(done); });

/** Resolves when the browser has sorted out which leaves are near the screen. Measuring before that
    would lay out every leaf that has just arrived, which takes seconds. */
export const settled = (async () => {
  await frame();
  await frame();
  makeRoom(true);
  narrow.addEventListener("change", () => makeRoom(true));
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
