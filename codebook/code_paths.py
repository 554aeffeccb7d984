"""Where each code stands: its path through the codebook and its place in reading order."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.models import Code, Facet


@dataclass(frozen=True, slots=True)
class CodePath:
    """A code with the path a reader would follow to it: facet › parent › name."""

    id: int
    key: str
    name: str
    facet: str
    facet_key: str
    takes_stance: bool
    path: str
    order: int
    retired: bool


def code_paths(session: Session, study_id: int) -> dict[int, CodePath]:
    """Codes by id, retired ones too: decisions may rest on them."""
    rows = session.execute(
        select(Code, Facet)
        .join(Facet, Facet.id == Code.facet_id)
        .where(Code.study_id == study_id)
        .order_by(Facet.position, Code.position, Code.id)
    ).all()
    names = {code.id: (code.name, code.parent_id) for code, _ in rows}
    return {
        code.id: CodePath(
            id=code.id,
            key=code.key,
            name=code.name,
            facet=facet.name,
            facet_key=facet.key,
            takes_stance=facet.takes_stance,
            path=" › ".join([facet.name, *_ancestry(code.id, names)]),
            order=order,
            retired=code.retired,
        )
        for order, (code, facet) in enumerate(rows)
    }


def _ancestry(code_id: int, names: dict[int, tuple[str, int | None]]) -> list[str]:
    """Names from the outermost parent to the code itself."""
    path: list[str] = []
    at: int | None = code_id
    while at is not None and at in names and len(path) < len(names):
        name, at = names[at]
        path.insert(0, name)
    return path
