"""Keeping the register by hand: adding names, changing, removing and bringing in a list of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from capture.errors import Conflict, NotFound, Unfit
from capture.models import (
    REGISTER_KINDS,
    Participant,
    RegisterEntry,
    Replacement,
    Transcript,
    TranscriptVersion,
)
from capture.names.pseudonyms import as_pseudonym, next_for, words_of_bracket
from capture.names.register import entries_of, known_of, participant_behind, used_brackets
from capture.people_said import line, one_of
from transcripts.redaction.known_names import parts_of, short_forms


@dataclass(frozen=True, slots=True)
class EntrySaid:
    """What a researcher says of a name; an empty `stands_as` asks for the next pseudonym."""

    name: str
    kind: str
    stands_as: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplacedIn:
    """How often a name was replaced in one transcript, as its text stands now."""

    transcript_id: int
    transcript: str
    times: int


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A name in the register, whose it is, and where it was replaced."""

    entry: RegisterEntry
    participant: str | None
    """The pseudonym of the participant whose name it is."""
    replaced: tuple[ReplacedIn, ...]

    @property
    def times(self) -> int:
        """How often it was replaced in all texts that stand."""
        return sum(one.times for one in self.replaced)


def listed_entries(session: Session, study_id: int) -> list[ListedEntry]:
    """The register, by name, with what was replaced where."""
    people = session.scalars(select(Participant).where(Participant.study_id == study_id))
    pseudonyms = {one.id: one.pseudonym for one in people}
    replaced = _replaced(session, study_id)
    entries = sorted(entries_of(session, study_id), key=lambda one: one.name.casefold())
    return [
        ListedEntry(one, pseudonyms.get(one.participant_id or 0), tuple(replaced[one.id]))
        for one in entries
    ]


def find_entry(session: Session, study_id: int, entry_id: int) -> RegisterEntry:
    """An entry of the study's register; NotFound where there is none."""
    found = session.get(RegisterEntry, entry_id)
    if found is None or found.study_id != study_id:
        raise NotFound("That name isn't in the register.", way_out="Go back to the register.")
    return found


def read_entry_form(form: Mapping[str, str]) -> EntrySaid:
    """What was typed about a name. Raises Unfit for the first field that won't do."""
    name = line(form.get("name", ""), "The name")
    if name is None or not parts_of(name):
        raise Unfit("There is no name.", way_out="Write the real name as people say it.")
    stands_as = words_of_bracket(line(form.get("stands_as", ""), "What stands for it") or "")
    if stands_as and parts_of(name) == parts_of(stands_as):
        raise Unfit(
            "The name can't stand for itself.",
            way_out="Write a pseudonym, or leave it empty and one is made.",
        )
    spellings = (line(one, "Another spelling") for one in form.get("also", "").split(";"))
    also = tuple(dict.fromkeys(one for one in spellings if one and parts_of(one)))
    return EntrySaid(
        name=name,
        kind=one_of(form.get("kind", ""), REGISTER_KINDS, "kind of name"),
        stands_as=as_pseudonym(stands_as) if stands_as else "",
        also=also,
    )


def add_entry(
    session: Session, study_id: int, said: EntrySaid, *, made_by: int | None
) -> RegisterEntry:
    """Enter a name. Conflict when the name, or what stands for it, is another's already."""
    entries = entries_of(session, study_id)
    _check_free(entries, said)
    stands_as = said.stands_as or next_for(said.kind, said.name, used_brackets(session, study_id))
    entry = RegisterEntry(
        study_id=study_id,
        name=said.name,
        kind=said.kind,
        stands_as=stands_as,
        also=list(said.also),
        participant_id=participant_behind(session, study_id, said.kind, stands_as),
        created_by=made_by,
    )
    session.add(entry)
    session.flush()
    _take_over_log(session, entry)
    return entry


def change_entry(session: Session, study_id: int, entry_id: int, said: EntrySaid) -> RegisterEntry:
    """Say an entry anew. Texts that are stored stay as they are; new files get what is said now."""
    entry = find_entry(session, study_id, entry_id)
    _check_free([one for one in entries_of(session, study_id) if one.id != entry_id], said)
    entry.name, entry.kind, entry.also = said.name, said.kind, list(said.also)
    entry.stands_as = said.stands_as or entry.stands_as
    entry.participant_id = participant_behind(session, study_id, said.kind, entry.stands_as)
    session.flush()
    return entry


def remove_entry(session: Session, study_id: int, entry_id: int) -> EntrySaid:
    """Take a name out of the register; what was replaced stays replaced, and logged.

    Returns what was said of it, so that it can be put back with `add_entry`.
    """
    entry = find_entry(session, study_id, entry_id)
    session.execute(
        update(Replacement).where(Replacement.entry_id == entry_id).values(entry_id=None)
    )
    said = EntrySaid(entry.name, entry.kind, entry.stands_as, tuple(entry.also))
    session.delete(entry)
    session.flush()
    return said


def _replaced(session: Session, study_id: int) -> Mapping[int, list[ReplacedIn]]:
    rows = session.execute(
        select(RegisterEntry.id, Transcript.id, Transcript.name, func.count())
        .join(Replacement, Replacement.entry_id == RegisterEntry.id)
        .join(TranscriptVersion, TranscriptVersion.id == Replacement.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(
            Transcript.study_id == study_id,
            TranscriptVersion.number == Transcript.version,
        )
        .group_by(RegisterEntry.id, Transcript.id, Transcript.name)
        .order_by(Transcript.name, Transcript.id)
    )
    found: defaultdict[int, list[ReplacedIn]] = defaultdict(list)
    for entry_id, transcript_id, name, times in rows:
        found[entry_id].append(ReplacedIn(transcript_id, name, times))
    return found


def _check_free(entries: Iterable[RegisterEntry], said: EntrySaid) -> None:
    """Whether nobody else has this name, one of its spellings, or what stands for it."""
    spellings = {parts_of(name) for name in (said.name, *said.also)}
    for entry in entries:
        taken = spellings & {parts_of(name) for name in (entry.name, *entry.also)}
        if taken:
            raise Conflict(
                f"“{entry.name}” is in the register already, as {entry.stands_as}.",
                way_out="Change that entry, or write the name as it differs.",
            )
        if said.stands_as and entry.stands_as.casefold() == said.stands_as.casefold():
            raise Conflict(
                f"{entry.stands_as} stands for “{entry.name}” already.",
                way_out="If it is the same, write this name as another spelling there; "
                "if not, let something else stand for it.",
            )


def _take_over_log(session: Session, entry: RegisterEntry) -> None:
    """What was replaced before by the same brackets is this name's, also after it was removed."""
    forms = short_forms(known_of(entry))
    rows = session.scalars(
        select(Replacement)
        .join(TranscriptVersion, TranscriptVersion.id == Replacement.version_id)
        .join(Transcript, Transcript.id == TranscriptVersion.transcript_id)
        .where(
            Transcript.study_id == entry.study_id,
            Replacement.entry_id.is_(None),
            Replacement.instead == entry.stands_as,
        )
    )
    for row in rows:
        if parts_of(row.original) in forms:
            row.entry_id = entry.id
    session.flush()
