/* Where a text is corrected: boxes that were written in are marked, and leaving them is asked about. */

const form = document.querySelector(".correct");
const fields = form ? [...form.querySelectorAll("textarea, .box select")] : [];

const isChanged = (field) =>
  field.matches("select") ? ![...field.options].every((one) => one.selected === one.defaultSelected) : field.value !== field.defaultValue;

form?.addEventListener("input", (event) => {
  const box = event.target.closest(".box");
  box?.classList.toggle("changed", [...box.querySelectorAll("textarea, select")].some(isChanged));
});

let sent = false;
form?.addEventListener("submit", () => {
  sent = true;
});
addEventListener("pageshow", () => {
  sent = false;
});
addEventListener("beforeunload", (event) => {
  if (!sent && fields.some(isChanged)) event.preventDefault();
});
