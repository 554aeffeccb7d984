/* Search: what was typed stays out of every address. The browser keeps it with this page of its
   history, so that one comes back from a transcript to the same places. */

const form = document.getElementById("search-form");
const box = document.getElementById("search-box");
const found = document.getElementById("found");
let touched = false;

const fields = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

function keep(more = {}) {
  if (!box.value.trim()) return;
  history.replaceState({ search: { ...fields(), page: pageShown() }, ...more }, "");
}

const pageShown = () => document.getElementById("found-summary")?.dataset.page ?? "1";

/** Back from elsewhere: ask again for what was asked, and go to the place that was opened. */
function comeBack({ search, opened }) {
  for (const [name, value] of Object.entries(search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  const page = document.createElement("button");
  Object.assign(page, { name: "page", value: search.page, hidden: true });
  form.append(page);
  found.addEventListener("htmx:afterSettle", () => {
    document.getElementById(opened)?.querySelector("[data-row-link]").focus();
  }, { once: true });
  form.requestSubmit(page);
  page.remove();
}

found.addEventListener("click", (event) => {
  const place = event.target.closest("a[href]") && event.target.closest("[data-row]");
  if (place) keep({ opened: place.id });
});

/** What is near in meaning follows by itself only while nobody has begun to read. */
for (const sign of ["keydown", "pointerdown", "wheel", "touchstart"]) {
  addEventListener(sign, () => { touched = true; }, { passive: true });
}
form.addEventListener("submit", () => { touched = false; });
found.addEventListener("htmx:afterSettle", (event) => {
  keep();
  const ready = event.target.matches("[data-ready]") ? event.target : found.querySelector("[data-ready]");
  if (ready && !touched && scrollY === 0) form.requestSubmit();
});

const before = history.state;
if (before?.search && !box.value) {
  addEventListener("load", () => comeBack(before));
} else {
  keep();
}
