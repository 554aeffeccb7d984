"""What a researcher has said of a draft, as it waits in the draft's row: plain values and back.

A draft says what a manifest says (`FileEntry`, with a `SpeakerEntry` for each label), and what only
someone who looks at the text can say: stretches off the record, and what becomes of every find.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from transcripts.manifest_entries import FileEntry, SpeakerEntry, same_name
from transcripts.off_record import place_of
from transcripts.reading_json import survey_from_json, survey_to_json
from transcripts.survey import SurveyColumns
from transcripts.turns import Kind, Reading, Record

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FindSaid:
    """`text[start:end]` of the draft may be a name or an identifier, and `instead` would stand
    there; `accepted` is None until someone decides. `sure` is what the finder thinks of it."""

    start: int
    end: int
    kind: str
    instead: str
    accepted: bool | None = None
    sure: bool = False
    proposed: str | None = None
    """What was proposed when it was decided; kept by `drafts.say`."""


@dataclass(frozen=True, slots=True)
class DraftSaid:
    """What is known of a draft. None, or an empty field of a speaker, means that nobody said."""

    name: str | None = None
    kind: Kind | None = None
    record: Record | None = None
    held_on: date | None = None
    wave: int | None = None
    place: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    everyone: SpeakerEntry = field(default_factory=SpeakerEntry)
    """Scope, audience and role of the whole session; a speaker's own word goes before it."""
    speakers: Mapping[str, SpeakerEntry] = field(default_factory=dict)
    off_record: tuple[Span, ...] = ()
    finds: tuple[FindSaid, ...] = ()
    leave_rest: bool = False
    """Finds nobody decided are to stay as they are."""
    survey: SurveyColumns | None = None
    corrects: int | None = None
    """The transcript that this file is a corrected version of."""

    def entry(self) -> FileEntry:
        """The same, as a manifest would have said it."""
        return FileEntry(
            kind=self.kind,
            record=self.record,
            date=self.held_on,
            wave=self.wave,
            place=self.place,
            survey=self.survey,
            speakers=self.speakers,
            attributes=self.attributes,
            everyone=self.everyone,
            title=self.name,
        )


def said_in(entry: FileEntry, reading: Reading) -> DraftSaid:
    """What a manifest's rows say of a file, to begin with.

    Raises RefusedManifest where a stretch off the record is not in the text exactly once.
    """
    return DraftSaid(
        name=entry.title,
        kind=entry.kind,
        record=entry.record,
        held_on=entry.date,
        wave=entry.wave,
        place=entry.place,
        attributes=entry.attributes,
        everyone=entry.everyone or SpeakerEntry(),
        speakers=entry.speakers,
        survey=entry.survey,
        off_record=tuple(place_of(reading, one) for one in entry.off_record),
    )


def for_every_label(said: DraftSaid, reading: Reading) -> DraftSaid:
    """The same with an entry for each label, as the file writes it; those who don't speak stay."""
    labels = dict.fromkeys(turn.speaker or "" for turn in reading.turns)
    rows = {same_name(label): row for label, row in said.speakers.items()}
    own = {label: rows.get(same_name(label), SpeakerEntry()) for label in labels}
    own |= {label: said.speakers[label] for label in labels if label in said.speakers}
    spoken = {same_name(label) for label in labels}
    silent = {k: row for k, row in said.speakers.items() if same_name(k) not in spoken}
    return replace(said, speakers={**own, **silent})


def said_to_json(said: DraftSaid) -> dict[str, Any]:
    """Plain lists, strings and numbers that `said_from_json` makes the same of."""
    return asdict(said) | {
        "held_on": said.held_on.isoformat() if said.held_on else None,
        "attributes": dict(said.attributes),
        "everyone": _speaker_to_json(said.everyone),
        "speakers": {label: _speaker_to_json(one) for label, one in said.speakers.items()},
        "survey": survey_to_json(said.survey) if said.survey else None,
    }


def said_from_json(written: Mapping[str, Any]) -> DraftSaid:
    """What was written."""
    return DraftSaid(
        **{
            **written,
            "held_on": date.fromisoformat(written["held_on"]) if written["held_on"] else None,
            "everyone": SpeakerEntry(**written["everyone"]),
            "speakers": {who: SpeakerEntry(**one) for who, one in written["speakers"].items()},
            "off_record": tuple((start, end) for start, end in written["off_record"]),
            "finds": tuple(FindSaid(**one) for one in written["finds"]),
            "survey": survey_from_json(written["survey"]) if written["survey"] else None,
        }
    )


def _speaker_to_json(one: SpeakerEntry) -> dict[str, Any]:
    return asdict(one) | {"attributes": dict(one.attributes)}
