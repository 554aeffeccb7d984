"""Names and identifiers found in a draft: proposed by the finder, decided by a person, once.

Proposals are made anew when the study's register of names has changed, so that one name gets one
pseudonym throughout; what was decided stays decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from capture.draft.said import DraftSaid, FindSaid
from capture.names.pseudonyms import Parts, as_pseudonym
from capture.names.register import known_names, proposed_finds
from transcripts.manifest_entries import same_name
from transcripts.redaction import NAMES
from transcripts.redaction.known_names import parts_of
from transcripts.turns import Reading


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the finder proposed, and what it knew then."""

    finds: tuple[FindSaid, ...] = ()
    register: str = ""
    ner_model: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values that `proposals_from_json` makes the same of."""
        return asdict(self)


def proposals_from_json(written: dict[str, Any]) -> Proposals:
    """The proposals that were written."""
    finds = tuple(FindSaid(**one) for one in written["finds"])
    return Proposals(finds, written["register"], written["ner_model"])


def propose(
    session: Session,
    study_id: int,
    reading: Reading,
    ner_model: str | None = None,
    *,
    elsewhere: Mapping[Parts, str] | None = None,
) -> Proposals:
    """What may be a name or an identifier, each with what would stand there instead.

    `elsewhere` says what was proposed for names of other files that are looked at together.
    """
    found = proposed_finds(session, study_id, reading, ner_model=ner_model, elsewhere=elsewhere)
    finds = tuple(
        FindSaid(one.start, one.end, one.kind, one.instead, sure=one.sure)
        for one in found
        if one.instead
    )
    return Proposals(finds, _register_key(session, study_id), ner_model)


def names_proposed(proposals: Proposals, reading: Reading) -> dict[Parts, str]:
    """What is proposed for each name, to be proposed for it in other files too."""
    return {
        parts_of(reading.text[one.start : one.end]): one.instead
        for one in proposals.finds
        if one.kind in NAMES
    }


def up_to_date(
    session: Session, study_id: int, reading: Reading, proposals: Proposals
) -> Proposals:
    """The same proposals, or new ones where the register has changed since."""
    if proposals.register == _register_key(session, study_id):
        return proposals
    return propose(session, study_id, reading, proposals.ner_model)


def with_finds(said: DraftSaid, reading: Reading, proposals: Proposals) -> DraftSaid:
    """What was said with its decided finds, and the proposals that touch none of them.

    What lies in a stretch off the record goes with it, so nobody is asked about it.

    Who took a name as it was proposed takes it as it is proposed now: meanwhile its brackets may
    have been given to another, or the speaker to a participant.
    """
    now = for_participants(proposals, reading, said).finds
    anew = {(one.start, one.end): one for one in now}
    decided = [one for one in said.finds if one.accepted is not None]
    kept = [_as_proposed_now(one, anew.get((one.start, one.end))) for one in decided]
    asked = [one for one in now if not _goes_anyway(said, one)]
    free = (replace(one, proposed=one.instead) for one in _free(asked, kept))
    finds = tuple(sorted([*kept, *free], key=lambda one: one.start))
    return replace(said, finds=finds)


def for_participants(proposals: Proposals, reading: Reading, said: DraftSaid) -> Proposals:
    """The same, where a speaker called by name is a participant: the pseudonym stands for the name.

    What was proposed for the label stands for parts of the name too, so they go the same way.
    """
    people = {
        same_name(label): as_pseudonym(row.participant)
        for label, row in said.speakers.items()
        if row.participant
    }
    instead = {
        one.instead: people[name]
        for one in proposals.finds
        if one.kind in NAMES and (name := same_name(reading.text[one.start : one.end])) in people
    }
    finds = tuple(
        replace(one, instead=instead.get(one.instead, one.instead)) for one in proposals.finds
    )
    return replace(proposals, finds=finds)


def as_shown(finds: Iterable[FindSaid], shown: Iterable[FindSaid]) -> tuple[FindSaid, ...]:
    """Finds that were decided on a page, each with what had been proposed on it."""
    proposed = {(one.start, one.end): one.proposed for one in shown}
    return tuple(
        replace(one, proposed=one.proposed or proposed.get((one.start, one.end))) for one in finds
    )


def _as_proposed_now(one: FindSaid, proposal: FindSaid | None) -> FindSaid:
    if proposal is None:
        return one
    unchanged = one.instead == one.proposed
    return replace(one, sure=proposal.sure, instead=proposal.instead if unchanged else one.instead)


def _goes_anyway(said: DraftSaid, one: FindSaid) -> bool:
    return any(start <= one.start and one.end <= end for start, end in said.off_record)


def _free(proposals: Sequence[FindSaid], taken: Sequence[FindSaid]) -> Iterable[FindSaid]:
    """The proposals that touch none of those taken; one pass over both."""
    waiting = sorted(taken, key=lambda one: one.start, reverse=True)
    reached = 0
    for one in sorted(proposals, key=lambda one: (one.start, one.end)):
        while waiting and waiting[-1].start < one.end:
            reached = max(reached, waiting.pop().end)
        if reached <= one.start:
            yield one


def _register_key(session: Session, study_id: int) -> str:
    known = sorted(map(repr, known_names(session, study_id)))
    return sha256("\n".join(known).encode()).hexdigest()
