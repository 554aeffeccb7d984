"""Keeping what the theme finder found, beside the candidate themes people already decided on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.embed import Embedder
from capture.models import CandidateMember, CandidateTheme
from capture.models import Discovery as DiscoveryRow
from capture.study_segments import StudySegment
from capture.themes import Discovery, FoundTheme

FEWEST_NEW = 5
"""From so many new passages on, what joins a decided theme is offered as a candidate of its own."""
SAME_FROM = 0.5
"""Jaccard overlap of members from which a found theme is one that was decided on before."""


def latest(session: Session, study_id: int) -> DiscoveryRow | None:
    """The last run of the theme finder over a study."""
    return session.scalar(
        select(DiscoveryRow)
        .where(DiscoveryRow.study_id == study_id)
        .order_by(DiscoveryRow.id.desc())
        .limit(1)
    )


def keep(
    session: Session,
    study_id: int,
    found: Discovery,
    segments: Sequence[StudySegment],
    *,
    fingerprint: str,
    embedder: Embedder,
) -> DiscoveryRow:
    """Store a run. Undecided themes of earlier runs give way; decided ones are never touched."""
    row = DiscoveryRow(
        study_id=study_id,
        fingerprint=fingerprint,
        model=embedder.model,
        precision=embedder.precision,
        parameters={"granularities": [one.name for one in found.granularities]},
        segments=len(segments),
        unthemed=found.unthemed,
        sentence=found.sentence,
    )
    session.add(row)
    session.flush()
    decided = _retire_undecided(session, study_id)
    for granularity in found.granularities:
        for position, found_theme in enumerate(granularity.themes):
            theme = _new_in(found_theme, decided.get(granularity.name, []), segments)
            if theme is not None:
                _add(session, row, granularity.name, position, theme, segments)
    return row


def overlap(a: set[int], b: set[int]) -> float:
    """Jaccard overlap of two sets of ids, 0 to 1."""
    return len(a & b) / len(a | b) if a or b else 0.0


def _new_in(
    theme: FoundTheme, decided: Sequence[set[int]], segments: Sequence[StudySegment]
) -> FoundTheme | None:
    """The theme, or what is new in it beside one that was decided on; None when too little is."""
    ids = {member.index: segments[member.index].passage_id for member in theme.members}
    known = [other for other in decided if overlap(set(ids.values()), other) >= SAME_FROM]
    if not known:
        return theme
    new = {index for index, passage in ids.items() if not any(passage in one for one in known)}
    if len(new) < FEWEST_NEW:
        return None
    return replace(
        theme,
        members=tuple(member for member in theme.members if member.index in new),
        exemplars=tuple(index for index in theme.exemplars if index in new),
        edge=theme.edge if theme.edge in new else None,
    )


def _retire_undecided(session: Session, study_id: int) -> dict[str, list[set[int]]]:
    """Supersede candidates nobody touched; give the members of the others, by granularity."""
    stay: dict[str, list[set[int]]] = defaultdict(list)
    for candidate in session.scalars(
        select(CandidateTheme).where(
            CandidateTheme.study_id == study_id, CandidateTheme.superseded.is_(False)
        )
    ):
        if candidate.state == "undecided" and candidate.name is None:
            candidate.superseded = True
            continue
        members = select(CandidateMember.passage_id).where(
            CandidateMember.candidate_id == candidate.id
        )
        stay[candidate.granularity].append(set(session.scalars(members)))
    return stay


def _add(
    session: Session,
    row: DiscoveryRow,
    granularity: str,
    position: int,
    theme: FoundTheme,
    segments: Sequence[StudySegment],
) -> None:
    heard = [segments[member.index] for member in theme.members]
    transcripts = len({segment.transcript_id for segment in heard})
    people = len({segment.person for segment in heard})
    candidate = CandidateTheme(
        study_id=row.study_id,
        discovery_id=row.id,
        granularity=granularity,
        position=position,
        label=theme.label,
        keyphrases=list(theme.keyphrases),
        found_in=theme.found_in,
        reruns=theme.reruns,
        participants=people,
        transcripts=transcripts,
        single_source=transcripts == 1 or people == 1,
    )
    session.add(candidate)
    session.flush()
    ranks = {index: rank for rank, index in enumerate(theme.exemplars)}
    session.add_all(
        CandidateMember(
            candidate_id=candidate.id,
            passage_id=segments[member.index].passage_id,
            strength=float(member.strength),
            exemplar=ranks.get(member.index),
            at_edge=member.index == theme.edge,
        )
        for member in theme.members
    )
