"""Studies: finding one by name, beginning one, and the attributes it defines."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from capture.errors import NotFound, Unfit
from capture.models import Study, StudyAttribute

LONGEST_NAME = 120


def begin_study(session: Session, name: str) -> Study:
    """The study of this name, made when it is new. Raises Unfit for a name no one could read."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Unfit(
            f"A study's name has 1 to {LONGEST_NAME} characters.", way_out="Give it a shorter name."
        )
    study = session.scalar(select(Study).where(Study.name == name))
    if study is None:
        study = Study(name=name)
        session.add(study)
        session.flush()
    return study


def study_named(session: Session, name: str) -> Study:
    """The study of this name; raises NotFound, naming those there are."""
    study = session.scalar(select(Study).where(Study.name == " ".join(name.split())))
    if study is not None:
        return study
    names = session.scalars(select(Study.name).order_by(Study.name)).all()
    there = "There are: " + "; ".join(names) + "." if names else "There is no study yet."
    raise NotFound(f'No study is called "{name}".', way_out=there)


def attribute_id(session: Session, study_id: int, name: str) -> int:
    """The id of a study's attribute, defined when it is new; "Innovation" is "innovation"."""
    wanted = " ".join(name.split())
    for row in session.scalars(select(StudyAttribute).where(StudyAttribute.study_id == study_id)):
        if row.name.casefold() == wanted.casefold():
            return row.id
    found = StudyAttribute(study_id=study_id, name=wanted)
    session.add(found)
    session.flush()
    return found.id


def attribute_names(session: Session, study_id: int) -> list[str]:
    """What the study records of its transcripts and people, in the order it was defined."""
    asked = select(StudyAttribute.name).where(StudyAttribute.study_id == study_id)
    return list(session.scalars(asked.order_by(StudyAttribute.id)))
