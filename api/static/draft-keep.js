/* What a researcher says of a file is kept as they go: one change after another, so that none
   overtakes the one before. The service answers with the parts of the page that changed. */

import { say } from "./base.js";

const message = document.getElementById("said");
let last = Promise.resolve(true);

/** Send a form once those before it are through; true when it was kept. What is refused is shown in
    `where`, or beside its field. `more` are further fields. */
export function keep(form, { submitter = null, more = {}, where = message } = {}) {
  last = last.then(() => send(form, submitter, more, where));
  return last;
}

async function send(form, submitter, more, where) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", headers: { "HX-Request": "true" }, body: fields });
  } catch {
    say("The service didn't answer, so this is not kept. It stands on the page; try again in a moment.");
    return false;
  }
  if (answer.status === 401) location.reload();
  const brought = document.createElement("template");
  brought.innerHTML = await answer.text(); // rendered by the service, everything in it escaped
  if (!answer.ok) {
    refuse(brought.content, where);
    return false;
  }
  clearAmiss();
  bringBack(brought.content);
  const done = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}").said;
  if (done) say(done.value);
  else if (message.querySelector(".said-refused")) message.replaceChildren();
  return true;
}

/** Say beside each field what won't do; where a colleague was faster, show their word. */
function refuse(content, where) {
  clearAmiss();
  for (const line of content.querySelectorAll(".amiss")) {
    const name = line.dataset.of;
    const fields = [...document.getElementsByName(name)].filter((one) => one.form?.id === "said-form");
    const field = fields[0];
    if (!field) continue;
    line.id = `${name}-amiss`;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
    (field.closest(".field, .option") ?? field).append(line);
    if (line.dataset.now !== undefined) setTo(fields, line.dataset.now);
  }
  const sentence = content.querySelector(".said-sentence") ?? refusal("That is not kept: it is said beside the field.");
  where.replaceChildren(sentence);
  bringBack(content);
}

function refusal(words) {
  const line = document.createElement("p");
  line.className = "said-sentence said-refused";
  line.textContent = words;
  return line;
}

function setTo(fields, value) {
  for (const field of fields) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
}

function clearAmiss() {
  for (const area of document.querySelectorAll("[data-amiss]")) area.replaceChildren();
  for (const line of document.querySelectorAll("#said-form .amiss, .bar .amiss")) line.remove();
  for (const field of document.querySelectorAll("#said-form [aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** Put the parts that changed where they were, with the same things open and the focus kept. */
function bringBack(content) {
  const focused = placeOfFocus();
  for (const part of [...content.children]) {
    const there = part.id && document.getElementById(part.id);
    if (!there) continue;
    const open = [...there.querySelectorAll("details[open]")].map((one) => [one.closest("[id]").id, one.className]);
    there.replaceWith(part);
    for (const [id, name] of open) reopen(id, name);
  }
  dress();
  if (focused && document.activeElement === document.body) focused();
}

function reopen(id, name) {
  const owner = document.getElementById(id);
  const details = owner?.matches("details") ? owner : owner?.querySelector(`details.${name}`);
  if (details) details.open = true;
}

/** How to come back to where the keyboard is: the same control, else what stands nearest to it. */
function placeOfFocus() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const id = at.id;
  const turn = at.closest(".turn")?.id;
  const finds = [...document.querySelectorAll("[data-find]")];
  const found = finds.indexOf(at.closest("[data-find]"));
  const step = at.closest(".step");
  return () => {
    const same = id && document.getElementById(id);
    const nextFind = found >= 0 && [...document.querySelectorAll("[data-find]")].slice(0, found + 1).at(-1);
    const target = same || (turn && document.querySelector(`#${turn} .turn-off`)) || nextFind;
    (target || step?.querySelector("summary") || document.getElementById("main")).focus({ preventScroll: !nextFind });
  };
}

/** Speakers who became one share a shape, wherever it is shown. */
function dress() {
  const shapes = [...document.getElementById("voices").dataset.shapes];
  for (const mark of document.querySelectorAll("[data-shape]")) mark.textContent = shapes[Number(mark.dataset.shape)] ?? mark.textContent;
}
