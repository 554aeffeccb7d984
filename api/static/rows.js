/* Walking a list by keys: j and k (or the arrows, once inside) move; n begins a new one; s chooses. */

import { isTyping } from "./base.js";

const rows = () => [...document.querySelectorAll("[data-row]")];
const target = (row) => row.querySelector("[data-row-link]") ?? row;

function here() {
  const inside = document.activeElement?.closest?.("[data-row]");
  return inside ? rows().indexOf(inside) : -1;
}

function walk(step) {
  const all = rows();
  const at = here();
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  if (!all[to]) return;
  target(all[to]).focus({ preventScroll: true });
  all[to].scrollIntoView({ block: "nearest" });
}

function begin() {
  const form = document.getElementById("new-theme");
  if (!form) return;
  form.open = true;
  form.querySelector("input:not([type=hidden])")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.shiftKey || document.querySelector("dialog[open]")) return;
  const arrow = here() >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp");
  if (event.key === "j" || (arrow && event.key === "ArrowDown")) walk(1);
  else if (event.key === "k" || (arrow && event.key === "ArrowUp")) walk(-1);
  else if (event.key === "n" && document.getElementById("new-theme")) begin();
  else if (event.key === "s" && here() >= 0) rows()[here()].querySelector("[data-star]")?.click();
  else return;
  event.preventDefault();
});

// The browser closes no <details> by itself: Escape and a click elsewhere close the export's.
document.addEventListener("keydown", (event) => {
  const open = document.querySelector(".export[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const open = document.querySelector(".export[open]");
  if (open && !open.contains(event.target)) open.open = false;
});
