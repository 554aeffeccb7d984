/* From the transcript to search, and from search to the transcript. */

import { say } from "./base.js";
import { openCoding } from "./transcripts-coding.js";

const study = document.querySelector(".room").dataset.here.split("/transcripts/")[0];

/** Where else something like it is said: like the segment in focus, or that where the selection begins. */
export function openLike() {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const from = range ? range.startContainer.parentElement : document.activeElement;
  const segment = from?.closest?.(".segment");
  if (!segment) return say("Select some words first, or go to a segment with j.");
  return location.assign(`${study}/search/like/${segment.id.slice(1)}`);
}

/** What one came for, once the segment that was found is in focus. */
export function goOn() {
  const to = new URLSearchParams(location.search).get("to");
  if (to === "code") openCoding();
  if (to === "quote") say("Press q to choose it as a quote, or select just the words first.");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-does]")?.dataset.does === "like") openLike();
});
