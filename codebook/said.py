"""Passages as they were said: the words, every voice in them, and the event they come from.

Nothing here may leave the house by itself: `codebook.quotes` passes it through the gate first.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import (
    Appearance,
    AttributeValue,
    Passage,
    StudyAttribute,
    Transcript,
    TranscriptVersion,
    Turn,
)
from codebook.sharing import INSIDE, Beside, Release, Voice, release
from transcripts.turns import Audience

IDS_AT_A_TIME = 500
Person = tuple[str, int]
"""A participant, or an appearance that nobody mapped: it is a person of its own."""


@dataclass
class Said:
    """One passage: `text` is `text[start:end]` of the stored version."""

    passage_id: int
    text: str
    start: int
    end: int
    version: int
    transcript: Transcript
    speakers: list[Appearance] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    unnamed: bool = False
    """Words in it have no speaker at all."""
    beside: Beside = "nothing"

    @property
    def stands(self) -> bool:
        """Whether its words are in the text that stands; else they need a look first."""
        return self.version == self.transcript.version

    def released(self, audience: Audience = INSIDE) -> Release:
        """The gate's answer for these words, for an audience."""
        speakers = [] if self.unnamed else self.speakers
        voices = [Voice(one.scope, one.facilitator, one.audience) for one in speakers]
        answer = release(voices, self.transcript.record, self.beside, audience=audience)
        if answer.attribution is not None and not self.stands:
            return Release(held="its text was corrected since")
        return answer

    @property
    def people(self) -> frozenset[Person]:
        """Everyone who speaks in it."""
        return frozenset(
            ("appearance", one.id)
            if one.participant_id is None
            else ("participant", one.participant_id)
            for one in self.speakers
        )

    @property
    def role(self) -> str | None:
        """The role or roles of those who speak, in the order they speak."""
        return _joined(one.role for one in self.speakers)

    @property
    def place(self) -> str | None:
        """The speakers' place, or the event's."""
        return _joined(one.place for one in self.speakers) or self.transcript.place


def passages_said(session: Session, study_id: int, passage_ids: Collection[int]) -> dict[int, Said]:
    """Passages of a study by id, with all who speak in them; others are left out."""
    versions: dict[int, list[Passage]] = defaultdict(list)
    for some in _some(sorted(passage_ids)):
        for passage in session.scalars(select(Passage).where(Passage.id.in_(some))):
            versions[passage.version_id].append(passage)
    appearances = _appearances(session, study_id)
    found: dict[int, Said] = {}
    for some in _some(sorted(versions)):
        rows = session.execute(
            select(TranscriptVersion, Transcript)
            .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
            .where(TranscriptVersion.id.in_(some), Transcript.study_id == study_id)
        )
        for version, transcript in rows:
            turns = _Turns(session, version.id, appearances)
            for passage in versions[version.id]:
                found[passage.id] = _said(passage, version, transcript, turns)
    _add_attributes(session, study_id, found.values())
    return found


def _said(
    passage: Passage, version: TranscriptVersion, transcript: Transcript, turns: "_Turns"
) -> Said:
    said = Said(
        passage_id=passage.id,
        text=version.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        version=version.number,
        transcript=transcript,
    )
    turns.name_speakers(said, version.text)
    return said


class _Turns:
    """The turns of one version, in order, to look up who speaks in a span."""

    def __init__(
        self, session: Session, version_id: int, appearances: dict[int, Appearance]
    ) -> None:
        rows = session.execute(
            select(Turn.start, Turn.end, Turn.appearance_id)
            .where(Turn.version_id == version_id)
            .order_by(Turn.start)
        )
        self._turns = [(start, end, appearances.get(by or 0)) for start, end, by in rows]
        self._ends = [end for _, end, _ in self._turns]

    def name_speakers(self, said: Said, text: str) -> None:
        """Say who speaks in a passage, and whether it holds more than what was said."""
        beside, at = "", said.start
        for start, end, who in self._turns[bisect_right(self._ends, said.start) :]:
            if start >= said.end:
                break
            beside += text[at : max(at, start)]
            at = end
            if who is None:
                said.unnamed = True
            elif who not in said.speakers:
                said.speakers.append(who)
        said.beside = _what_is(beside + text[at : max(at, said.end)], said.speakers)


def _what_is(beside: str, speakers: Sequence[Appearance]) -> Beside:
    """What the text outside all turns is: nothing to speak of, labels and times, or more."""
    if not any(map(str.isalnum, beside)):
        return "nothing"
    for label in sorted((one.label for one in speakers), key=len, reverse=True):
        beside = beside.replace(label, " ")
    return "more" if any(map(str.isalpha, beside)) else "labels"


def _appearances(session: Session, study_id: int) -> dict[int, Appearance]:
    rows = session.scalars(
        select(Appearance)
        .join(Transcript, Transcript.id == Appearance.transcript_id)
        .where(Transcript.study_id == study_id)
    )
    return {row.id: row for row in rows}


def _add_attributes(session: Session, study_id: int, passages: Iterable[Said]) -> None:
    of_event: dict[int, dict[str, str]] = defaultdict(dict)
    of_speaker: dict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(AttributeValue, StudyAttribute.name)
        .join(StudyAttribute, StudyAttribute.id == AttributeValue.attribute_id)
        .where(StudyAttribute.study_id == study_id)
        .order_by(StudyAttribute.id)
    )
    for value, name in rows:
        if value.appearance_id is None:
            of_event[value.transcript_id][name] = value.value
        else:
            of_speaker[value.appearance_id][name] = value.value
    for said in passages:
        of_all = [of_speaker.get(one.id, {}) for one in said.speakers]
        said.attributes = dict(of_event.get(said.transcript.id, {}))
        for name in dict.fromkeys(name for one in of_all for name in one):
            said.attributes[name] = _joined(one.get(name) for one in of_all) or ""


def _joined(words: Iterable[str | None]) -> str | None:
    return " and ".join(dict.fromkeys(word for word in words if word)) or None


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in lots that fit into one statement."""
    for at in range(0, len(ids), IDS_AT_A_TIME):
        yield ids[at : at + IDS_AT_A_TIME]
