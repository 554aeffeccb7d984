"""What was said of a file that corrects a transcript, and what the transcript becomes by it.

What was agreed before is only ever made stricter here: wider scopes are said under "Who spoke".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.appearances import add_values, one_group_each, own_values
from capture.corrections.speakers import labels_known, speakers_there
from capture.draft.clearing import Cleared
from capture.models import (
    AUDIENCES,
    SCOPES,
    Appearance,
    AttributeValue,
    Participant,
    StudyAttribute,
    Transcript,
)
from capture.people import describe_speakers, describe_transcript
from capture.people_said import SpeakerSaid, TranscriptSaid
from transcripts.manifest_entries import FileEntry, SpeakerEntry, same_name

UNSAID = "nothing"
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class SaidAnew:
    """Sentences on what taking a correction in makes otherwise besides the text, and on what was
    said of it and is not taken."""

    changes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    told: SaidAnew
    transcript: TranscriptSaid
    speakers: Mapping[int, SpeakerSaid]
    values: Mapping[int | None, Values]


def foresee_said(session: Session, transcript: Transcript, clean: Cleared) -> SaidAnew:
    """What `say_anew` would do; nothing is changed."""
    return _plan(session, transcript, clean, who_is_who(session, transcript.id, clean)).told


def say_anew(
    session: Session, transcript: Transcript, clean: Cleared, who: Mapping[str, int]
) -> SaidAnew:
    """Make of a transcript what was said of its corrected file, once the text is corrected.

    `who` says which label of the file is whose: label -> appearance id, of those there before.
    """
    planned = _plan(session, transcript, clean, who)
    describe_transcript(session, transcript.study_id, transcript.id, planned.transcript)
    if planned.speakers:
        describe_speakers(session, transcript.study_id, transcript.id, planned.speakers)
    for owner, values in planned.values.items():
        _set_values(session, transcript, owner, values)
    session.flush()
    return planned.told


def who_is_who(session: Session, transcript_id: int, clean: Cleared) -> dict[str, int]:
    """Labels of the file that are speakers of the transcript: by label, by what they were said to
    be the same as, or by participant.

    Labels said to be one speaker go together, unless the transcript tells them apart already.
    """
    people = speakers_there(session, transcript_id)
    known = labels_known(people, clean.reading, clean.log)
    called = {same_name(name): one.id for one in people for name in (one.label, *one.also_called)}
    pseudonyms = {
        name: id_ for id_, name in reversed(_participants(session, transcript_id).items())
    }
    who = dict(known)
    for group in one_group_each(clean.reading, clean.entry):
        said = clean.entry.entry_for(group[0] or None) or SpeakerEntry()
        there = {known[label] for label in group if label in known}
        there = there or {called.get(same_name(said.same_as or ""), 0)} - {0}
        there = there or {pseudonyms.get(said.participant or "", 0)} - {0}
        if len(there) == 1:
            who |= dict.fromkeys(group, there.pop())
    return who


def _participants(session: Session, transcript_id: int) -> dict[int, str]:
    rows = session.execute(
        select(Appearance.id, Participant.pseudonym)
        .join(Participant, Appearance.participant_id == Participant.id)
        .where(Appearance.transcript_id == transcript_id)
        .order_by(Appearance.id)
    )
    return {row.id: row.pseudonym for row in rows}


def _plan(
    session: Session, transcript: Transcript, clean: Cleared, who: Mapping[str, int]
) -> _Plan:
    told, entry = _Told(), clean.entry
    pseudonyms = _participants(session, transcript.id)
    owners: dict[int, list[str]] = {}
    for label, one in who.items():
        owners.setdefault(one, []).append(label)
    anew = _transcript(transcript, entry, told)
    there = _values_there(session, transcript)
    values: dict[int | None, Values] = {}
    values[None] = told.values("", there.get(None, {}), entry.attributes)
    speakers: dict[int, SpeakerSaid] = {}
    for row in speakers_there(session, transcript.id):
        labels = owners.get(row.id, [])
        before = _speaker_there(row, pseudonyms.get(row.id))
        now = _speaker(before, row.label, _said_of(clean, labels), told)
        if now != before:
            speakers[row.id] = now
        own = own_values(clean.reading, entry, labels) if labels else {}
        values[row.id] = told.values(f"{row.label}: ", there.get(row.id, {}), own)
    return _Plan(told.anew(), anew, speakers, values)


class _Told:
    """Sentences gathered while what was said is gone through."""

    def __init__(self) -> None:
        self._changes: list[str] = []
        self._stays: list[str] = []

    def anew(self) -> SaidAnew:
        return SaidAnew(tuple(self._changes), tuple(self._stays))

    def change(self, what: str, before: object, now: object) -> None:
        """Tell what becomes otherwise, if it does."""
        if before != now:
            self._changes.append(f"{what}: {_shown(before)} becomes {_shown(now)}.")

    def stay(self, whose: str, before: str, said: str) -> None:
        """Tell that an agreement is not widened."""
        self._stays.append(
            f"{whose} stays “{before}”, though “{said}” was said: "
            "more is agreed under “Who spoke” of the transcript."
        )

    def values(self, whose: str, before: Mapping[str, str], said: Mapping[str, str]) -> Values:
        """Those values that become otherwise."""
        known = {name.casefold(): value for name, value in before.items()}
        new = {name: value for name, value in said.items() if known.get(name.casefold()) != value}
        for name, value in new.items():
            self.change(f"{whose}{name}", known.get(name.casefold()), value)
        return new


def _shown(value: object) -> str:
    return UNSAID if value is None else f"“{value}”"


def _transcript(transcript: Transcript, entry: FileEntry, told: _Told) -> TranscriptSaid:
    before = TranscriptSaid(
        transcript.name,
        transcript.kind,
        transcript.record,
        transcript.held_on,
        transcript.wave,
        transcript.place,
    )
    now = TranscriptSaid(
        entry.title or before.name,
        entry.kind or before.kind,
        entry.record or before.record,
        entry.date or before.held_on,
        before.wave if entry.wave is None else entry.wave,
        entry.place or before.place,
    )
    for field, what in _FIELDS.items():
        told.change(what, getattr(before, field), getattr(now, field))
    return now


_FIELDS = {
    "name": "Name",
    "kind": "Kind",
    "record": "Record",
    "held_on": "Date",
    "wave": "Wave",
    "place": "Place",
}


def _speaker_there(row: Appearance, participant: str | None) -> SpeakerSaid:
    return SpeakerSaid(row.scope, row.role, row.place, participant, row.facilitator, row.audience)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """What was said of one speaker, with the strictest scope and audience of all their labels."""

    said: SpeakerEntry
    scope: str | None
    audience: str | None


def _said_of(clean: Cleared, labels: Sequence[str]) -> _Speaker:
    """What was said of a speaker's labels, a survey's own columns first."""
    rows = [clean.entry.entry_for(label or None) or SpeakerEntry() for label in labels]
    said = SpeakerEntry()
    for row in rows:
        said = said.filled_from(row)
    columns: dict[str, str] = {}
    for label in labels:
        cells = clean.reading.attributes.get(label, {})
        columns |= {name.casefold(): value for name, value in cells.items() if value}
    scopes = [" ".join(columns.get("scope", "").casefold().split()), *(one.scope for one in rows)]
    role, place = columns.get("role") or said.role, columns.get("place") or said.place
    return _Speaker(
        replace(said, role=role, place=place),
        _strictest(scopes, SCOPES),
        _strictest((one.audience for one in rows), AUDIENCES[::-1]),
    )


def _strictest(said: Iterable[str | None], known: Sequence[str]) -> str | None:
    """The one that is last in `known`."""
    return max((one for one in said if one in known), key=known.index, default=None)


def _speaker(before: SpeakerSaid, label: str, own: _Speaker, told: _Told) -> SpeakerSaid:
    said = own.said
    now = SpeakerSaid(
        scope=_agreed(before.scope, own.scope, SCOPES, label, told.stay),
        role=said.role or before.role,
        place=said.place or before.place,
        participant=said.participant or before.participant,
        facilitator=before.facilitator if said.facilitator is None else said.facilitator,
        audience=_agreed(before.audience, own.audience, AUDIENCES[::-1], label, told.stay),
    )
    for field, what in (("scope", "may be shared"), ("audience", "quotes may be read")):
        told.change(f"{label}, {what}", getattr(before, field), getattr(now, field))
    for field in ("role", "place", "participant"):
        told.change(f"{label}, {field}", getattr(before, field), getattr(now, field))
    if before.facilitator != now.facilitator:
        told.change(label, *(("asks", "answers") if before.facilitator else ("answers", "asks")))
    return now


def _agreed(
    before: str,
    said: str | None,
    known: Sequence[str],
    whose: str,
    stays: Callable[[str, str, str], None],
) -> str:
    """The stricter of the two; `known` is in the order of strictness."""
    if said is None or said == before:
        return before
    if known.index(said) > known.index(before):
        return said
    stays(whose, before, said)
    return before


def _values_there(session: Session, transcript: Transcript) -> dict[int | None, Values]:
    rows = session.execute(
        select(AttributeValue.appearance_id, StudyAttribute.name, AttributeValue.value)
        .join(StudyAttribute, StudyAttribute.id == AttributeValue.attribute_id)
        .where(AttributeValue.transcript_id == transcript.id)
    )
    found: dict[int | None, Values] = {}
    for row in rows:
        found.setdefault(row.appearance_id, {})[row.name] = row.value
    return found


def _set_values(
    session: Session, transcript: Transcript, owner: int | None, values: Mapping[str, str]
) -> None:
    """Write attributes over what they were, or beside the others."""
    if not values:
        return
    rows = session.execute(
        select(AttributeValue, StudyAttribute.name)
        .join(StudyAttribute, StudyAttribute.id == AttributeValue.attribute_id)
        .where(
            AttributeValue.transcript_id == transcript.id,
            AttributeValue.appearance_id.is_(None)
            if owner is None
            else AttributeValue.appearance_id == owner,
        )
    )
    there = {name.casefold(): row for row, name in rows}
    for name, value in values.items():
        if name.casefold() in there:
            there[name.casefold()].value = value
    new = {name: value for name, value in values.items() if name.casefold() not in there}
    add_values(session, transcript, owner, new)
