"""What stands: the codings that follow from everyone's decisions.

A coding is never stored. It is worked out from the decisions, of which only each person's latest
on a passage × code counts.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from capture.corrections.waiting import needs_look
from capture.models import Act, Decision

State = Literal["stands", "disputed"]


class Judgement(Protocol):
    """What has to be known of a decision; a row of the decision table has it all."""

    @property
    def passage_id(self) -> int: ...  # noqa: D102
    @property
    def code_id(self) -> int: ...  # noqa: D102
    @property
    def user_id(self) -> int: ...  # noqa: D102
    @property
    def verdict(self) -> str: ...  # noqa: D102
    @property
    def stance(self) -> str | None: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a passage, as people have decided so far."""

    passage_id: int
    code_id: int
    state: State
    """`stands` with a confirm and nobody's rejection; `disputed` with both."""
    stance: str | None
    """What more than half of those who confirm say; None when they differ, or say none."""
    stances: tuple[str, ...]
    """Every stance that someone who confirms says, in alphabetical order."""
    confirmed_by: tuple[int, ...]
    rejected_by: tuple[int, ...]
    confirmed_at: datetime
    """The first of the confirms that still count."""


def standing(decisions: Iterable[Judgement]) -> list[Coding]:
    """The codings that follow from decisions given in the order they were made.

    Per person only the latest on a passage × code counts; withdrawn counts as none, and unsure
    neither confirms nor rejects. Sorted by passage, then code.
    """
    places = sorted(latest_words(decisions).items())
    found = (_coding(place, judgements) for place, judgements in places)
    return [coding for coding in found if coding is not None]


def latest_words(decisions: Iterable[Judgement]) -> dict[tuple[int, int], list[Judgement]]:
    """By passage and code, each person's latest decision, of those given in their order."""
    latest: dict[tuple[int, int], dict[int, Judgement]] = {}
    for decision in decisions:
        place = (decision.passage_id, decision.code_id)
        latest.setdefault(place, {})[decision.user_id] = decision
    return {place: list(by_user.values()) for place, by_user in latest.items()}


def _coding(place: tuple[int, int], judgements: Sequence[Judgement]) -> Coding | None:
    confirms = [j for j in judgements if j.verdict == "confirm"]
    rejected_by = tuple(sorted(j.user_id for j in judgements if j.verdict == "reject"))
    if not confirms:
        return None
    return Coding(
        passage_id=place[0],
        code_id=place[1],
        state="disputed" if rejected_by else "stands",
        stance=_agreed([j.stance for j in confirms]),
        stances=tuple(sorted({j.stance for j in confirms if j.stance is not None})),
        confirmed_by=tuple(sorted(j.user_id for j in confirms)),
        rejected_by=rejected_by,
        confirmed_at=min(j.created_at for j in confirms),
    )


def _agreed(stances: Sequence[str | None]) -> str | None:
    stance, votes = Counter(stances).most_common(1)[0]
    return stance if 2 * votes > len(stances) else None


def codings(
    session: Session,
    study_id: int,
    *,
    passage_ids: Collection[int] | None = None,
    code_ids: Collection[int] | None = None,
    waiting: bool = False,
) -> list[Coding]:
    """The codings of a study, or those on some passages or of some codes.

    Passages that need a look, because their text was corrected, come in only where `waiting`.
    """
    query = _made_in(study_id)
    if not waiting:
        query = query.where(~needs_look(Decision.passage_id))
    if passage_ids is not None:
        query = query.where(Decision.passage_id.in_(passage_ids))
    if code_ids is not None:
        query = query.where(Decision.code_id.in_(code_ids))
    return standing(session.scalars(query))


def _made_in(study_id: int) -> Select[Decision]:
    return (
        select(Decision)
        .join(Act, Act.id == Decision.act_id)
        .where(Act.study_id == study_id)
        .order_by(Decision.id)
    )
