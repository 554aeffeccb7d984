/* The finder: an accessible combobox grown over a <select>; see templates/_finder.html for its use.
   The select stays the form's field, so a form works the same with JavaScript off. */

const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

class Finder {
  constructor(root) {
    this.root = root;
    this.select = root.querySelector("select");
    this.options = [...this.select.options].filter((option) => option.value).map((option) => {
      const group = option.parentElement.label ?? "";
      const hint = option.dataset.hint ?? "";
      return { value: option.value, label: option.label, group, hint,
               name: fold(option.label), words: fold(`${option.label} ${group} ${hint}`) };
    });
    this.shown = [];
    this.active = -1;
    this.build();
    this.listen();
    root.finder = this;
  }

  build() {
    const id = this.select.id;
    const label = this.root.querySelector("label");
    label.id ||= `${id}-label`;
    label.htmlFor = `${id}-find`;
    this.input = element("input", {
      id: `${id}-find`, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
      "aria-describedby": `${id}-hint`, placeholder: this.root.dataset.placeholder ?? "",
    });
    this.input.required = this.select.required;
    this.list = element("ul", { id: `${id}-list`, role: "listbox", "aria-labelledby": label.id });
    this.list.hidden = true;
    this.hint = element("p", { id: `${id}-hint`, class: "finder-hint" });
    this.said = element("p", { class: "visually-hidden", role: "status" });
    this.select.required = false;
    this.select.hidden = true;
    this.root.append(this.input, this.list, this.hint, this.said);
    this.root.classList.add("finder-ready");
    this.show_choice();
  }

  listen() {
    this.input.addEventListener("input", () => { this.select.value = ""; this.open(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("blur", () => this.close());
    // The list must not take the focus away from the input, or the blur would close it first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("[role=option]");
      if (line) this.pick(Number(line.dataset.at));
    });
    this.list.addEventListener("pointermove", (event) => {
      const line = event.target.closest("[role=option]");
      if (line && Number(line.dataset.at) !== this.active) this.point(Number(line.dataset.at));
    });
  }

  key(event) {
    const opened = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!opened) return this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = this.shown.length;
      if (count) this.point((this.active + step + count) % count);
    } else if (event.key === "Enter" && opened && this.active >= 0) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Escape") {
      if (opened || this.input.value) {
        event.preventDefault();
        event.stopPropagation();
        this.clear();
      } else {
        this.tell("finder:leave", {});
      }
    }
  }

  matches() {
    const wanted = fold(this.input.value).split(/\s+/).filter(Boolean);
    const rank = (option) =>
      wanted.length === 0 ? 0 : option.name.startsWith(wanted[0]) ? 0
        : wanted.every((word) => option.name.includes(word)) ? 1 : 2;
    const found = this.options.filter((option) => wanted.every((word) => option.words.includes(word)));
    return wanted.length === 0 ? found
      : found.map((option, at) => [rank(option), at, option])
        .sort((one, other) => one[0] - other[0] || one[1] - other[1]).map((entry) => entry[2]);
  }

  open() {
    const typed = this.input.value !== "" && this.select.value === "";
    this.shown = typed ? this.matches() : this.options;
    this.list.replaceChildren(...this.shown.map((option, at) => this.line(option, at, !typed)));
    this.list.hidden = this.shown.length === 0;
    const box = this.root.getBoundingClientRect();
    this.root.classList.toggle("finder-up", innerHeight - box.bottom < 200 && box.top > 240);
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.check();
    this.said.textContent = this.shown.length ? `${this.shown.length} to choose from` : "Nothing has these words";
    const chosen = this.shown.findIndex((option) => option.value === this.select.value);
    this.point(chosen >= 0 ? chosen : typed ? 0 : -1);
    if (!this.shown.length) this.hint.textContent = "Nothing has these words.";
  }

  line(option, at, grouped) {
    const made = element("li", { role: "option", id: `${this.select.id}-${option.value}`, "data-at": at });
    made.append(element("span", { class: "finder-label" }, option.label));
    const first = at === 0 || this.shown[at - 1].group !== option.group;
    if (option.group && (!grouped || first)) made.append(element("span", { class: "finder-group" }, option.group));
    return made;
  }

  point(at) {
    this.active = at < this.shown.length ? at : -1;
    for (const line of this.list.children) {
      line.setAttribute("aria-selected", String(Number(line.dataset.at) === this.active));
    }
    const line = this.list.children[this.active];
    if (line) {
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
      this.hint.textContent = this.shown[this.active].hint;
    } else {
      this.input.removeAttribute("aria-activedescendant");
      this.hint.textContent = "";
    }
  }

  pick(at) {
    const option = this.shown[at];
    this.select.value = option.value;
    this.close();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.tell("finder:pick", { value: option.value, label: option.label });
    if ("submit" in this.root.dataset) this.select.form?.requestSubmit();
  }

  clear() {
    this.input.value = "";
    this.select.value = "";
    this.close();
    this.input.focus();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show_choice();
  }

  show_choice() {
    const chosen = this.options.find((option) => option.value === this.select.value);
    if (chosen) this.input.value = chosen.label;
    this.hint.textContent = chosen?.hint ?? "";
    this.check();
  }

  /** Words that were typed but stand for nothing must not be sent as "nothing chosen". */
  check() {
    const amiss = this.input.value !== "" && this.select.value === "";
    this.input.setCustomValidity(amiss ? "Choose one from the list." : "");
  }

  tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

/** Upgrade every finder below `root` that isn't one yet. */
export function upgrade(root = document) {
  for (const found of root.querySelectorAll("[data-finder]:not(.finder-ready)")) new Finder(found);
}

upgrade();
document.addEventListener("htmx:load", (event) => {
  const brought = event.detail.elt;
  if (brought.matches?.("[data-finder]:not(.finder-ready)")) new Finder(brought);
  upgrade(brought);
});
