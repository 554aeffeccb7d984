/* The codebook: find as you type, open every code's guidance at once. */

import { isTyping } from "./base.js";

const find = document.getElementById("find");
const found = document.getElementById("found");
const parts = [...document.querySelectorAll(".facet-part")];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
const codes = [...document.querySelectorAll("article.code")].map((code) =>
  ({ code, words: fold(code.textContent) }));

function narrow() {
  const wanted = fold(find.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { code, words } of codes) {
    code.hidden = !wanted.every((word) => words.includes(word));
    if (!code.hidden) shown += 1;
  }
  for (const part of parts) {
    const own = [...part.querySelectorAll("article.code")];
    part.hidden = own.length > 0 ? own.every((code) => code.hidden) : wanted.length > 0;
  }
  found.textContent = !wanted.length ? "" : shown ? `${shown} have these words.` : "No code has these words.";
}

if (find && !new URLSearchParams(location.search).get("find")) find.addEventListener("input", narrow);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target === find && find.value) {
    find.value = "";
    narrow();
    return event.preventDefault();
  }
  if (isTyping(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "/" && find) find.focus();
  else if (event.key === "a") document.querySelector(".book-head .button-main")?.click();
  else if (event.key === "o") {
    const all = [...document.querySelectorAll("article.code details")];
    const open = all.some((one) => !one.open);
    for (const one of all) one.open = open;
  } else return;
  event.preventDefault();
});
