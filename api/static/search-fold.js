/* On a narrow page what narrows a search folds away, unless it is in use. */

const fold = document.querySelector(".search-fold");
const narrowed = [...fold.querySelectorAll("select")].some((one) => one.selectedIndex > 0);
if (matchMedia("(max-width: 600px)").matches && !narrowed) fold.open = false;
