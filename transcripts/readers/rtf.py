"""Rich text: its paragraphs in order, and a list of the words that stand elsewhere in the file."""

import codecs
import re
from dataclasses import dataclass, replace

from transcripts.errors import RefusedFile
from transcripts.readers.paragraphs import Cell, Paragraph, laid_out
from transcripts.readers.speaker_tables import labelled_from_tables
from transcripts.turns import LeftOut, Reading, count_words

DEEPEST = 1_000
"""Most groups within each other."""

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])"
    r"|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    "par": "\n", "sect": "\n", "page": "\n", "column": "\n", "line": "\n", "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "-": "", "\n": "\n"}
# Where a group's words go: these are told, and those in the next list are no words at all.
_TOLD = {
    "header": "text at the head of each page", "headerl": "text at the head of each page",
    "headerr": "text at the head of each page", "headerf": "text at the head of each page",
    "footer": "text at the foot of each page", "footerl": "text at the foot of each page",
    "footerr": "text at the foot of each page", "footerf": "text at the foot of each page",
    "annotation": "a comment in the margin", "info": "about the document",
    "fldinst": "how a field is filled", "deleted": "deleted under tracked changes",
    "v": "hidden text", "txe": "words of an index", "rxe": "words of an index",
    "tc": "words of a table of contents",
}  # fmt: skip
_SILENT = frozenset(
    word
    for listed in (
        "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl generator pict objdata",
        "themedata colorschememapping latentstyles datastore xmlnstbl revtbl atnid atnauthor",
        "atndate atnref atrfstart atrfend bkmkstart bkmkend filetbl mmathPr wgrffmtfilter pgptbl",
        "fontemb panose falt blipuid passwordhash protusertbl userprops docvar sn sp sv nonshppict",
    )
    for word in listed.split()
)
_SPOKEN_AFTER_STAR = frozenset({"shptxt", "shpinst", "ud", "upr", "pntext", "shppict"})
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: where its words go, and how its letters are written."""

    place: str = ""
    encoding: str = "cp1252"
    skip: int = 1
    starred: bool = False


def read_rtf(name: str, data: bytes) -> Reading:
    """Read an .rtf file; foot- and endnotes come last, said by nobody.

    Page heads and feet, comments, tracked deletions, hidden text and fields are left out and told.
    """
    walk = _Walk(name)
    walk.read(data.decode("latin-1"))
    body = [item for item in walk.paragraphs if item.text.strip()]
    return laid_out(name, labelled_from_tables(body), walk.notes, walk.left_out)


class _Walk:
    """Goes through the file once, group by group."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraphs: list[Paragraph] = []
        self.notes: list[str] = []
        self.left_out: list[LeftOut] = []
        self.state = _State()
        self.groups: list[_State] = []
        self.words: dict[str, list[str]] = {}
        self.bytes = bytearray()
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.to_skip = 0
        self.table = self.row = self.column = 0
        self.in_table = False

    def read(self, source: str) -> None:
        """Every token in turn; what no token fits is a stray backslash at the end."""
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if word == "bin":
                at += min(int(number or 0), len(source) - at) if (number or "0")[0] != "-" else 0
            elif brace:
                self._flush()
                self._open() if brace == "{" else self._close()
            elif word:
                self._control(word, None if number is None else int(number))
            elif code or plain:
                self._letters(bytes([int(code, 16)]) if code else plain.encode("latin-1"))
            elif symbol:
                self._symbol(symbol)
        while self.groups:
            self._flush()
            self._close()
        self._flush()
        self._end_paragraph()

    def _open(self) -> None:
        if len(self.groups) >= DEEPEST:
            reason = f"its groups are nested more than {DEEPEST:,} deep."
            raise RefusedFile(self.name, "", reason, "Save it again, or as plain text.")
        self.groups.append(self.state)
        self.state = replace(self.state, starred=False)

    def _close(self) -> None:
        if not self.groups:
            return
        inner, self.state = self.state.place, self.groups.pop()
        self.to_skip = 0
        if inner != self.state.place:
            self._leave(inner)

    def _leave(self, inner: str) -> None:
        """What was gathered elsewhere becomes a note or is told."""
        words = " ".join(_whole(self.words.pop(inner, [])).split())
        if words and inner == "footnote":
            self.notes.append(words)
        elif words and inner in _TOLD:
            self.left_out.append(LeftOut(words, "document", _TOLD[inner], count_words(words)))

    def _control(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._unicode(number)
            return
        self._flush()
        if word in _SIGNS:
            self._sign(word)
        elif word in _SILENT or (self.state.starred and word not in _SPOKEN_AFTER_STAR | {*_TOLD}):
            self._go("fonttbl" if word == "fonttbl" else "silent")
        elif word in {"deleted", "v"}:
            if number != 0:
                self._go(word)
            elif self.state.place == word:
                self._leave(word)
                self.state = replace(self.state, place="")
        elif word in _TOLD or word == "footnote":
            self._go(word)
        else:
            self._format(word, number)
        self.state = replace(self.state, starred=False)

    def _go(self, place: str) -> None:
        """Send this group's words elsewhere, unless they already go where nothing is read."""
        if self.state.place not in {"silent", "fonttbl"} and (not self.state.place or place != "v"):
            self.state = replace(self.state, place=place)

    def _format(self, word: str, number: int | None) -> None:
        if word in {"uc", "ansicpg", "mac", "f", "fcharset"}:
            self._encode(word, number or 0)
        elif word in {"intbl", "pard"}:
            self.in_table = word == "intbl"
        elif word == "trowd" and not self.row:
            self.table += 1
            self.row = 1
        elif word in {"cell", "nestcell", "row", "nestrow"} and not self.state.place:
            self._table(word)

    def _encode(self, word: str, number: int) -> None:
        """How letters are written from here on: for the file, for a font, for this group."""
        if word == "uc":
            self.state = replace(self.state, skip=max(0, min(number, 8)))
        elif word == "fcharset":
            self.fonts[self.font] = _CHARSETS.get(number, "cp1252")
        elif word != "f":
            encoding = "mac-roman" if word == "mac" else _known(f"cp{number}")
            self.state = replace(self.state, encoding=encoding)
        else:
            self.font = number
            if self.state.place != "fonttbl" and self.fonts.get(number, "cp1252") != "cp1252":
                self.state = replace(self.state, encoding=self.fonts[number])

    def _table(self, word: str) -> None:
        if word.endswith("cell"):
            self.in_table = True
            self._end_paragraph()
            self.column += 1
        else:
            self._end_paragraph()
            self.row += 1
            self.column = 0

    def _sign(self, word: str) -> None:
        if word in {"par", "sect", "page"} and not self.state.place:
            self._end_paragraph()
        else:
            self._say(_SIGNS[word])

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self.state = replace(self.state, starred=True)
        elif symbol in "\r\n" and not self.state.place:
            self._end_paragraph()
        else:
            self._say(_SYMBOLS.get(symbol, ""))

    def _unicode(self, number: int) -> None:
        """A character by its number; the letters after it say the same for older programs."""
        self._flush()
        self._say(chr(number % 65_536))
        self.to_skip = self.state.skip

    def _letters(self, letters: bytes) -> None:
        kept = letters[self.to_skip :]
        self.to_skip = max(0, self.to_skip - len(letters))
        self.bytes += kept

    def _flush(self) -> None:
        """Letters gathered so far as text: in some scripts two bytes make one."""
        if self.bytes:
            self._say(bytes(self.bytes).decode(self.state.encoding, "replace"))
            self.bytes.clear()

    def _say(self, words: str) -> None:
        if self.state.place not in {"silent", "fonttbl"}:
            self.words.setdefault(self.state.place, []).append(words)

    def _end_paragraph(self) -> None:
        text = _whole(self.words.pop("", []))
        cell = Cell(self.table, self.row, self.column) if self.in_table else None
        if not self.in_table:
            self.row = 0
        self.paragraphs.append(Paragraph(text, cell=cell))


def _whole(pieces: list[str]) -> str:
    """Pieces as one; a character beyond the first plane is written as two, and one again here."""
    text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
