"""The register of a study's real names, and the log of words that were taken out of its texts.

Researchers alone come here. Of every other module, only those that `tests/test_architecture.py`
names may read these tables.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import (
    Draft,
    Participant,
    RegisterEntry,
    Replacement,
    Transcript,
    TranscriptVersion,
)
from capture.names.named_entities import entities
from capture.names.pseudonyms import Parts, as_pseudonym, is_particular, stand_ins
from capture.names.speaker_names import speaker_names
from transcripts.redaction import NAMES, Find, KnownName, find
from transcripts.redaction.finds import NAME, PERSON
from transcripts.redaction.known_names import parts_of, short_forms
from transcripts.replacing import TakenOut
from transcripts.turns import Reading

Place = Callable[[int, int], tuple[int, int] | None]
OTHER = "other"


def known_names(session: Session, study_id: int) -> list[KnownName]:
    """The study's real names, as `transcripts.redaction.find` looks for them."""
    return [known_of(entry) for entry in entries_of(session, study_id)]


def entries_of(session: Session, study_id: int) -> Sequence[RegisterEntry]:
    """The entries of the study's register, by name."""
    return session.scalars(
        select(RegisterEntry)
        .where(RegisterEntry.study_id == study_id)
        .order_by(RegisterEntry.name, RegisterEntry.id)
    ).all()


def proposed_finds(
    session: Session,
    study_id: int,
    reading: Reading,
    *,
    ner_model: str | None = None,
    elsewhere: Mapping[Parts, str] | None = None,
) -> list[Find]:
    """Names and identifiers in a reading's text, each with what is proposed to stand instead.

    What stands for a name is the same throughout the study: as the register says, else as another
    draft proposes it, else something new. `elsewhere` are proposals for files that are no drafts.
    Raises ModelUnavailable for a model that isn't there.
    """
    known = known_names(session, study_id)
    more = [*speaker_names(reading), *(entities(reading.text, ner_model) if ner_model else ())]
    finds = find(reading.text, known, more=more)
    given = _proposed_elsewhere(session, study_id) | dict(elsewhere or {}) | _given(known)
    return stand_ins(finds, given, used_brackets(session, study_id))


def note_replacements(
    session: Session,
    study_id: int,
    version_id: int,
    log: Sequence[TakenOut],
    *,
    made_by: int | None = None,
) -> None:
    """Keep what was taken out of a version's text, and enter the names in the register."""
    entries = _enter(session, study_id, log, made_by)
    for one in log:
        entry = entries.get(parts_of(one.original)) if one.kind in NAMES else None
        session.add(
            Replacement(
                version_id=version_id,
                start=one.start,
                end=one.end,
                original=one.original,
                instead=one.instead,
                kind=one.kind,
                entry_id=entry.id if entry else None,
                made_by=made_by,
            )
        )
    session.flush()


def carry_replacements(
    session: Session, from_version_id: int, to_version_id: int, place: Place
) -> int:
    """Copy the log of one version of a text to the next: brackets that still stand there.

    `place` says where a span of the old text stands in the new, or None; returns how many went.
    """
    carried = 0
    for one in _of_version(session, from_version_id):
        where = place(one.start, one.end)
        if where is not None:
            session.add(_copied(one, to_version_id, where))
            carried += 1
    session.flush()
    return carried


def replacements_of(session: Session, transcript_id: int) -> list[Replacement]:
    """What was taken out of the version of a transcript that stands, in the order of its text."""
    version = session.scalar(
        select(TranscriptVersion.id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.id == transcript_id, TranscriptVersion.number == Transcript.version)
    )
    return [] if version is None else list(_of_version(session, version))


def _of_version(session: Session, version_id: int) -> Sequence[Replacement]:
    return session.scalars(
        select(Replacement)
        .where(Replacement.version_id == version_id)
        .order_by(Replacement.start, Replacement.id)
    ).all()


def _copied(one: Replacement, version_id: int, where: tuple[int, int]) -> Replacement:
    return Replacement(
        version_id=version_id,
        start=where[0],
        end=where[1],
        original=one.original,
        instead=one.instead,
        kind=one.kind,
        entry_id=one.entry_id,
        made_by=one.made_by,
        created_at=one.created_at,
    )


def known_of(entry: RegisterEntry) -> KnownName:
    """An entry, as the finder looks for it."""
    kind = NAME if entry.kind == OTHER else entry.kind
    return KnownName(entry.name, kind, entry.stands_as, tuple(entry.also))


def _given(known: Iterable[KnownName]) -> dict[Parts, str]:
    """What stands for every spelling of the known names."""
    return {parts_of(name): one.stands_as for one in known for name in (one.name, *one.also)}


def used_brackets(session: Session, study_id: int) -> list[str]:
    """Every bracket that stands for something in the study, or stood for it in a text."""
    people = select(Participant.pseudonym).where(Participant.study_id == study_id)
    return [*_stood(session, study_id), *map(as_pseudonym, session.scalars(people))]


def _stood(session: Session, study_id: int) -> list[str]:
    """Every bracket of the register and of the log."""
    logged = (
        select(Replacement.instead)
        .join(TranscriptVersion, TranscriptVersion.id == Replacement.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(Transcript.study_id == study_id)
        .distinct()
    )
    entries = entries_of(session, study_id)
    return [*(entry.stands_as for entry in entries), *session.scalars(logged)]


def _proposed_elsewhere(session: Session, study_id: int) -> dict[Parts, str]:
    """What drafts that wait propose for the names in them, the newest word last.

    A bracket that came to stand for something meanwhile is not proposed for another.
    """
    gone = {one.casefold() for one in _stood(session, study_id)}
    rows = session.execute(
        select(Draft.said, Draft.reading["text"].as_string())
        .where(Draft.study_id == study_id)
        .order_by(Draft.id)
    )
    proposed: dict[Parts, str] = {}
    for said, text in rows:
        for one in said.get("finds", ()):
            wanted = one["kind"] in NAMES and one["accepted"] is not False
            if wanted and one["instead"].casefold() not in gone:
                proposed[parts_of(text[one["start"] : one["end"]])] = one["instead"]
    return proposed


def _enter(
    session: Session, study_id: int, log: Sequence[TakenOut], made_by: int | None
) -> dict[Parts, RegisterEntry]:
    """The entry of every name in the log, made or given another spelling where it is new."""
    entries = list(entries_of(session, study_id))
    found: dict[Parts, RegisterEntry] = {}
    names = [one for one in log if one.kind in NAMES]
    for one in sorted(names, key=lambda one: (-len(parts_of(one.original)), one.start)):
        parts = parts_of(one.original)
        if parts and parts not in found:
            entry = _entry_for(entries, one)
            if entry is None:
                entry = _new_entry(session, study_id, one, made_by)
                entries.append(entry)
            found[parts] = entry
    session.flush()
    return found


def _entry_for(entries: Sequence[RegisterEntry], one: TakenOut) -> RegisterEntry | None:
    """The entry a name belongs to: by its spellings, or because the same bracket stands for it."""
    parts = parts_of(one.original)
    for entry in entries:
        if parts in {parts_of(name) for name in (entry.name, *entry.also)}:
            return entry
    same = [entry for entry in entries if entry.stands_as.casefold() == one.instead.casefold()]
    for entry in same:
        if parts in short_forms(known_of(entry)):
            return entry
    if not same or not is_particular(one.instead):
        return None
    same[0].also = [*same[0].also, _spaced(one.original)]
    return same[0]


def _new_entry(
    session: Session, study_id: int, one: TakenOut, made_by: int | None
) -> RegisterEntry:
    entry = RegisterEntry(
        study_id=study_id,
        name=_spaced(one.original),
        kind=OTHER if one.kind == NAME else one.kind,
        stands_as=one.instead,
        participant_id=participant_behind(session, study_id, one.kind, one.instead),
        created_by=made_by,
    )
    session.add(entry)
    return entry


def participant_behind(session: Session, study_id: int, kind: str, stands_as: str) -> int | None:
    """The participant whose pseudonym stands for a person's name, if it is one's; their id."""
    if kind not in {PERSON, NAME}:
        return None
    rows: Any = session.execute(
        select(Participant.id, Participant.pseudonym).where(Participant.study_id == study_id)
    )
    wanted = stands_as.casefold()
    return next((id_ for id_, name in rows if as_pseudonym(name).casefold() == wanted), None)


def _spaced(name: str) -> str:
    return " ".join(name.split())
