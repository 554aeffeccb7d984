/* A page of megabytes may break off on its way. By itself, since then not much else works. */

import { say } from "./base.js";

if (!document.getElementById("text-end")) {
  say("The transcript did not arrive whole: its end is missing here. Load the page again.");
}
