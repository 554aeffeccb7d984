"""Corpora to measure on: passages that a person coded, questions with their answers, whole studies.

Outside corpora are told by the shape of their folder, wherever below `--data` they lie:

- coded: `codings.csv` (transcript, segment, position, text, code), `codebook.csv` (code,
  definition), `transcripts/` with the files as they were kept;
- asked: `topics.json` (meeting to `queries`, each with the `turns` it is about) beside `*.txt`, in
  which a paragraph is one turn, `Speaker: words`.

Nothing here is tuned to either: another folder of the same shape is read the same way.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codebook.book import curated_book
from codebook.entries import CodeEntry
from transcripts.readers import read
from transcripts.samples import sample_folder

SAMPLE_CODINGS = Path(__file__).parent / "sample_codings.csv"
"""transcript, words, code, stance: a row for each code that stands on a segment."""

BESIDE = 400
"""Characters before and after a passage that count as the text around it."""
FEWEST_TO_SEEK = 20
"""Letters of a passage's beginning or end that are looked for where the whole isn't found."""


@dataclass(frozen=True)
class Coded:
    """n passages that a person coded, in the order they were said.

    `confirmed` is (n, codes); `before` and `after` have what stands beside each in its file.
    A passage without a code is one of which the person said that none applies.
    """

    name: str
    texts: tuple[str, ...]
    transcripts: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    codes: tuple[CodeEntry, ...]
    confirmed: NDArray[np.bool_]

    def single(self) -> NDArray[np.int64]:
        """Positions of the passages that carry exactly one code."""
        return np.flatnonzero(self.confirmed.sum(axis=1) == 1)


@dataclass(frozen=True)
class Asked:
    """Turns of several meetings in their order, and what people asked; `answers` is (q, n)."""

    name: str
    turns: tuple[str, ...]
    meetings: tuple[str, ...]
    questions: tuple[str, ...]
    answers: NDArray[np.bool_]


def found_below(data: Path | None) -> tuple[list[Path], list[Path]]:
    """The folders at or below `data` that hold a coded, and an asked corpus."""
    if data is None:
        return [], []
    if not data.is_dir():
        raise SystemExit(f"There is no folder {data}.")
    coded = sorted(one.parent for one in data.rglob("codings.csv"))
    asked = sorted(one.parent for one in data.rglob("topics.json"))
    return coded, asked


def read_coded(folder: Path) -> Coded:
    """Read a coded corpus; a passage given several codes is one passage."""
    book = tuple(
        CodeEntry(row["code"], row["code"], "codes", row["definition"])
        for row in _rows(folder / "codebook.csv")
    )
    column = {code.key: at for at, code in enumerate(book)}
    given: dict[tuple[str, int, int], dict[str, str]] = {}
    codes: dict[tuple[str, str], set[int]] = {}
    for row in _rows(folder / "codings.csv"):
        one = row["transcript"], row["segment"]
        if one not in codes:
            given[row["transcript"], int(row["position"]), int(row["segment"])] = row
        codes.setdefault(one, set()).add(column[row["code"]])
    rows = [given[key] for key in sorted(given)]
    confirmed = np.zeros((len(rows), len(book)), dtype=np.bool_)
    for at, row in enumerate(rows):
        confirmed[at, sorted(codes[row["transcript"], row["segment"]])] = True
    texts = tuple(row["text"] for row in rows)
    transcripts = tuple(row["transcript"] for row in rows)
    before, after = _sides(folder / "transcripts", texts, transcripts)
    return Coded(folder.name, texts, transcripts, before, after, book, confirmed)


def read_sample() -> Coded:
    """The sample study's segments with the codes of the curated codebook, given by hand."""
    book = curated_book().codes
    column = {code.key: at for at, code in enumerate(book)}
    given: dict[tuple[str, str], set[int]] = {}
    for row in _rows(SAMPLE_CODINGS):
        one = given.setdefault((row["transcript"], row["words"]), set())
        one |= {column[row["code"]]} if row["code"] in column else set()
    confirmed = np.zeros((len(given), len(book)), dtype=np.bool_)
    for at, codes in enumerate(given.values()):
        confirmed[at, sorted(codes)] = True
    transcripts, texts = (tuple(side) for side in zip(*given, strict=True))
    before, after = _sides(sample_folder(), texts, transcripts)
    return Coded("the sample study", texts, transcripts, before, after, book, confirmed)


def read_asked(folder: Path) -> Asked:
    """Read an asked corpus: every paragraph a turn, every query a question."""
    topics = json.loads((folder / "topics.json").read_text("utf-8"))
    turns: list[str] = []
    meetings: list[str] = []
    asked: list[tuple[str, list[tuple[int, int]]]] = []
    for meeting in sorted(topics):
        first = len(turns)
        lines = (folder / f"{meeting}.txt").read_text("utf-8").splitlines()
        turns += [line.partition(":")[2].strip() or line for line in lines if line.strip()]
        meetings += [meeting] * (len(turns) - len(meetings))
        for query in topics[meeting]["queries"]:
            spans = [(first + begin, first + end + 1) for begin, end in query["turns"]]
            asked.append((query["query"], spans))
    answers = np.zeros((len(asked), len(turns)), dtype=np.bool_)
    for row, (_, spans) in enumerate(asked):
        for begin, end in spans:
            answers[row, begin:end] = True
    questions = tuple(question for question, _ in asked)
    return Asked(folder.name, tuple(turns), tuple(meetings), questions, answers)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as opened:
        yield from csv.DictReader(opened)


def _sides(
    folder: Path, texts: tuple[str, ...], transcripts: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    around = list(_around(folder, texts, transcripts))
    return tuple(before for before, _ in around), tuple(after for _, after in around)


def _around(
    folder: Path, texts: tuple[str, ...], transcripts: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """What stands before and after each passage; nothing where it isn't found in its file."""
    kept: dict[str, _Letters] = {}
    for text, name in zip(texts, transcripts, strict=True):
        if name not in kept:
            kept[name] = _Letters(read(name, (folder / name).read_bytes()).text)
        place = kept[name].find(text)
        if place is None:
            yield "", ""
            continue
        start, end = place
        whole = kept[name].text
        yield whole[max(0, start - BESIDE) : start], whole[end : end + BESIDE]


class _Letters:
    """A file's letters and figures alone, to find passages whose spaces and dashes were changed.

    Passages are asked for in their order, so each is looked for after the one before it first.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = [at for at, sign in enumerate(text) if sign.isalnum()]
        self._letters = "".join(text[at].lower()[:1] for at in self._at)
        self._last = 0

    def find(self, passage: str) -> tuple[int, int] | None:
        """Where a passage stands in the text, or None."""
        sought = "".join(sign.lower()[:1] for sign in passage if sign.isalnum())
        at = self._seek(sought)
        if not sought or at is None:
            return None
        self._last = at
        end = min(at + len(sought), len(self._at)) - 1
        return self._at[at], self._at[end] + 1

    def _seek(self, sought: str) -> int | None:
        """By the whole of it, else by its beginning, else by its end."""
        few = FEWEST_TO_SEEK
        pieces = [(sought, 0)]
        if len(sought) > few:
            pieces += [(sought[:few], 0), (sought[-few:], len(sought) - few)]
        for piece, before in pieces:
            for start in (self._last, 0):
                at = self._letters.find(piece, start)
                if at >= 0:
                    return max(0, at - before)
        return None
