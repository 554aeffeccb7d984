/* Candidate themes by keyboard: move in the list, open a panel, undo. Focus is never lost. */

import { isTyping } from "./base.js";

const desk = document.querySelector(".desk");
const wide = matchMedia("(min-width: 901px)");
const list = () => document.getElementById("candidate-list");
const candidate = () => document.getElementById("candidate");
let scrolled = 0;

function lines() {
  return [...(list()?.querySelectorAll(".candidate-line") ?? [])];
}

/** Mark in the list which candidate is open. */
function mark() {
  const open = candidate()?.dataset.id;
  for (const line of lines()) {
    if (line.dataset.id === open) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

function move(step) {
  const all = lines();
  const at = all.findIndex((line) => line.hasAttribute("aria-current"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next || all[at] === next) return;
  if (wide.matches) next.focus();
  next.scrollIntoView({ block: "nearest" });
  next.click();
}

/** Open, or close again, what was said around every passage. */
function around() {
  const all = [...(candidate()?.querySelectorAll("details.around") ?? [])];
  const open = all.some((one) => !one.open);
  for (const one of all) one.open = open;
}

function cancel() {
  const act = document.getElementById("act");
  if (!act?.firstElementChild) return false;
  act.replaceChildren();
  document.getElementById("candidate-title")?.focus({ preventScroll: true });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && !event.defaultPrevented && cancel()) return event.preventDefault();
  if (isTyping(event)) return;
  const inList = event.target.closest?.("#candidate-list") !== null;
  const step = { j: 1, k: -1, ...(inList ? { ArrowDown: 1, ArrowUp: -1 } : {}) }[event.key];
  const button = /^[a-z]$/.test(event.key) && candidate()?.querySelector(`[data-key="${event.key}"]`);
  if (step) move(step);
  else if (event.key === "c") around();
  else if (button) button.click();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-cancel]") && cancel()) event.preventDefault();
});
document.addEventListener("finder:leave", cancel);

// A link that acts as a button answers to the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.getAttribute?.("role") !== "button") return;
  event.preventDefault();
  event.target.click();
});

document.addEventListener("htmx:beforeSwap", () => {
  scrolled = list()?.querySelector(".candidate-lines")?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSettle", (event) => {
  const lists = list()?.querySelector(".candidate-lines");
  if (lists) lists.scrollTop = scrolled;
  mark();
  dress();
  if (event.detail.target?.id === "act") {
    document.querySelector("#act [role=combobox], #act input:not([type=hidden]), #act textarea")?.focus();
  } else if (event.detail.target?.id === "candidate") {
    shown(event.detail.requestConfig?.verb === "post");
  }
});

/** Another candidate is open, or what was done with it: nothing else is being decided now. */
function shown(acted) {
  document.getElementById("act")?.replaceChildren();
  desk.dataset.at = "candidate";
  lines().find((line) => line.hasAttribute("aria-current"))?.scrollIntoView({ block: "nearest" });
  scrollTo({ top: wide.matches ? Math.min(scrollY, desk.offsetTop) : 0 });
  // In the list one goes on with the keyboard; after acting, or where the list is away, one reads.
  if (acted || !wide.matches) document.getElementById("candidate-title")?.focus({ preventScroll: true });
}

/** Filters act at once, so their button is for those without JavaScript. */
function dress() {
  for (const form of document.querySelectorAll("form[data-at-once]:not(.dressed)")) {
    form.classList.add("dressed");
    form.querySelector("[data-plain]").hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }
}

dress();
document.querySelector("#act [role=combobox], #act input:not([type=hidden])")?.focus({ preventScroll: true });
