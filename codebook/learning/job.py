"""Suggesting codes as a durable step: the last phase of an analysis, and a job of its own.

It is worked through anew whenever segments, codebook or decisions are others than the last time.
What takes long and depends on words alone stays in this process's memory from one time to the next;
it is never written down, so that there is nothing to forget when somebody withdraws.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from sqlalchemy.orm import Session

from capture.jobs import Bench, Phase
from capture.models import Learning, now
from capture.models.suggestion import LEARNT
from capture.runs.noticing import embedded_segments
from capture.study_segments import StudySegment, study_segments
from codebook.bookshelf import codebook_version, live_codes, load_book
from codebook.entries import CodeEntry
from codebook.learning.keeping import From, Wanted, keep
from codebook.learning.marked import Marked, heard_of, marked_by_people
from codebook.learning.said import Heard, Talk, heard_in, questions_asked
from codebook.learning.standing import (
    Judged,
    as_decisions,
    as_stanced,
    first_versions,
    last_act,
    what_stands,
)
from codebook.suggesting.prepared import prepare
from codebook.suggesting.proposing import propose
from codebook.suggesting.stances import likely_stances
from codebook.suggesting.suggester import Further, Suggested, Suggester
from codebook.suggesting.views import Floats

METHOD = "3"
"""Raise it when the learner changes, so that suggestions are made anew."""
KEPT = "suggester"
CODEBOOK, DECISIONS = LEARNT


@dataclass(slots=True)
class Memory:
    """What a process keeps from one time to the next, for the study it learnt from last."""

    key: str
    heard: Heard
    suggester: Suggester
    texts: dict[str, Floats] = field(default_factory=dict)
    """Vectors of texts that are in no segment: what people marked, what a survey asked."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that is read of the record in one go."""

    codes: Sequence[tuple[int, CodeEntry]]
    stanced: frozenset[str]
    """Facets whose codes take a stance."""
    version: int
    stands: dict[int, Judged]
    born: dict[int, int]
    marked: list[Marked]
    questions: dict[int, str]
    fingerprint: str


def plan_learning(bench: Bench, study_id: int) -> int:
    """One step when segments, codebook or decisions are others than those last learnt from."""
    with bench.store.reading() as session:
        segments = study_segments(session, study_id)
        last = session.get(Learning, study_id)
        made_from = _fingerprint(session, study_id, segments, bench.embedder.model)
        return int(last is None or last.fingerprint != made_from)


def learn(bench: Bench, study_id: int, _number: int) -> None:
    """Learn from what was decided so far, and bring the suggestions up to date."""
    segments, vectors = embedded_segments(bench, study_id)
    with bench.store.reading() as session:
        material = _material(session, study_id, segments, bench.embedder.model)
    talk = Talk(segments, vectors, material.questions)
    memory = _remembered(bench, talk, material)
    code_ids = [code_id for code_id, _ in material.codes]
    decided = as_decisions(material.stands, memory.heard.ids, code_ids, material.born)
    marked = heard_of(material.marked, talk, lambda asked: _embedded(bench, memory.texts, asked))
    also = as_decisions(material.stands, marked.ids, code_ids, material.born)
    further = Further(marked.said, also, marked.groups, _shared(material, memory.heard, marked))
    suggested = memory.suggester.after(decided, memory.heard.groups, further)
    come_from = From(bench.embedder.model, material.version, suggested.decided)
    keep(bench, study_id, _wanted(memory, material, suggested, marked), come_from)
    with bench.store.writing() as session:
        _note(session, study_id, material, come_from, suggested)


def _shared(material: Material, heard: Heard, marked: Heard) -> list[list[int]]:
    """Of each marked passage, where the segments that it touches stand among those heard."""
    touches = {one.passage_id: one.touches for one in material.marked}
    at = {passage_id: row for row, passage_id in enumerate(heard.ids)}
    return [[at[one] for one in touches[key] if one in at] for key in marked.ids]


def _material(
    session: Session, study_id: int, segments: Sequence[StudySegment], model: str
) -> Material:
    ids = {code.key: code.id for code in live_codes(session, study_id)}
    book = load_book(session, study_id)
    stands = what_stands(session, study_id)
    return Material(
        [(ids[entry.key], entry) for entry in book.codes],
        frozenset(facet.key for facet in book.facets if facet.takes_stance),
        codebook_version(session, study_id),
        stands,
        first_versions(session, study_id),
        marked_by_people(session, study_id, stands),
        questions_asked(session, study_id),
        _fingerprint(session, study_id, segments, model),
    )


def _fingerprint(
    session: Session, study_id: int, segments: Sequence[StudySegment], model: str
) -> str:
    """SHA-256 of all that suggestions are made from."""
    decided = f"{codebook_version(session, study_id)}|{last_act(session, study_id)}"
    return sha256(f"{METHOD}|{decided}|{_words(segments, model)}".encode()).hexdigest()


def _words(segments: Sequence[StudySegment], model: str) -> str:
    digest = sha256(model.encode())
    for one in segments:
        digest.update(f"|{one.passage_id}|{one.text_sha256}|{one.kept_out}".encode())
    return digest.hexdigest()


def _remembered(bench: Bench, talk: Talk, material: Material) -> Memory:
    """The memory for these words and this codebook; made anew where it is another's."""
    words = _words(talk.segments, bench.embedder.model)
    key = f"{words}|{material.version}|{[code_id for code_id, _ in material.codes]}"
    there: Memory | None = bench.kept.get(KEPT)
    if there is not None and there.key == key:
        return there
    texts: dict[str, Floats] = {}
    heard = heard_in(talk, lambda asked: _embedded(bench, texts, asked))
    entries = [entry for _, entry in material.codes]
    same_words = there is not None and there.key.startswith(f"{words}|")
    prepared = there.suggester.prepared if there and same_words else prepare(heard.said)
    memory = Memory(key, heard, Suggester(prepared, entries, bench.embedder.encode), texts)
    bench.kept[KEPT] = memory
    return memory


def _embedded(bench: Bench, texts: dict[str, Floats], asked: Sequence[str]) -> Floats:
    """Vectors of further texts, shape (len(asked), dimensions), each made once while it is used."""
    new = [text for text in dict.fromkeys(asked) if text not in texts]
    if new:
        texts.update(zip(new, bench.embedder.encode(new), strict=True))
    found = np.array([texts[text] for text in asked], dtype=np.float32)
    return found.reshape(len(asked), bench.embedder.dimensions)


def _wanted(
    memory: Memory, material: Material, suggested: Suggested, marked: Heard
) -> dict[int, list[Wanted]]:
    """The suggestions of every passage, by its id."""
    ids, stances = memory.heard.ids, _stances(memory, material, marked)
    proposed = propose(suggested.scores, facets=[entry.facet for _, entry in material.codes])
    because = memory.suggester.because(suggested, proposed)
    lessons = [*(ids[at] for at in suggested.lessons.at if at >= 0), *marked.ids]
    decided_on = {code for one in material.stands.values() for code in one.confirmed | one.rejected}
    found: dict[int, list[Wanted]] = {passage_id: [] for passage_id in ids}
    for row, choice in enumerate(proposed):
        for code, score in choice:
            (code_id, entry), why = material.codes[code], because[row, code]
            found[ids[row]].append(
                Wanted(
                    code_id,
                    round(score, 2),
                    DECISIONS if code_id in decided_on else CODEBOOK,
                    stances[row] if entry.facet in material.stanced else None,
                    because=(
                        *(lessons[at] for at in why.confirmed),
                        *(-lessons[at] for at in why.rejected),
                    ),
                )
            )
    return found


def _stances(memory: Memory, material: Material, marked: Heard) -> list[str | None]:
    """The likely stance of each passage, learnt from those that people gave."""
    prepared = memory.suggester.prepared
    of_marked = prepared.views.own(marked.said)
    shared = _shared(material, memory.heard, marked)
    said, over = as_stanced(material.stands, memory.heard, prepared.own, marked, of_marked, shared)
    return likely_stances(prepared.own, said, over)


def _note(
    session: Session, study_id: int, material: Material, come_from: From, suggested: Suggested
) -> None:
    checked = suggested.checked
    session.merge(
        Learning(
            study_id=study_id,
            fingerprint=material.fingerprint,
            model=come_from.model,
            codebook_version=come_from.codebook_version,
            decided=come_from.decided,
            checked=checked.passages if checked else 0,
            found=checked.found if checked else 0,
            sources=checked.groups if checked else 0,
            learnt_at=now(),
        )
    )


SUGGESTING = Phase("suggest", "Suggesting codes", plan_learning, learn)
