"""Passages as they were said: the words, every voice in them, and the event they come from."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
from codebook.sharing import Voice

IDS_AT_A_TIME = 500


@dataclass
class Said:
    """One passage: `text` is `text[start:end]` of the stored version."""

    passage_id: int
    text: str
    start: int
    end: int
    version: int
    transcript_id: int
    transcript: str
    file: str
    kind: str
    record: str
    wave: int | None
    transcript_place: str | None
    speakers: list[Appearance] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    unnamed: bool = False
    """Words in it have no speaker at all."""

    @property
    def voices(self) -> list[Voice]:
        """Everyone who speaks in it; nobody where any of its words have no speaker."""
        if self.unnamed:
            return []
        return [Voice(one.scope, one.facilitator) for one in self.speakers]

    @property
    def role(self) -> str | None:
        """The role or roles of those who speak, in the order they speak."""
        return " and ".join(dict.fromkeys(one.role for one in self.speakers if one.role)) or None

    @property
    def place(self) -> str | None:
        """The speakers' place, or the event's."""
        places = dict.fromkeys(one.place for one in self.speakers if one.place)
        return " and ".join(places) or self.transcript_place


def passages_said(session: Session, passage_ids: Collection[int]) -> dict[int, Said]:
    """Passages by id, with all who speak in them."""
    found: dict[int, Said] = {}
    versions: dict[int, list[Said]] = defaultdict(list)
    for some in _some(sorted(passage_ids)):
        rows = session.execute(
            select(Passage, TranscriptVersion, Transcript)
            .join(TranscriptVersion, TranscriptVersion.id == Passage.version_id)
            .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
            .where(Passage.id.in_(some))
        ).tuples()
        for passage, version, transcript in rows:
            said = _said(passage, version, transcript)
            found[passage.id] = said
            versions[version.id].append(said)
    _add_speakers(session, versions)
    _add_attributes(session, found)
    return found


def _said(passage: Passage, version: TranscriptVersion, transcript: Transcript) -> Said:
    return Said(
        passage_id=passage.id,
        text=version.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        version=version.number,
        transcript_id=transcript.id,
        transcript=transcript.name,
        file=transcript.file_name,
        kind=transcript.kind,
        record=transcript.record,
        wave=transcript.wave,
        transcript_place=transcript.place,
    )


def _add_speakers(session: Session, versions: dict[int, list[Said]]) -> None:
    for version_id, passages in versions.items():
        turns = _turns(session, version_id)
        for said in passages:
            for start, end, appearance in turns:
                if start < said.end and said.start < end:
                    if appearance is None:
                        said.unnamed = True
                    elif appearance not in said.speakers:
                        said.speakers.append(appearance)


def _turns(session: Session, version_id: int) -> list[tuple[int, int, Appearance | None]]:
    rows = session.execute(
        select(Turn, Appearance)
        .outerjoin(Appearance, Appearance.id == Turn.appearance_id)
        .where(Turn.version_id == version_id)
        .order_by(Turn.position)
    )
    return [(turn.start, turn.end, appearance) for turn, appearance in rows]


def _add_attributes(session: Session, found: dict[int, Said]) -> None:
    of_transcript: dict[int, dict[str, str]] = defaultdict(dict)
    of_speaker: dict[int, dict[str, str]] = defaultdict(dict)
    ids = sorted({said.transcript_id for said in found.values()})
    for some in _some(ids):
        for value, name in session.execute(
            select(AttributeValue, StudyAttribute.name)
            .join(StudyAttribute, StudyAttribute.id == AttributeValue.attribute_id)
            .where(AttributeValue.transcript_id.in_(some))
            .order_by(StudyAttribute.id)
        ).tuples():
            if value.appearance_id is None:
                of_transcript[value.transcript_id][name] = value.value
            else:
                of_speaker[value.appearance_id][name] = value.value
    for said in found.values():
        said.attributes = dict(of_transcript[said.transcript_id])
        for speaker in said.speakers:
            said.attributes |= of_speaker[speaker.id]


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in lots that fit into one statement."""
    for at in range(0, len(ids), IDS_AT_A_TIME):
        yield ids[at : at + IDS_AT_A_TIME]
