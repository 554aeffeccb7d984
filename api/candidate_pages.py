"""What the candidate themes' pages show: the list, the one that is open, and its panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Query
from sqlalchemy.orm import Session

from api.policies import RESEARCHERS, Access
from capture import job_rows
from capture.runs import discoveries
from capture.runs.looking_again import outlook
from capture.theming.found import LEVELS, Level
from codebook import candidates
from codebook.asking import ANALYSIS
from codebook.bookshelf import shelf
from codebook.candidate_kin import finer
from codebook.candidate_view import weakest_members
from codebook.candidates import CandidateLine, CandidateView
from codebook.theme_runs import preview_waits, told_of_last

State = Literal["undecided", "mapped", "adopted", "merged", "dismissed", "all"]
Order = Literal["size", "steadiness"]
Panel = Literal["map", "adopt", "rename", "merge", "split", "dismiss", "additions"]
SPLIT_AT_MOST = 300
"""Members to pick from in one go: more than anyone reads at a sitting."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the list is shown, as the address says it."""

    state: State = "undecided"
    order: Order = "size"

    @property
    def query(self) -> str:
        """The address's ending that shows the same again."""
        return f"?state={self.state}&order={self.order}"


def shown(
    state: Annotated[State, Query()] = "undecided", order: Annotated[Order, Query()] = "size"
) -> Shown:
    """What of the list is asked for."""
    return Shown(state, order)


def list_page(
    session: Session, access: Access, wanted: Shown, granularity: Level
) -> dict[str, Any]:
    """The list of one granularity, with its first candidate open where there is room."""
    lines = _lines(session, access, wanted, granularity, None)
    first = candidates.view(session, access.study.id, lines[0].id) if lines else None
    return _context(session, access, wanted, granularity, lines, first)


def open_page(session: Session, access: Access, wanted: Shown, candidate_id: int) -> dict[str, Any]:
    """A candidate with the list it stands in."""
    found = candidates.view(session, access.study.id, candidate_id)
    granularity = found.row.granularity
    lines = _lines(session, access, wanted, granularity, candidate_id)
    return _context(session, access, wanted, granularity, lines, found)


def panel_page(
    session: Session,
    access: Access,
    wanted: Shown,
    candidate_id: int,
    panel: Panel,
    like: int | None,
) -> dict[str, Any]:
    """A candidate with the panel in which one thing is done with it."""
    context = open_page(session, access, wanted, candidate_id)
    context["panel"] = panel
    if panel in {"map", "adopt"}:
        context["shelf"] = shelf(session, access.study.id)
    if panel == "merge":
        context["groups"] = _merge_into(session, access, context["one"])
    if panel == "split":
        parts = finer(context["one"].row, context["one"].kin)
        part = next((one for one in parts if one.id == like), None)
        shown, ticked = weakest_members(
            session, candidate_id, SPLIT_AT_MOST, like=part.id if part else None
        )
        context |= {"members": shown, "ticked": ticked, "parts": parts, "part": part}
    if panel == "additions":
        context["members"] = candidates.additions(session, candidate_id)[:SPLIT_AT_MOST]
    return context


def _lines(
    session: Session, access: Access, wanted: Shown, granularity: str, keep: int | None
) -> list[CandidateLine]:
    return candidates.candidate_lines(
        session,
        access.study.id,
        granularity=granularity,
        state=wanted.state,
        order=wanted.order,
        keep=keep,
    )


def _context(
    session: Session,
    access: Access,
    wanted: Shown,
    granularity: str,
    lines: Sequence[CandidateLine],
    one: CandidateView | None,
) -> dict[str, Any]:
    counts = candidates.counts(session, access.study.id)
    job = job_rows.latest(session, access.study.id, ANALYSIS)
    last = discoveries.latest(session, access.study.id)
    return {
        "base": f"/studies/{access.study.id}/candidates",
        "shown": wanted,
        "granularity": granularity,
        "granularities": LEVELS,
        "counts": counts,
        "lines": lines,
        "largest": max((line.size for line in lines), default=1),
        "one": one,
        "next_id": _next_undecided(lines, one),
        "discovery": last,
        # Only asked for by whole pages: it counts all segments of the study.
        "outlook": lambda: outlook(session, last) if last else None,
        "preview": preview_waits(session, access.study.id),
        "account": told_of_last(session, access.study.id),
        "may_look": access.may(RESEARCHERS),
        "job": job,
        "unfinished": job is not None and job.state in job_rows.UNFINISHED,
        "panel": None,
    }


def _next_undecided(lines: Sequence[CandidateLine], one: CandidateView | None) -> int | None:
    """The next that waits for a decision: further down, else from the top."""
    if one is None:
        return None
    at = next((i for i, line in enumerate(lines) if line.id == one.row.id), -1)
    order = [*lines[at + 1 :], *lines[: max(at, 0)]]
    return next((line.id for line in order if line.state == "undecided"), None)


def _merge_into(session: Session, access: Access, one: CandidateView) -> list[dict[str, Any]]:
    lines = candidates.candidate_lines(
        session, access.study.id, granularity=one.row.granularity, state="all"
    )
    open_to = ("undecided", "mapped", "adopted")
    return [
        {
            "label": "waiting for a decision" if state == "undecided" else state,
            "options": [
                {
                    "value": line.id,
                    "label": line.title,
                    "hint": f"{line.size} passages, heard from {line.participants} people",
                }
                for line in lines
                if line.state == state and line.id != one.row.id
            ],
        }
        for state in open_to
    ]
