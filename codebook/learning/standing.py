"""What stands of everyone's decisions in a study, as the learner takes it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.corrections.waiting import needs_look
from capture.models import Act, CodebookVersion, Decision, Review
from codebook.learning.said import Heard
from codebook.suggesting.decisions import Decisions, no_decisions
from codebook.suggesting.stances import STANCES, Stanced
from codebook.suggesting.touching import Touching, touching
from codebook.suggesting.views import Floats


@dataclass(slots=True)
class Judged:
    """What stands on one passage, codes by id."""

    confirmed: set[int] = field(default_factory=set)
    rejected: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    """Disputed between coders, or somebody is unsure and nobody says more."""
    stances: set[str] = field(default_factory=set)
    """Of its confirmed codes, whichever they are."""
    reviewed_at: int | None = None
    """The newest version of the codebook at which somebody went through it, if anybody did."""

    @property
    def told(self) -> bool:
        """Whether there is anything to learn from it."""
        return bool(self.confirmed or self.rejected or self.reviewed_at is not None)


def last_act(session: Session, study_id: int) -> int:
    """The id of the newest act in a study, undoing included; 0 when there is none."""
    return session.scalar(select(func.max(Act.id)).where(Act.study_id == study_id)) or 0


def what_stands(session: Session, study_id: int) -> dict[int, Judged]:
    """By passage, what follows from each person's latest word; passages that wait are left out."""
    found: defaultdict[int, Judged] = defaultdict(Judged)
    for (passage_id, code_id), said in _said(session, study_id).items():
        verdicts = {verdict for verdict, _ in said} - {"withdrawn"}
        stances = {stance for _, stance in said if stance}
        judged = found[passage_id]
        if "confirm" in verdicts and "reject" not in verdicts:
            judged.confirmed.add(code_id)
            judged.stances |= stances
        elif "reject" in verdicts and "confirm" not in verdicts:
            judged.rejected.add(code_id)
        elif verdicts:
            judged.open.add(code_id)
    for passage_id, version in _reviewed(session, study_id).items():
        found[passage_id].reviewed_at = version
    return {passage_id: judged for passage_id, judged in sorted(found.items()) if judged.told}


def _said(session: Session, study_id: int) -> dict[tuple[int, int], set[tuple[str, str | None]]]:
    """By passage and code, everyone's latest verdict with its stance."""
    rows = session.execute(
        select(
            Decision.passage_id,
            Decision.code_id,
            Decision.user_id,
            Decision.verdict,
            Decision.stance,
        )
        .join(Act, Act.id == Decision.act_id)
        .where(Act.study_id == study_id, ~needs_look(Decision.passage_id))
        .order_by(Decision.id)
    )
    latest: dict[tuple[int, int], dict[int, tuple[str, str | None]]] = defaultdict(dict)
    for passage_id, code_id, user_id, verdict, stance in rows:
        latest[passage_id, code_id][user_id] = (verdict, stance)
    return {place: set(said.values()) for place, said in latest.items()}


def _reviewed(session: Session, study_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Review.passage_id, Review.user_id, Review.outcome, Review.codebook_version)
        .join(Act, Act.id == Review.act_id)
        .where(Act.study_id == study_id, ~needs_look(Review.passage_id))
        .order_by(Review.id)
    )
    latest = {(passage, user): (outcome, version) for passage, user, outcome, version in rows}
    found: dict[int, int] = {}
    for (passage_id, _), (outcome, version) in latest.items():
        if outcome != "withdrawn":
            found[passage_id] = max(version, found.get(passage_id, 0))
    return found


def first_versions(session: Session, study_id: int) -> dict[int, int]:
    """By code id, the first version of the codebook that had the code."""
    snapshots = session.execute(
        select(CodebookVersion.number, CodebookVersion.snapshot)
        .where(CodebookVersion.study_id == study_id)
        .order_by(CodebookVersion.number)
    )
    born: dict[int, int] = {}
    for number, snapshot in snapshots:
        for code in snapshot.get("codes", ()):
            born.setdefault(code["id"], number)
    return born


def as_decisions(
    stands: Mapping[int, Judged],
    passage_ids: Sequence[int],
    code_ids: Sequence[int],
    born: Mapping[int, int],
) -> Decisions:
    """What stands on these passages about these codes, as arrays in their order."""
    found = no_decisions(len(passage_ids), len(code_ids))
    place = {code_id: at for at, code_id in enumerate(code_ids)}
    first = np.array([born.get(code_id, 0) for code_id in code_ids], dtype=np.int64)
    for row, passage_id in enumerate(passage_ids):
        judged = stands.get(passage_id)
        if judged is None:
            continue
        for codes, part in (
            (judged.confirmed, found.confirmed),
            (judged.rejected, found.rejected),
            (judged.open, found.open),
        ):
            part[row, [place[code] for code in codes if code in place]] = True
        if judged.reviewed_at is not None:
            found.reviewed[row] = first <= judged.reviewed_at
    return found


def as_stanced(
    stands: Mapping[int, Judged],
    heard: Heard,
    rows: Floats,
    marked: Heard,
    marked_rows: Floats,
    shared: Sequence[Sequence[int]],
) -> tuple[Stanced, Touching]:
    """The stances people gave on passages that are heard, then on those they marked themselves.

    And which of them lie over which passages: `shared` says whose words each marked one shares.
    """
    sources = sorted({*heard.groups, *marked.groups})
    number = {source: at for at, source in enumerate(sources)}
    ids = [*heard.ids, *marked.ids]
    groups = [number[source] for source in (*heard.groups, *marked.groups)]
    found = [
        (row, STANCES.index(stance))
        for row, passage_id in enumerate(ids)
        if passage_id in stands
        for stance in sorted(stands[passage_id].stances)
    ]
    places = np.array([row for row, _ in found], dtype=np.int64)
    inside = len(heard.ids)
    over = [shared[row - inside] if row >= inside else () for row in places]
    said = Stanced(
        np.vstack([rows, marked_rows])[places],
        np.array([stance for _, stance in found], dtype=np.int64),
        np.array(groups, dtype=np.int64)[places],
        np.where(places < inside, places, -1),
    )
    return said, touching(over, range(len(over)))
