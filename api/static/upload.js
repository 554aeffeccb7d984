/* Uploading: files go one by one, so that each has its own progress and its own answer. Without
   JavaScript the form sends them all at once. */

import { say } from "./base.js";

const form = document.getElementById("upload");
const files = document.getElementById("files");
const drop = document.getElementById("drop");
const chosen = document.getElementById("chosen");
const send = document.getElementById("send");
const sending = document.getElementById("sending");
const bar = document.getElementById("sending-bar");
const outcome = document.getElementById("outcome");

function list() {
  chosen.replaceChildren(...[...files.files].map((file) => {
    const row = document.createElement("li");
    row.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString()} KB)`;
    return row;
  }));
}

files.addEventListener("change", list);
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  files.files = event.dataTransfer.files;
  list();
});

/** Send one file with all that the form says; resolves to the answer's HTML. */
function upload(file, told) {
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) told(event.loaded / event.total);
  });
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve({ ok: request.status < 300, html: request.responseText }));
    request.addEventListener("error", () => resolve({ ok: false, html: "" }));
    request.send(body);
  });
}

/** Show an answer as rows of the list: ours are rows already, an error is put into one. */
function show(name, answer) {
  const parsed = new DOMParser().parseFromString(answer.html, "text/html").body;
  const rows = [...parsed.querySelectorAll("li.took")];
  if (rows.length) return outcome.append(...rows);
  const row = document.createElement("li");
  const line = document.createElement("p");
  row.className = "took";
  line.className = "notice notice-red";
  line.textContent = `${name}: ${parsed.textContent.trim() || "the service didn't answer; nothing of it was stored. Try again."}`;
  row.append(line);
  outcome.append(row);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const all = [...files.files];
  send.disabled = true;
  sending.hidden = false;
  document.getElementById("outcome-section").hidden = false;
  let taken = 0;
  for (const [number, file] of all.entries()) {
    document.getElementById("sending-name").textContent = `Reading ${file.name}`;
    document.getElementById("sending-count").textContent = `${number + 1} of ${all.length}`;
    const answer = await upload(file, (share) => { bar.value = (number + share) / all.length; });
    show(file.name, answer);
    if (answer.ok && answer.html.includes("took-new")) taken += 1;
  }
  sending.hidden = true;
  send.disabled = false;
  form.reset();
  list();
  const rest = all.length - taken;
  say(`${taken} of ${all.length} file${all.length === 1 ? "" : "s"} added.${rest ? ` ${rest} not: see below why.` : ""}`);
  document.getElementById("outcome-section").scrollIntoView({ block: "nearest" });
});
