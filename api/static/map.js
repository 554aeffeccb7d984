/* The map of themes: point at a mark to read it, click to open it; the same by arrows and Enter. */

const view = document.getElementById("map-view");
const svg = view?.querySelector(".theme-map");
const reading = document.getElementById("map-reading");
const REACH = 14; // pixels between the pointer and a mark that is still meant
const CELL = 30; // of the grid in which marks are looked up, in units of the picture
const WAIT = 70; // milliseconds the pointer rests before words are asked for

/** Every mark: its passage, its theme, where it is and which it is within its theme. */
function marks() {
  const themes = [];
  for (const path of svg.querySelectorAll(".points")) {
    const { theme: id, passages } = path.dataset;
    if (themes.at(-1)?.id !== id) themes.push({ id, marks: [] }); // what is only near it has a path of its own
    const ids = passages.split(" ");
    path.getAttribute("d").split("M").slice(1).forEach((place, at) => {
      const { marks: own } = themes.at(-1);
      own.push({ id: ids[at], x: parseFloat(place), y: parseFloat(place.slice(place.indexOf(" ") + 1)), at: own.length });
    });
  }
  // Those near no theme are drawn first, underneath, and come last by keyboard.
  if (themes[0]?.id === "0") themes.push(themes.shift());
  themes.forEach((theme, number) => theme.marks.forEach((mark) => { mark.theme = number; }));
  return themes;
}

const themes = svg ? marks() : [];
const grid = new Map();
const cell = (x, y) => `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
for (const theme of themes) {
  for (const mark of theme.marks) {
    const key = cell(mark.x, mark.y);
    if (grid.has(key)) grid.get(key).push(mark);
    else grid.set(key, [mark]);
  }
}

/** The mark nearest to a point of the window, if one is near enough. */
function nearest(event) {
  const toPicture = svg.getScreenCTM()?.inverse();
  if (!toPicture) return null;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture);
  const reach = REACH * toPicture.a;
  const cells = Math.ceil(reach / CELL);
  let found = null;
  let best = reach * reach;
  for (let across = -cells; across <= cells; across++) {
    for (let down = -cells; down <= cells; down++) {
      for (const mark of grid.get(cell(at.x + across * CELL, at.y + down * CELL)) ?? []) {
        const far = (mark.x - at.x) ** 2 + (mark.y - at.y) ** 2;
        if (far <= best) [found, best] = [mark, far];
      }
    }
  }
  return found;
}

const said = new Map(); // passage -> the answer, as it comes
function words(mark) {
  if (!said.has(mark.id)) {
    const address = `${view.dataset.from}${mark.id}?granularity=${view.dataset.granularity}`;
    const asked = fetch(address, { headers: { "HX-Request": "true" } }).then((answer) => {
      if (!answer.ok) said.delete(mark.id); // a sentence on why not, which need not stay true
      return answer.text();
    });
    asked.catch(() => said.delete(mark.id));
    said.set(mark.id, asked);
  }
  return said.get(mark.id);
}

const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
ring.setAttribute("class", "here");
let shown = null; // the mark whose words are in view
let opened = false;
let timer = 0;

function point(mark) {
  ring.setAttribute("cx", mark.x);
  ring.setAttribute("cy", mark.y);
  ring.setAttribute("r", 2 * Number(svg.dataset.size) + 5);
  svg.append(ring);
  shown = mark;
}

/** Show a mark's words; opened, also what was said around them and all its themes. */
async function read(mark, open = false) {
  point(mark);
  opened = open;
  try {
    const answer = await words(mark);
    if (shown !== mark) return; // the pointer has gone on
    reading.innerHTML = answer;
  } catch {
    reading.textContent = "The service didn't answer. Try again in a moment.";
  }
  reading.classList.toggle("opened", open);
  const theme = themes[mark.theme];
  if (theme.id !== "0" && !open) reading.prepend(called(theme));
  if (!open) return;
  for (const around of reading.querySelectorAll("details")) around.open = true;
  reading.append(backToMap());
  reading.focus({ preventScroll: innerWidth > 900 });
}

function called(theme) {
  const line = document.createElement("p");
  line.className = "map-of small";
  const name = document.querySelector(`.map-list tr[data-theme="${theme.id}"] th a`);
  line.textContent = name?.textContent ?? "";
  return line;
}

/** On a narrow screen the words stand below the picture: a way back up to it. */
function backToMap() {
  const line = document.createElement("p");
  line.className = "map-back";
  const link = document.createElement("a");
  Object.assign(link, { href: "#map-view", textContent: "▴ Back to the map" });
  line.append(link);
  return line;
}

/** Let one theme stand out of the others, on the map and in the list; null: all as they were. */
function light(theme) {
  svg.classList.toggle("one-lit", theme !== null);
  for (const one of document.querySelectorAll(".theme-map .points, .map-list tr[data-theme]")) {
    one.classList.toggle("lit", theme !== null && one.dataset.theme === theme);
  }
}

function close() {
  opened = false;
  reading.classList.remove("opened");
  if (reading.contains(document.activeElement)) view.focus({ preventScroll: true });
}

function step(key) {
  const full = themes.filter((theme) => theme.marks.length);
  if (!shown) return full[0].marks[0];
  const { marks: own } = themes[shown.theme];
  const at = full.indexOf(themes[shown.theme]);
  const beside = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (beside) return own[(shown.at + beside + own.length) % own.length];
  if (key === "Home") return own[0];
  if (key === "End") return own[own.length - 1];
  const next = { ArrowDown: 1, ArrowUp: -1 }[key];
  return full[(at + next + full.length) % full.length].marks[0];
}

const MOVES = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"];

function listen() {
  view.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || opened) return;
    const mark = nearest(event);
    clearTimeout(timer);
    if (!mark || mark === shown) return;
    point(mark);
    timer = setTimeout(() => read(mark), WAIT);
  });
  view.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    clearTimeout(timer);
    const mark = nearest(event);
    if (mark) read(mark, true);
    else close();
  });
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== view) return;
    if (MOVES.includes(event.key)) {
      const mark = step(event.key);
      light(themes[mark.theme].id);
      read(mark);
    } else if ((event.key === "Enter" || event.key === " ") && shown) read(shown, true);
    else return;
    event.preventDefault();
  });
  view.addEventListener("blur", () => light(null));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    close();
  });
  for (const one of document.querySelectorAll(".map-list tr[data-theme], .theme-map .names a")) {
    for (const begins of ["pointerenter", "focusin"]) one.addEventListener(begins, () => light(one.dataset.theme));
    for (const ends of ["pointerleave", "focusout"]) one.addEventListener(ends, () => light(null));
  }
}

if (svg) {
  view.tabIndex = 0;
  view.setAttribute("role", "application");
  view.setAttribute("aria-label", "The map: left and right go through a theme's segments, up and down through the themes, Enter opens");
  view.classList.add("can-read");
  reading.hidden = false;
  listen();
}
