"""One candidate theme with all it takes to decide: who it was heard from, its words, its codes."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from capture.candidate_members import sources
from capture.models import (
    CandidateAction,
    CandidateMember,
    CandidateTheme,
    Code,
    Segment,
    Suggestion,
    Transcript,
    User,
)
from capture.models.suggestion import LEARNT
from capture.runs.offering import offered
from capture.runs.standing import shaped_by_people
from capture.standing import looked_at
from codebook.candidate_kin import Kin, kin
from codebook.candidate_record import decided_how, find_candidate, title, undoable
from codebook.evidence import Evidence, load_evidence

MEMBERS_A_PAGE = 25
NEAREST = 4
DONE = {
    "map": "mapped",
    "adopt": "adopted",
    "rename": "renamed",
    "merge": "merged",
    "split": "split",
    "dismiss": "dismissed",
    "take in": "added to",
}


@dataclass(frozen=True, slots=True)
class HeardFrom:
    """Where a candidate's members come from."""

    passages: int
    people: int
    transcripts: int
    places: tuple[str, ...]
    waves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearestCode:
    """A code the members already lean to: `score` is the mean of their suggestions, 0 for none."""

    id: int
    name: str
    definition: str
    passages: int
    """Members it is suggested for."""
    score: float


@dataclass(frozen=True, slots=True)
class LastAction:
    """What was done last, and by whom; it can be undone from here."""

    id: int
    done: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Another candidate that this one took in, or was split off from."""

    id: int
    title: str
    action_id: int | None
    """The act, to be undone from here; none once something else was done with the other."""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate theme, ready to decide on."""

    row: CandidateTheme
    title: str
    heard: HeardFrom
    exemplars: list[Evidence]
    edge: Evidence | None
    nearest: list[NearestCode]
    last: LastAction | None
    decided: str
    """What was decided, to follow the title: "was mapped to …"; empty while undecided."""
    warning: str
    taken_in: list[Origin]
    """Candidates that were merged into this one, the latest first."""
    by_hand: bool
    """Whether people merged or split it, or added to it, since it was found."""
    split_from: Origin | None
    """The candidate from which a person split this one off."""
    kin: list[Kin]
    """Candidates of the other lists that share its passages."""
    offered: int
    """Passages found since near it, for a person to add or leave out."""


def view(session: Session, study_id: int, candidate_id: int) -> CandidateView:
    """A candidate of the study in full; NotFound when it is another study's."""
    row = find_candidate(session, study_id, candidate_id)
    members = sources(session, row.id)
    shown = [m.row for m in members if m.row.exemplar is not None]
    shown.sort(key=lambda member: member.exemplar or 0)
    edge = next((m.row for m in members if m.row.at_edge and m.row.exemplar is None), None)
    evidence = load_evidence(
        session, [(m.passage_id, m.strength) for m in [*shown, *([edge] if edge else [])]]
    )
    heard = _heard(
        session,
        len(members),
        len({m.person for m in members}),
        {m.transcript_id for m in members},
        {m.place for m in members if m.place},
    )
    return CandidateView(
        row=row,
        title=title(row),
        heard=heard,
        exemplars=[one for one in evidence if edge is None or one.passage_id != edge.passage_id],
        edge=next((one for one in evidence if edge and one.passage_id == edge.passage_id), None),
        nearest=nearest_codes(session, row.id),
        last=_last(session, row.id),
        decided="" if row.state == "undecided" else decided_how(session, row),
        warning=one_source(heard),
        taken_in=_taken_in(session, row.id),
        by_hand=bool(shaped_by_people(session, [row.id])),
        split_from=_split_from(session, row.id),
        kin=kin(session, row),
        offered=len(offered(session, row.id)),
    )


def _taken_in(session: Session, candidate_id: int) -> list[Origin]:
    merge_id = func.max(CandidateAction.id)
    rows = session.execute(
        select(CandidateTheme, merge_id)
        .join(CandidateAction, CandidateAction.candidate_id == CandidateTheme.id)
        .where(
            CandidateTheme.merged_into_id == candidate_id,
            CandidateTheme.state == "merged",
            CandidateAction.action == "merge",
            CandidateAction.undone.is_(False),
        )
        .group_by(CandidateTheme.id)
        .order_by(merge_id.desc())
    )
    return [Origin(one.id, title(one), action_id) for one, action_id in rows]


def _split_from(session: Session, candidate_id: int) -> Origin | None:
    row = session.execute(
        select(CandidateTheme, CandidateAction.id)
        .join(CandidateAction, CandidateAction.candidate_id == CandidateTheme.id)
        .where(
            CandidateAction.action == "split",
            CandidateAction.undone.is_(False),
            CandidateAction.before["made"].as_integer() == candidate_id,
        )
    ).first()
    if row is None:
        return None
    last = undoable(session, row[0].id)
    action_id = row[1] if last is not None and last.id == row[1] else None
    return Origin(row[0].id, title(row[0]), action_id)


def members_page(
    session: Session, candidate_id: int, page: int = 1, *, size: int = MEMBERS_A_PAGE
) -> list[Evidence]:
    """One page of the members with their words, strongest first; pages count from 1."""
    rows = session.execute(
        select(CandidateMember.passage_id, CandidateMember.strength)
        .join(Segment, Segment.passage_id == CandidateMember.passage_id)
        .where(CandidateMember.candidate_id == candidate_id, looked_at())
        .order_by(CandidateMember.strength.desc(), CandidateMember.passage_id)
        .offset((page - 1) * size)
        .limit(size)
    )
    return load_evidence(session, [(row.passage_id, row.strength) for row in rows])


def weakest_members(
    session: Session, candidate_id: int, most: int, *, like: int | None = None
) -> tuple[list[Evidence], set[int]]:
    """Members with their words, the weakest first: those that most likely belong elsewhere.

    With `like`, those that another candidate has too come before them; their ids are given.
    """
    theirs = select(CandidateMember.passage_id).where(CandidateMember.candidate_id == like)
    shared = set() if like is None else set(session.scalars(theirs))
    rows = session.execute(
        select(CandidateMember.passage_id, CandidateMember.strength)
        .join(Segment, Segment.passage_id == CandidateMember.passage_id)
        .where(CandidateMember.candidate_id == candidate_id, looked_at())
        .order_by(CandidateMember.strength, CandidateMember.passage_id)
    ).all()
    first = sorted(rows, key=lambda row: row.passage_id not in shared)[:most]
    shown = load_evidence(session, [(row.passage_id, row.strength) for row in first])
    return shown, shared & {row.passage_id for row in first}


def nearest_codes(session: Session, candidate_id: int) -> list[NearestCode]:
    """Codes the codebook suggests for the members, by mean score over all members."""
    members = (
        select(func.count(Segment.passage_id))
        .join(CandidateMember, CandidateMember.passage_id == Segment.passage_id)
        .where(CandidateMember.candidate_id == candidate_id, looked_at())
    )
    size = session.scalar(members) or 1
    total = func.sum(Suggestion.score)
    rows = session.execute(
        select(Code.id, Code.name, Code.definition, func.count(), total)
        .join(Suggestion, Suggestion.code_id == Code.id)
        .join(CandidateMember, CandidateMember.passage_id == Suggestion.passage_id)
        .join(Segment, Segment.passage_id == Suggestion.passage_id)
        .where(
            CandidateMember.candidate_id == candidate_id,
            Suggestion.source.in_(LEARNT),
            Code.retired.is_(False),
        )
        .group_by(Code.id)
        .order_by(total.desc(), Code.id)
        .limit(NEAREST)
    )
    return [
        NearestCode(code, name, words, count, score / size)
        for code, name, words, count, score in rows
    ]


def one_source(heard: HeardFrom) -> str:
    """Why the candidate needs a look, when all of it comes from one source."""
    if heard.people == 1:
        return "one person only"
    if heard.transcripts == 1:
        return "one transcript only"
    return "one place only" if len(heard.places) == 1 else ""


def _heard(
    session: Session, passages: int, people: int, transcript_ids: set[int], said_at: set[str]
) -> HeardFrom:
    rows = session.execute(
        select(Transcript.place, Transcript.wave).where(Transcript.id.in_(transcript_ids))
    ).all()
    waves = {wave for _, wave in rows if wave is not None}
    places = said_at | {place for place, _ in rows if place}
    return HeardFrom(
        passages, people, len(transcript_ids), tuple(sorted(places)), tuple(sorted(waves))
    )


def _last(session: Session, candidate_id: int) -> LastAction | None:
    action = undoable(session, candidate_id)
    if action is None:
        return None
    who = session.scalar(select(User.name).where(User.id == action.user_id)) or "someone"
    return LastAction(action.id, DONE[action.action], who, _when(action))


def _when(action: CandidateAction) -> str:
    return f"{action.created_at.day} {action.created_at:%B %Y at %H:%M} UTC"
