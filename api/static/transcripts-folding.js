/* Words as find compares them: without case, accents, kinds of quotation mark, dash and white space. */

const ALIKE = new Map(Object.entries({
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ",
  "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
  "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
}));
const PLAIN = /^(?:[\x21-\x7e]| (?! ))*$/;
const SILENT = /[\p{M}\p{Cf}]/gu;

/** `words` folded, and `starts`: where in the text each unit of them begins; null where it is the same. */
export function fold(text) {
  if (PLAIN.test(text)) return { words: text.toLowerCase(), starts: null };
  const starts = [];
  let words = "";
  let at = 0;
  for (const sign of text) {
    const plain = /\s/u.test(sign) ? (words.endsWith(" ") ? "" : " ") : folded(sign.toLowerCase());
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(at);
    words += plain;
    at += sign.length;
  }
  starts.push(at);
  return { words, starts };
}

function folded(sign) {
  return ALIKE.get(sign) ?? [...sign.normalize("NFKD").replace(SILENT, "")].map((one) => ALIKE.get(one) ?? one).join("");
}

/** Where [from, to) of folded words stands in the text they were folded from. */
export function unfolded(starts, from, to) {
  if (!starts) return [from, to];
  let end = to;
  while (end < starts.length - 1 && starts[end] === starts[end - 1]) end += 1; // never half a sign
  return [starts[from], starts[end]];
}

/** All that was said, folded: one long string, in which each turn begins at its place in `begins`. */
export class Said {
  constructor(texts) {
    const folds = texts.map(fold);
    this.starts = folds.map((one) => one.starts);
    this.begins = new Int32Array(folds.length + 1);
    folds.forEach((one, turn) => { this.begins[turn + 1] = this.begins[turn] + one.words.length + 1; });
    this.whole = folds.map((one) => one.words).join("\n"); // no fold has a line break: no hit crosses turns
  }

  /** Every place of the typed words, in order: turn, and [from, to) in units of that turn's text. */
  places(typed, wanted = () => true) {
    const words = fold(typed).words.trim();
    const found = [];
    if (!searchable(words)) return found;
    let turn = 0;
    for (let at = this.whole.indexOf(words); at >= 0; at = this.whole.indexOf(words, at + words.length)) {
      while (this.begins[turn + 1] <= at) turn += 1;
      if (wanted(turn)) found.push({ turn, from: at - this.begins[turn], length: words.length });
    }
    return found;
  }

  /** A place's [from, to) in the text of its turn. */
  span(place) {
    return unfolded(this.starts[place.turn], place.from, place.from + place.length);
  }
}

/** Whether there is enough typed to look for: one letter of an alphabet is not, one word sign is. */
export function searchable(words) {
  return words.length > 1 || /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\s]/u.test(words);
}
