"""Words in against words kept: every file of a folder, counted without the readers.

    python -m benchmarks.fidelity --data FOLDER

Words in the file = words in the stored text + words listed as left out. The words in the file are
counted by another way than the reader's: the text decoded, or every text node of its XML. Formats
without a second way in the standard library (.pdf, .rtf, .xlsx) are not read here. Each word of
the stored text has to be in a turn, a speaker's label, a time, or listed as left out too.
"""

import argparse
import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from transcripts.accounts import words_accounted
from transcripts.apart import read_apart
from transcripts.errors import RefusedFile
from transcripts.folders import list_files
from transcripts.intake import suffix_of
from transcripts.turns import Reading, count_words

NO_WORDS = {
    "creator", "date", "initial-creator", "creation-date", "generator", "editing-duration",
    "editing-cycles", "print-date", "printed-by", "binary-data", "note-citation", "posOffset",
    "pctWidth", "pctHeight", "lastModifiedBy", "created", "modified", "revision", "language",
    "template",
}  # fmt: skip
"""Elements that hold no words of anybody: who saved the document and when, numbers of notes."""
APART = {"p", "h", "tab", "line-break", "s", "br", "cr", "table-cell", "annotation", "note",
         "title", "desc", "keyword", "subject", "description", "user-defined"}  # fmt: skip
"""Elements that end a word where they begin and end."""


@dataclass(frozen=True)
class Counted:
    """Words of one file: in it, in the stored text, listed as left out."""

    name: str
    there: int
    stored: int
    told: int
    unplaced: int
    """Words of the stored text that are in no turn, label or heading that is told."""

    @property
    def lost(self) -> int:
        """Words that are neither here nor there."""
        return self.there - self.stored - self.told


def main() -> None:
    """Count every file of a folder and print the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder of transcripts")
    found = list_files([parser.parse_args().data]).files
    files = [file for file in found if suffix_of(file.name) in ROUTES]
    counted: list[Counted] = []
    for file in files:
        try:
            counted.append(counted_in(file.name, file.read_bytes()))
        except RefusedFile as refused:
            print(f"refused: {refused.sentence}")
            continue
        print(line(counted[-1]))
    total = Counted(
        f"{len(counted)} files",
        *(
            sum(getattr(one, key) for one in counted)
            for key in ("there", "stored", "told", "unplaced")
        ),
    )
    print(line(total))


def line(one: Counted) -> str:
    """One file's figures."""
    return (
        f"{one.name:36} {one.there:8,} words = {one.stored:8,} stored + {one.told:6,} left out"
        f"   lost {one.lost}, unplaced {one.unplaced}"
    )


def counted_in(name: str, data: bytes) -> Counted:
    """The words of one file, counted by two ways. Raises RefusedFile."""
    reading = read_apart(name, data)
    there = count_words(ROUTES[suffix_of(name)](data))
    told = sum(item.words for item in reading.left_out if not item.stored)
    in_text, placed = words_accounted(reading)
    return Counted(name, there, _stored(reading), told, in_text - placed)


def _stored(reading: Reading) -> int:
    """Words of the stored text; of a survey's, each answer and each respondent once."""
    if reading.kind != "survey":
        return count_words(reading.text)
    answers = sum(count_words(reading.text[turn.start : turn.end]) for turn in reading.turns)
    beside = sum(
        count_words(value) for values in reading.attributes.values() for value in values.values()
    )
    named = reading.survey is not None and reading.survey.id is not None
    respondents = {turn.speaker or "" for turn in reading.turns} if named else set()
    return answers + beside + sum(map(count_words, respondents))


def decoded(data: bytes) -> str:
    """Bytes of a plain file as text."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("latin-1")


def in_page(data: bytes) -> str:
    """A web page without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", " ", decoded(data)))


def in_cues(data: bytes) -> str:
    """A caption file without numbers, times and tags; of a name, the first of each who go on."""
    kept: list[str] = []
    last = ""
    for row in decoded(data).splitlines():
        if re.fullmatch(r"\s*(?:\d+|WEBVTT|.*-->.*|[\d:.]+,[\d:.]+|[\da-f-]{30,}/.*)\s*", row):
            continue
        voice = re.match(r"<v[. ]([^>]*)>", row) or re.match(r"([A-Z][^:.?!]{0,40}): ", row)
        kept += [voice[1]] if voice and voice[1] != last else []
        last = voice[1] if voice else last
        kept.append(re.sub(r"</?[^<>]*>", "", row[voice.end() :] if voice else row))
    return html.unescape("\n".join(kept))


def in_cells(data: bytes) -> str:
    """The cells of a table below its header."""
    text = decoded(data)
    sign = max(",;\t|", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    return "\n".join(cell for row in rows[1:] for cell in row)


def in_document(data: bytes) -> str:
    """Every text node of every part of an OpenDocument text that holds words."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [part for part in package.namelist() if _worded(part)]
        roots = [ElementTree.fromstring(package.read(part)) for part in parts]  # noqa: S314
    return "\n".join("".join(_nodes(root)) for root in roots)


def _worded(part: str) -> bool:
    mine = part.endswith("content.xml") or part in {"styles.xml", "meta.xml"}
    word = part.startswith(("word/", "customXml/", "docProps/core", "docProps/custom"))
    return mine or (
        word and part.endswith(".xml") and not re.search(r"theme|fontTable|ettings", part)
    )


def _nodes(element: ElementTree.Element) -> Iterator[str]:
    name = element.tag.rpartition("}")[2]
    between = "\n" if name in APART else ""
    yield between
    if name not in NO_WORDS or element.tag.startswith(
        "{urn:oasis:names:tc:opendocument:xmlns:text"
    ):
        yield element.text or "" if name != "note-citation" else ""
        for below in element:
            yield from _nodes(below)
            yield below.tail or ""
    yield between


ROUTES: dict[str, Callable[[bytes], str]] = {
    ".txt": decoded,
    ".md": decoded,
    ".html": in_page,
    ".htm": in_page,
    ".vtt": in_cues,
    ".srt": in_cues,
    ".sbv": in_cues,
    ".csv": in_cells,
    ".odt": in_document,
    ".docx": in_document,
}


if __name__ == "__main__":
    main()
