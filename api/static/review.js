/* Review with one hand on the keys. Every key presses a button that is on the page, so whatever
   works by key works by mouse, by touch and, but for the keys, without this file. */
import { isTyping, say } from "./base.js";

const KEPT = "greenshoots-review-keys";
const review = () => document.getElementById("review");
const find = (selector) => review()?.querySelector(selector);
let waiting = false;
let replacing = null;

const rows = () => [...review().querySelectorAll(".choice")];
const current = () => find(".choice[data-current]");
const tick = (row) => row.querySelector("[name=confirm]");
const name = (row) => row.querySelector("label").textContent.trim().replace(/^\S\s/, "");

/** Make a code the one in focus: its acts and its definition are in view. */
function point(row) {
  for (const other of rows()) other.toggleAttribute("data-current", other === row);
  for (const meaning of review().querySelectorAll(".meaning")) {
    meaning.toggleAttribute("data-current", meaning.dataset.meaning === row.dataset.code);
  }
  const asked = Boolean(find(".why-code[open]"));
  for (const why of review().querySelectorAll(".why-code")) {
    const its = why.dataset.why === row.dataset.code;
    why.toggleAttribute("data-current", its);
    why.open = its && asked;
  }
}

function go_to(row) {
  point(row);
  tick(row).focus();
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const inside = document.activeElement.closest?.(".choice");
  const at = all.indexOf(inside ?? current());
  go_to(all[inside ? (at + by + all.length) % all.length : Math.max(at, 0)]);
}

const shown = (selector) => Boolean(find(selector)?.offsetParent);
let looking;

/** On a narrow page, know whether the codes still stand below what is on the screen. */
function watch_codes() {
  looking?.disconnect();
  const [first] = rows();
  if (!first) return;
  looking = new IntersectionObserver(([one]) => {
    const below = !one.isIntersecting && one.boundingClientRect.top > innerHeight / 2;
    find("#review-form")?.classList.toggle("codes-below", below);
  }, { rootMargin: "0px 0px -130px" });
  looking.observe(first);
}

function press(selector) {
  const button = find(selector);
  if (button) button.click();
  return Boolean(button);
}

function on_current(act, sentence) {
  const row = current();
  const button = row?.querySelector(`[data-act=${act}]`);
  if (button) return button.click();
  say(row ? "That is recorded already; u takes it back." : sentence);
}

function toggle(number) {
  const row = rows()[number - 1];
  if (!row) return say(`There is no code ${number} here.`);
  go_to(row);
  tick(row).click();
}

function next_stance() {
  const row = current();
  const stances = row ? [...row.querySelectorAll("[type=radio]")] : [];
  if (!stances.length) return say("The code in focus takes no stance.");
  if (!tick(row).checked) tick(row).checked = true;
  const at = stances.findIndex((one) => one.checked);
  const likely = stances.find((one) => "likely" in one.dataset);
  // "none" is last, and checked while nothing was said: the likely stance is offered first.
  const next = likely && at === stances.length - 1 ? likely : stances[(at + 1) % stances.length];
  next.checked = true;
  next.focus();
}

function say_why() {
  const why = find(".why-code[data-current]");
  if (!why) return say(current() ? "Nothing near it was decided on yet." : "No code is in focus.");
  why.open = !why.open;
  if (why.open) why.scrollIntoView({ block: "nearest" });
}

function write_memo() {
  const row = current();
  if (!row) return say("Bring in a code first; a memo stands on a code.");
  row.querySelector("details.memo").open = true;
  row.querySelector("textarea").focus();
}

const finder = () => document.getElementById("find-code-find");

function look_for(row = null) {
  replacing = row;
  const words = row ? `Replace ${name(row)} with …` : "Find a code";
  finder().placeholder = words;
  find("#find label").textContent = words;
  finder().focus();
}

function leave_finder() {
  look_for();
  const row = current();
  if (row) go_to(row);
  else find("#passage").focus();
}

const KEYS = {
  Enter: () => press(shown("#to-codes") ? "#to-codes" : "#confirm"),
  0: () => press("#none"),
  x: () => on_current("reject", "No code is in focus, so there is nothing to reject."),
  q: () => on_current("unsure", "No code is in focus; bring one in with / first."),
  r: () => on_current("replace", "No code is in focus, so there is nothing to replace."),
  s: next_stance,
  w: say_why,
  m: write_memo,
  "/": () => (finder() ? look_for() : undefined),
  u: () => press("#undo") || say("There is nothing of yours to take back."),
  b: () => press("#sight"),
  ArrowRight: () => press("#skip"),
  ArrowLeft: () => press("#back") || say("This is the first passage you were shown."),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
};
for (let number = 1; number <= 9; number += 1) KEYS[number] = () => toggle(number);

/** Show the top of a new passage, or the code that was acted on; a narrow page had scrolled on. */
function bring_into_view() {
  const focused = find("[data-focus]");
  if (!focused) return;
  focused.focus({ preventScroll: true });
  const own = find(".lit");
  if (focused.id !== "passage") focused.scrollIntoView({ block: "nearest" });
  else if (review().getBoundingClientRect().top < 0) review().scrollIntoView({ block: "start" });
  if (focused.id === "passage") own?.scrollIntoView({ block: "nearest" });
}

/** Keys an element needs for itself: Enter on a button or link, arrows between radio buttons. */
function is_its_own(event) {
  const at = event.target;
  if (event.key === "Enter") return at.matches("button, a, summary");
  return event.key.startsWith("Arrow") && at.matches("[type=radio]");
}

function in_memo(event) {
  const memo = event.target.closest?.(".memo textarea");
  const done = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey && !event.isComposing);
  if (!memo || !done) return false;
  event.preventDefault();
  go_to(memo.closest(".choice"));
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!review() || document.querySelector("dialog[open]") || in_memo(event)) return;
  if (event.target.id === "find-code-find" && event.key === "Enter") return event.preventDefault();
  if (event.key === "?" || event.defaultPrevented || isTyping(event) || is_its_own(event)) return;
  const act = KEYS[event.key];
  if (!act || (!keys_wanted() && event.key.length === 1)) return;
  event.preventDefault();
  // A key pressed while the answer is on its way was meant for a passage not yet seen.
  if (!waiting && !event.repeat) act();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(".choice");
  if (row && !row.hasAttribute("data-current")) point(row);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#to-codes")) {
    event.preventDefault();
    return go_to(current() ?? rows()[0]);
  }
  const row = event.target.closest?.(".choice");
  if (row) point(row);
  if (event.target.closest?.("[data-act=replace]")) look_for(row);
});
document.addEventListener("finder:pick", () => {
  if (!replacing) return press("#add");
  const button = find("#relabel");
  button.value = `relabel-${replacing.dataset.code}`;
  button.click();
});
document.addEventListener("finder:leave", leave_finder);
document.addEventListener("htmx:beforeRequest", () => { waiting = true; });
for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort", "htmx:swapError"]) {
  document.addEventListener(failed, () => { waiting = false; });
}
// Only once settled does a new button speak htmx; pressed before, it would load a whole page.
document.addEventListener("htmx:afterSettle", (event) => {
  waiting = false;
  if (event.detail.elt.id !== "review") return; // a refusal leaves ticks and focus where they are
  replacing = null;
  bring_into_view();
  watch_codes();
});

/* Single keys can be switched off (WCAG 2.1.4): speech input would press them by the dozen. */
function keys_wanted() {
  return localStorage.getItem(KEPT) !== "off";
}

function offer_switch() {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: keys_wanted() });
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  label.className = "review-keys";
  label.append(box, " Single keys act on this page");
  document.getElementById("main").append(label);
}

document.documentElement.classList.add("keys-on");
offer_switch();
const narrow = matchMedia("(max-width: 900px)");
if (narrow.matches) document.querySelector(".review-head details").open = false; // its summary says it
bring_into_view();
if (review()) watch_codes();
