"""Names and identifiers found in a draft: proposed by the finder, decided by a person, once.

Proposals are made anew when the study's register of names has changed, so that one name gets one
pseudonym throughout; what was decided stays decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from capture.draft_said import FindSaid
from capture.register import known_names, proposed_finds
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
    session: Session, study_id: int, reading: Reading, ner_model: str | None = None
) -> Proposals:
    """What may be a name or an identifier, each with what would stand there instead."""
    found = proposed_finds(session, study_id, reading, ner_model=ner_model)
    finds = tuple(
        FindSaid(one.start, one.end, one.kind, one.instead, sure=one.sure)
        for one in found
        if one.instead
    )
    return Proposals(finds, _register_key(session, study_id), ner_model)


def up_to_date(
    session: Session, study_id: int, reading: Reading, proposals: Proposals
) -> Proposals:
    """The same proposals, or new ones where the register has changed since."""
    if proposals.register == _register_key(session, study_id):
        return proposals
    return propose(session, study_id, reading, proposals.ner_model)


def decided_upon(proposals: Proposals, decided: Iterable[FindSaid]) -> tuple[FindSaid, ...]:
    """Decided finds, and the proposals that touch none of them, in the order of the text.

    Who took a name as it was proposed takes it as it is proposed now: meanwhile its brackets may
    have been given to another.
    """
    anew = {(one.start, one.end): one for one in proposals.finds}
    kept = [_as_proposed_now(one, anew.get((one.start, one.end))) for one in decided]
    return tuple(sorted([*kept, *_free(proposals.finds, kept)], key=lambda one: one.start))


def as_decided(finds: Iterable[FindSaid]) -> tuple[FindSaid, ...]:
    """Those of the finds that somebody decided."""
    return tuple(one for one in finds if one.accepted is not None)


def as_proposed(proposals: Proposals, finds: Iterable[FindSaid]) -> tuple[FindSaid, ...]:
    """The finds, each with what had been proposed for it."""
    instead = {(one.start, one.end): one.instead for one in proposals.finds}
    return tuple(replace(one, proposed=instead.get((one.start, one.end))) for one in finds)


def _as_proposed_now(one: FindSaid, proposal: FindSaid | None) -> FindSaid:
    if proposal is None:
        return one
    unchanged = one.instead == one.proposed
    return replace(one, sure=proposal.sure, instead=proposal.instead if unchanged else one.instead)


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
