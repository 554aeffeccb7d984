"""The codes a person can choose from, under their facets, in reading order."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Code, Facet


@dataclass(frozen=True, slots=True)
class FacetOfCodes:
    """A facet with its codes that are in use."""

    key: str
    name: str
    takes_stance: bool
    codes: tuple[Code, ...]


def codes_to_choose(session: Session, study_id: int) -> list[FacetOfCodes]:
    """Every facet that has a code in use; retired codes are left out."""
    facets = session.scalars(
        select(Facet).where(Facet.study_id == study_id).order_by(Facet.position, Facet.id)
    ).all()
    codes = session.scalars(
        select(Code)
        .where(Code.study_id == study_id, Code.retired.is_(False))
        .order_by(Code.position, Code.id)
    ).all()
    shelves = [
        FacetOfCodes(
            facet.key,
            facet.name,
            facet.takes_stance,
            tuple(code for code in codes if code.facet_id == facet.id),
        )
        for facet in facets
    ]
    return [one for one in shelves if one.codes]
