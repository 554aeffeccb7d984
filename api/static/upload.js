/* Uploading: files go one by one, so that each has its own progress and its own answer; folders are
   gone through here. Without JavaScript the form sends them all at once. */

import { say } from "./base.js";

const form = document.getElementById("upload");
const input = document.getElementById("files");
const folder = document.getElementById("folder");
const drop = document.getElementById("drop");
const send = document.getElementById("send");
const told = document.getElementById("told");
const MANIFEST = "manifest.csv";
let queued = [];

for (const one of document.querySelectorAll(".with-script")) one.hidden = false;
input.removeAttribute("name"); // the files are added one by one

/** Files to send, each with whether it came with its folder, where some are passed over. */
function add(files, ofFolder) {
  queued = [...queued, ...files.map((file) => ({ file, ofFolder }))];
  list();
}

function size(file) {
  return `${Math.max(1, Math.round(file.size / 1024)).toLocaleString("en-GB")} KB`;
}

function list() {
  document.getElementById("told-section").hidden = !told.childElementCount && !queued.length;
  for (const row of told.querySelectorAll(".queued")) row.remove();
  for (const one of queued) {
    one.row = told.appendChild(document.createElement("li"));
    one.row.className = "told queued";
    const line = one.row.appendChild(document.createElement("p"));
    line.className = "reading-line";
    line.append(Object.assign(document.createElement("span"), { textContent: one.file.name }));
    one.state = Object.assign(document.createElement("span"), { textContent: size(one.file), className: "muted numbers" });
    line.append(one.state);
  }
  send.textContent = queued.length > 1 ? `Read the ${queued.length} files` : queued.length ? "Read the file" : "Read the files";
}

/** The files chosen in a field; the field is free for more. */
function take(field) {
  const ofFolder = field === folder;
  const files = [...field.files].filter((file) => !ofFolder || !inHiddenFolder(file.webkitRelativePath));
  if (files.length) add(files, ofFolder);
  field.value = "";
}
const inHiddenFolder = (path) => path.split("/").slice(0, -1).some((part) => part.startsWith("."));

for (const field of [input, folder]) {
  field.addEventListener("change", () => take(field));
  take(field); // what was chosen before this script was here
}

/** Every file below what was dropped, folders gone through. */
async function filesBelow(entry, inside = false) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, ofFolder: inside }] : [];
  }
  if (entry.name.startsWith(".")) return [];
  const reader = entry.createReader();
  const found = [];
  for (let some = [null]; some.length;) {
    some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    for (const one of some) found.push(...(await filesBelow(one, true)));
  }
  return found;
}

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return add([...event.dataTransfer.files], false);
  const found = (await Promise.all(entries.map((entry) => filesBelow(entry)))).flat();
  queued = [...queued, ...found];
  return list();
});

/** Send one file with all that the form says; resolves to the answer's HTML. */
function upload({ file, ofFolder }, manifest, progress) {
  const body = new FormData(form);
  body.append("files", file, file.name);
  if (manifest) body.set("manifest", manifest, MANIFEST);
  if (ofFolder) body.set("of_folder", "yes");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve({ ok: request.status < 300, html: request.responseText }));
    request.addEventListener("error", () => resolve({ ok: false, html: "" }));
    request.send(body);
  });
}

/** Show an answer in place of the file's row: ours are rows already, an error is put into one. */
function show(row, name, answer) {
  const parsed = new DOMParser().parseFromString(answer.html, "text/html").body;
  const rows = [...parsed.querySelectorAll("li.told")];
  if (rows.length) return row.replaceWith(...rows);
  const line = document.createElement("p");
  line.className = "notice notice-red";
  line.textContent = `${name}: ${parsed.textContent.trim() || "the service didn't answer, so nothing of it was read. Try again."}`;
  row.className = "told told-refused";
  return row.replaceChildren(line);
}

/** The list of files that wait, as it is now. */
async function refresh() {
  const answer = await fetch(form.action, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const waiting = parsed.getElementById("waiting");
  if (waiting) document.getElementById("waiting").replaceWith(waiting);
}

async function sendAll() {
  const chosen = document.getElementById("manifest").files[0];
  const lying = queued.find((one) => one.file.name === MANIFEST);
  const manifest = chosen ? null : lying?.file;
  if (lying && queued.length > 1) lying.row.remove();
  const files = queued.filter((one) => one !== lying || queued.length === 1);
  queued = [];
  let read = 0;
  let all = 0; // files in zips are counted one by one, as they are told
  for (const one of files) {
    const bar = one.row.querySelector("p").appendChild(Object.assign(document.createElement("progress"), { max: 1, value: 0 }));
    bar.setAttribute("aria-label", `Reading ${one.file.name}`);
    const answer = await upload(one, manifest, (share) => {
      bar.value = share * 0.8;
      one.state.textContent = share < 1 ? `${Math.round(share * 100)} %` : "reading …";
    });
    show(one.row, one.file.name, answer);
    if (answer.ok) read += (answer.html.match(/told-read/g) ?? []).length;
    all += Math.max(1, (answer.html.match(/<li class="told/g) ?? []).length);
  }
  await refresh();
  return [read, all];
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (send.hasAttribute("aria-disabled")) return undefined;
  if (!queued.length) return say("No file was chosen. Choose one or more transcripts.");
  send.setAttribute("aria-disabled", "true"); // not `disabled`, which would drop the focus
  const [read, all] = await sendAll();
  send.removeAttribute("aria-disabled");
  list();
  const waits = document.getElementById("waiting").dataset.count;
  say(`${read} of ${all} file${all === 1 ? "" : "s"} read. ${waits} wait${waits === "1" ? "s" : ""} to be looked at.`);
  document.getElementById("waiting").scrollIntoView({ block: "nearest" });
  return undefined;
});
