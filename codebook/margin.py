"""The margin of a transcript: what stands beside its words, each note on one passage."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from capture.models import Code, Decision, Facet, Passage, Quote, Suggestion, User
from capture.models import Transcript as TranscriptRow
from capture.models import TranscriptVersion as VersionRow
from capture.models.suggestion import LEARNT
from capture.transcript_view import Between
from codebook.codings import Coding, codings, standing

Mark = Literal["quote", "coding", "disputed", "suggestion"]
_ORDER: tuple[Mark, ...] = ("quote", "disputed", "coding", "suggestion")


@dataclass(frozen=True, slots=True)
class Note:
    """One note on one passage. A quote has no code, and only a suggestion has a score.

    One that comes from a candidate theme alone has none: a theme's hold is no likelihood.
    """

    passage_id: int
    start: int
    end: int
    mark: Mark
    people: tuple[str, ...] = ()
    """Who confirmed, or chose; "you" for the reader, who comes first."""
    code_id: int | None = None
    code: str = ""
    facet: str = ""
    facet_key: str = ""
    stances: tuple[str, ...] = ()
    score: float | None = None
    from_theme: bool = False
    """Whether people put a candidate theme that it belongs to under the code."""

    @property
    def who(self) -> str:
        """Who stands behind it, short enough for a margin."""
        if len(self.people) == 1:
            return self.people[0]
        return f"{len(self.people)} coders" if self.people else ""


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    facet: str
    facet_key: str
    retired: bool


def margin(
    session: Session, study_id: int, version_id: int, user_id: int, between: Between | None = None
) -> list[Note]:
    """What stands beside one version of a text, in its order: for all of it, or for a span.

    A suggestion gives way once a coding stands there, or the reader has said what they think.
    """
    here = _passages(version_id, between)
    spans = {key: (start, end) for key, start, end in session.execute(here)}
    ids = here.with_only_columns(Passage.id)
    names = _names(session, study_id)
    people = dict(iter(session.execute(select(User.id, User.name))))
    decided = list(
        session.scalars(select(Decision).where(Decision.passage_id.in_(ids)).order_by(Decision.id))
    )
    found = standing(decided)
    own = {(d.passage_id, d.code_id): d.verdict for d in decided if d.user_id == user_id}
    settled = {(one.passage_id, one.code_id) for one in found}
    settled |= {place for place, verdict in own.items() if verdict != "withdrawn"}
    notes = [_of_coding(one, spans, names, people, user_id) for one in found]
    chosen = session.scalars(select(Quote).where(Quote.passage_id.in_(ids)))
    notes += [_of_quote(one, spans, people, user_id) for one in chosen]
    scored = session.execute(
        select(
            Suggestion.passage_id, Suggestion.code_id, Suggestion.score, Suggestion.source
        ).where(Suggestion.passage_id.in_(ids))
    )
    open_ones = (
        (passage, code, score, source in LEARNT)
        for passage, code, score, source in scored
        if (passage, code) not in settled
    )
    notes += _suggestions(open_ones, spans, names)
    return sorted(notes, key=_place)


def coded_passages(session: Session, study_id: int) -> dict[int, int]:
    """How many passages of each transcript (by id) have a coding that stands."""
    coded = {one.passage_id for one in codings(session, study_id) if one.state == "stands"}
    rows = session.execute(
        select(Decision.passage_id, TranscriptRow.id)
        .distinct()
        .join(Passage, Passage.id == Decision.passage_id)
        .join(VersionRow, VersionRow.id == Passage.version_id)
        .join(TranscriptRow, TranscriptRow.id == VersionRow.transcript_id)
        .where(TranscriptRow.study_id == study_id)
    )
    counted: dict[int, int] = {}
    for passage_id, transcript_id in rows:
        counted[transcript_id] = counted.get(transcript_id, 0) + (passage_id in coded)
    return counted


def _passages(version_id: int, between: Between | None) -> Select[int, int, int]:
    asked = select(Passage.id, Passage.start, Passage.end).where(Passage.version_id == version_id)
    if between is None:
        return asked
    return asked.where(Passage.start < between[1], Passage.end > between[0])


def _names(session: Session, study_id: int) -> dict[int, _Named]:
    rows = session.execute(
        select(Code, Facet).join(Facet, Facet.id == Code.facet_id).where(Code.study_id == study_id)
    )
    return {c.id: _Named(c.name, facet.name, facet.key, c.retired) for c, facet in rows}


def _of_coding(
    coding: Coding,
    spans: dict[int, Between],
    names: dict[int, _Named],
    people: dict[int, str],
    reader: int,
) -> Note:
    named = names[coding.code_id]
    return Note(
        coding.passage_id,
        *spans[coding.passage_id],
        mark="coding" if coding.state == "stands" else "disputed",
        people=_named_for(coding.confirmed_by, people, reader),
        code_id=coding.code_id,
        code=named.code,
        facet=named.facet,
        facet_key=named.facet_key,
        stances=coding.stances,
    )


def _of_quote(quote: Quote, spans: dict[int, Between], people: dict[int, str], reader: int) -> Note:
    return Note(
        quote.passage_id,
        *spans[quote.passage_id],
        mark="quote",
        people=_named_for((quote.chosen_by,), people, reader),
    )


def _suggestions(
    scored: Iterable[tuple[int, int, float, bool]],
    spans: dict[int, Between],
    names: dict[int, _Named],
) -> list[Note]:
    """Notes of (passage, code, score, whether that is a likelihood)."""
    likely: dict[tuple[int, int], float | None] = {}
    of_themes: set[tuple[int, int]] = set()
    for passage_id, code_id, score, is_likelihood in scored:
        place = passage_id, code_id
        if names[code_id].retired:
            continue
        if is_likelihood:
            likely[place] = max(score, likely.get(place) or 0.0)
        else:
            likely.setdefault(place, None)
            of_themes.add(place)
    return [
        Note(
            passage_id,
            *spans[passage_id],
            mark="suggestion",
            code_id=code_id,
            code=names[code_id].code,
            facet=names[code_id].facet,
            facet_key=names[code_id].facet_key,
            score=score,
            from_theme=(passage_id, code_id) in of_themes,
        )
        for (passage_id, code_id), score in likely.items()
    ]


def _named_for(ids: Collection[int], people: dict[int, str], reader: int) -> tuple[str, ...]:
    others = sorted(people[one] for one in ids if one != reader)
    return (*(("you",) if reader in ids else ()), *others)


def _place(note: Note) -> tuple[int, int, int, bool, float, str]:
    order = _ORDER.index(note.mark)
    return (note.start, note.end, order, not note.from_theme, -(note.score or 0.0), note.code)
