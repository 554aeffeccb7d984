"""What is proposed for one passage, and the codes as a coder has to see them while deciding."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import CandidateTheme, Code, Facet, Suggestion
from capture.models.suggestion import LEARNT

MOST_SHOWN = 9
"""As many as there are keys to tick them with."""


STRONGEST_FIRST = (
    Suggestion.source.in_(LEARNT),
    Suggestion.score.desc(),
    Suggestion.code_id,
    Suggestion.source,
)
"""The order of a passage's suggestions: a person's word on a theme, then the likelier code."""


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A code with all that helps to decide on it; `open` is false once it is retired."""

    id: int
    name: str
    facet: str
    facet_key: str
    takes_stance: bool
    definition: str
    use_when: str
    not_when: str
    open: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a suggestion comes from: the codebook's words, decisions, or a candidate theme."""

    kind: str
    score: float
    theme: str | None = None
    """The candidate theme's name."""
    stance: str | None = None
    """The likely one."""
    because: tuple[int, ...] = ()
    """The nearest passages by id: confirmed for the code, then decided without it (negative)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code suggested for a passage, with every source of the suggestion; a theme comes first."""

    code_id: int
    sources: tuple[Source, ...]

    @property
    def score(self) -> float:
        """The first source's score, 0 to 1: of a theme how firmly it holds the passage."""
        return self.sources[0].score

    @property
    def stance(self) -> str | None:
        """The likely stance, where there is one."""
        return next((source.stance for source in self.sources if source.stance), None)

    @property
    def because(self) -> tuple[int, ...]:
        """The nearest decided passages, as a source has them."""
        return next((source.because for source in self.sources if source.because), ())

    def shown(self) -> dict[str, Any]:
        """What a decision keeps of it: code, score and source."""
        return {"code": self.code_id, "score": self.score, "source": self.sources[0].kind}


def code_cards(session: Session, study_id: int) -> dict[int, CodeCard]:
    """Every code of a study by its id, retired ones included, in the codebook's order."""
    rows = session.execute(
        # Columns in the order of CodeCard's fields: whole rows of both tables take thrice as long.
        select(
            Code.id,
            Code.name,
            Facet.name,
            Facet.key,
            Facet.takes_stance,
            Code.definition,
            Code.use_when,
            Code.not_when,
            ~Code.retired,
        )
        .join(Facet, Facet.id == Code.facet_id)
        .where(Code.study_id == study_id)
        .order_by(Facet.position, Code.position, Code.id)
    )
    return {row[0]: CodeCard(*row) for row in rows}


def proposals(session: Session, passage_id: int) -> list[Proposal]:
    """The suggestions for a passage, one a code, none of a retired one.

    First those from candidate themes, which people put under the code, then by likelihood.
    """
    rows = session.execute(
        select(Suggestion, CandidateTheme)
        .join(Code, Code.id == Suggestion.code_id)
        .outerjoin(CandidateTheme, CandidateTheme.id == Suggestion.candidate_id)
        .where(Suggestion.passage_id == passage_id, Code.retired.is_(False))
        .order_by(*STRONGEST_FIRST)
    )
    by_code: dict[int, list[Source]] = {}
    for suggestion, candidate in rows:
        theme = (candidate.name or candidate.label) if candidate else None
        source = Source(
            suggestion.source,
            suggestion.score,
            theme,
            suggestion.stance,
            tuple(suggestion.because),
        )
        by_code.setdefault(suggestion.code_id, []).append(source)
    found = [Proposal(code_id, tuple(sources)) for code_id, sources in by_code.items()]
    return found[:MOST_SHOWN]
