/* What every page does: say what was done, show the keys, keep the focus through an update. */

const said = document.getElementById("said");

/** Say a sentence in the message area; screen readers read it out. */
export function say(sentence) {
  const line = document.createElement("p");
  line.className = "said-sentence";
  line.textContent = sentence;
  said.replaceChildren(line);
}

/** Whether a key was meant for a field rather than for the page. */
export function isTyping(event) {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (!(at instanceof Element)) return false;
  if (at.closest("textarea, select, [contenteditable=true], [role=combobox]")) return true;
  const input = at.closest("input");
  return Boolean(input) && !["checkbox", "radio", "button", "submit"].includes(input.type);
}

document.addEventListener("said", (event) => say(event.detail.value));

const keys = document.getElementById("keys");
for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || isTyping(event)) return;
  event.preventDefault();
  if (keys.open) keys.close();
  else keys.showModal();
});

// htmx keeps the focus of an element with the same id; where that is gone, the page must not drop
// a keyboard user back at its top.
document.addEventListener("htmx:afterSettle", (event) => {
  const marked = event.detail.elt?.querySelector?.("[data-focus]");
  if (marked) marked.focus();
  else if (document.activeElement === document.body) document.getElementById("main").focus({ preventScroll: true });
});
document.addEventListener("htmx:sendError", () => {
  say("The service didn't answer. Nothing was changed; try again in a moment.");
});

// On the window, so that a room that takes the key for itself has had it before.
addEventListener("keydown", (event) => {
  const box = document.getElementById("search-box");
  if (event.key !== "/" || event.defaultPrevented || isTyping(event) || !box || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
