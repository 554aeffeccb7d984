"""Rich text: its paragraphs in order, and a list of the words that stand elsewhere in the file."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from copy import copy

from transcripts.errors import RefusedFile
from transcripts.readers.paragraphs import Cell, Paragraph, laid_out
from transcripts.readers.rtf_state import State, Table, known_encoding, whole
from transcripts.readers.rtf_words import (
    CHARSETS,
    CODE_PAGES,
    DRAWN,
    HIDDEN,
    NUMBERS,
    SIGNS,
    SILENT,
    SPACED,
    SPOKEN_AFTER_STAR,
    SYMBOLS,
    TOLD,
    UNKNOWN,
)
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

DEEPEST = 1_000
"""Most groups within each other."""
MOST_MARKS = 3_000_000
"""Most backslashes and braces; a book has a tenth of them."""

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z'])"
    r"|([{}])|([^\\{}\r\n]+)"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
# They say something also where all around them is silent.
_ESCAPING = frozenset({"sn", "sv", "leveltext", "pntxta", "pntxtb"})
_BOXES = frozenset({"shptxt", "dptxbxtext"})


def read_rtf(name: str, data: bytes) -> Reading:
    """Read an .rtf file; foot- and endnotes come last, said by nobody.

    Page heads and feet, comments, tracked deletions, hidden text, fields, forms and what the
    document says of itself are left out and told.
    """
    source = data.decode("latin-1")
    if source.count("\\") + source.count("{") > MOST_MARKS:
        reason = f"it has more than {MOST_MARKS:,} marks, which no document needs."
        raise RefusedFile(name, "", reason, "Save it as plain text and upload that.")
    walk = _Walk(name)
    walk.read(source)
    body = [item for item in walk.paragraphs if item.text.strip()]
    return laid_out(name, labelled_from_tables(body), walk.notes, list(walk.left_out()))


class _Walk:
    """Goes through the file once, group by group."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraphs: list[Paragraph] = []
        self.notes: list[str] = []
        self.numbers: set[str] = set()
        self.told: list[LeftOut] = []
        self.body: list[str] = []
        self.state = State(self.body)
        self.groups: list[State] = []
        self.bytes = bytearray()
        self.to_skip = 0
        self.fonts: dict[int, str | None] = {}
        self.font = self.default_font = 0
        self.written = "cp1252"
        self.table = Table()
        self.boxes: list[str] = []
        self.boxed: deque[str] = deque(maxlen=10)
        self.hidden: list[tuple[str, list[str]]] = []
        self.hidden_goes_on = False
        self.drawn = ""
        self.unicode_given = False
        self.embedded: Counter[str] = Counter()

    def read(self, source: str) -> None:
        """Every token in turn; what no token fits is a stray backslash."""
        at: int | None = 0
        while at is not None:
            at = self._read_on(source, at)
        while self.groups:
            self._flush()
            self._close()
        self._flush()
        self._end_paragraph()

    def left_out(self) -> Iterator[LeftOut]:
        """What became no part of the talk."""
        yield from self.told
        for place, pieces in self.hidden:
            words = " ".join(whole(pieces).split())
            if words:
                yield LeftOut(words, "document", HIDDEN[place], count_words(words))
        for kind, count in sorted(self.embedded.items()):
            why = f"a {kind} inside the document is not read"
            yield LeftOut(f"{count} × {kind}", "document", why, 0)

    def _read_on(self, source: str, at: int) -> int | None:
        """Read to the end, or to where binary data ends, which is no text."""
        for match in _TOKEN.finditer(source, at):
            word, number, codes, symbol, brace, plain = match.groups()
            if plain:
                self._letters(plain.encode("latin-1"))
            elif word == "bin":
                count = number or "0"
                return match.end() + (0 if count[0] == "-" else min(int(count), len(source)))
            elif word:
                self._control(word, None if number is None else int(number))
            elif brace:
                self._flush()
                self._open() if brace == "{" else self._close()
            elif codes:
                self._letters(bytes.fromhex(codes.replace("\\'", "")))
            else:
                self._symbol(symbol)
        return None

    def _open(self) -> None:
        if len(self.groups) >= DEEPEST:
            reason = f"its groups are nested more than {DEEPEST:,} deep."
            raise RefusedFile(self.name, "", reason, "Save it again, or as plain text.")
        self.to_skip = 0
        self.groups.append(self.state)
        self.state = copy(self.state)
        self.state.own = self.state.starred = False

    def _close(self) -> None:
        if not self.groups:
            return
        inner, self.state = self.state, self.groups.pop()
        self.to_skip = 0
        if inner.own:
            self._leave(inner.place, whole(inner.words or []))
        elif inner.place in SPACED and inner.words:
            inner.words.append(" ")

    def _leave(self, place: str, text: str) -> None:
        """A group ends whose words went to a place of their own."""
        words = " ".join(text.split())
        if place == "fonttbl":
            self.state.encoding = self._plain_encoding()
        elif place == "sn":
            self.drawn = words
        elif place == "sv":
            if self.drawn in DRAWN:
                self._tell(words, "a description of a picture or drawing, or words drawn as one")
        elif place == "footnote":
            self.notes += [words] if words else []
        elif place == "box":
            self.boxes += text.split("\n")
            self.boxed.append(words)
        elif place == "upr":
            if not self.unicode_given:
                self._say(text)
            self.unicode_given = False
        elif place not in SILENT and (place != "shprslt" or not self._is_boxed(words)):
            self._tell(words, TOLD.get(place, UNKNOWN))

    def _is_boxed(self, words: str) -> bool:
        """Whether a box just read says the same: drawings are written twice."""
        return any(words in box for box in self.boxed)

    def _tell(self, words: str, why: str) -> None:
        if why == NUMBERS:
            # Each paragraph of a list brings them along.
            words = "" if words in self.numbers or not _LETTERS.search(words) else words
            self.numbers.add(words)
        if count_words(words):
            self.told.append(LeftOut(words, "document", why, count_words(words)))

    def _control(self, word: str, number: int | None) -> None:
        self._flush()
        skipped = self.to_skip > 0
        self.to_skip = max(0, self.to_skip - 1)
        if word == "u" and number is not None:
            # A character by its number; the letters after it say the same for older programs.
            self._say(chr(number % 65_536))
            self.to_skip = self.state.skip
        elif word in SIGNS:
            if not skipped:
                self._sign(word)
        elif word in HIDDEN:
            self.state.hidden = word if number != 0 else ""
        elif not self._goes(word):
            self._format(word, number)
        self.state.starred = False

    def _goes(self, word: str) -> bool:
        """Whether this word begins a group whose words go elsewhere, or nowhere."""
        state = self.state
        if word == "ud" and state.outer:
            state.place, state.words = state.outer
            self.unicode_given = True
        elif state.words is None and word not in _ESCAPING:
            return word in SILENT
        elif word in SILENT:
            if word in {"pict", "objdata"}:
                self.embedded["picture" if word == "pict" else "file"] += 1
            state.place, state.words, state.own = word, None, True
        elif word in _BOXES:
            if state.place == "":
                self._gather("box")
        elif word == "upr":
            state.outer = (state.place, state.words)
            self._gather(word)
        elif word in TOLD or word in {"footnote", "sn", "sv"}:
            self._gather(word)
        elif state.starred and word not in SPOKEN_AFTER_STAR:
            self._gather(f"*{word}")
        else:
            return False
        return True

    def _gather(self, place: str) -> None:
        """Gather the words of this group for themselves."""
        self.state.place, self.state.words, self.state.own = place, [], True

    def _format(self, word: str, number: int | None) -> None:
        state, table = self.state, self.table
        if word == "uc":
            state.skip = max(0, min(number or 0, 8))
        elif word == "plain":
            state.hidden, state.encoding = "", self._plain_encoding()
        elif word == "deff":
            self.default_font = number or 0
        elif word in {"ansicpg", "f", "fcharset"} or word in CODE_PAGES:
            self._encode(word, number or 0)
        elif word in {"intbl", "pard"}:
            table.inside = word == "intbl"
        elif word == "trowd" and not table.row:
            table.number += 1
            table.row = 1
        elif word in {"cell", "nestcell", "row", "nestrow"}:
            self._table(word)

    def _encode(self, word: str, number: int) -> None:
        """How letters are written from here on: in the file, in a font, in this group."""
        if word == "fcharset":
            self.fonts[self.font] = CHARSETS.get(number)
        elif word == "f":
            self.font = number
            self.state.encoding = self.fonts.get(number) or self.written
        elif word != "ansi":
            self.written = CODE_PAGES.get(word) or known_encoding(f"cp{number}")
            self.state.encoding = self.written

    def _plain_encoding(self) -> str:
        return self.fonts.get(self.default_font) or self.written

    def _table(self, word: str) -> None:
        if self.state.place:
            self._say(" ")
        elif word.endswith("cell"):
            self.table.inside = True
            self._end_paragraph()
            self.table.column += 1
        else:
            self._end_paragraph()
            self.table.row += 1
            self.table.column = 0

    def _sign(self, word: str) -> None:
        if word in {"par", "sect", "page"} and not self.state.place:
            self._end_paragraph()
        else:
            self._say(SIGNS[word])

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self.state.starred = True
        elif self.to_skip:
            self.to_skip -= 1
        elif symbol in "\r\n" and not self.state.place:
            self._end_paragraph()
        else:
            self._say(SYMBOLS.get(symbol, ""))

    def _letters(self, letters: bytes) -> None:
        if self.to_skip:
            letters, self.to_skip = (
                letters[self.to_skip :],
                max(0, self.to_skip - len(letters)),
            )
        if self.state.words is not None:
            self.bytes += letters

    def _flush(self) -> None:
        """Letters gathered so far as text: in some scripts two bytes make one."""
        if self.bytes:
            self._say(bytes(self.bytes).decode(self.state.encoding, "replace"))
            self.bytes.clear()

    def _say(self, words: str) -> None:
        state = self.state
        if state.words is None:
            return
        if not state.hidden:
            state.words.append(words)
        elif self.hidden and self.hidden[-1][0] == state.hidden and self.hidden_goes_on:
            self.hidden[-1][1].append(words)
        else:
            self.hidden.append((state.hidden, [words]))
        self.hidden_goes_on = bool(state.hidden)

    def _end_paragraph(self) -> None:
        if self.hidden_goes_on:
            self.hidden[-1][1].append(" ")
        text = whole(self.body)
        self.body.clear()
        table = self.table
        cell = Cell(table.number, table.row, table.column) if table.inside else None
        if not table.inside:
            table.row = 0
        self.paragraphs.append(Paragraph(text, cell=cell))
        self.paragraphs += [Paragraph(words, cell=cell) for words in self.boxes]
        self.boxes.clear()
