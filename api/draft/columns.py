"""What the columns of a survey were said to be, on a draft's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from capture.draft.look import DraftLook
from capture.errors import Unfit
from transcripts.survey import SurveyColumns

CHOICES = (
    ("question", "a question, with answers to code"),
    ("attribute", "describes who answered"),
    ("id", "names who answered"),
    ("", "left out"),
)


def columns_said(columns: Sequence[str], typed: Mapping[str, str]) -> SurveyColumns:
    """The survey's columns from the fields `column-0`, `column-1` …; Unfit where they won't do."""
    if not columns:
        raise Unfit("This file is no survey.", way_out="Only a survey has columns.")
    chosen = {name: typed.get(f"column-{number}", "") for number, name in enumerate(columns)}
    named = [name for name, what in chosen.items() if what == "id"]
    if len(named) > 1:
        both = " and ".join(f"“{name}”" for name in named[:2])
        raise Unfit(f"{both} can't both name who answered.", way_out="Choose one of them.")
    questions = tuple(name for name, what in chosen.items() if what == "question")
    if not questions:
        raise Unfit("No column is a question.", way_out="Say which columns hold answers.")
    attributes = tuple(name for name, what in chosen.items() if what == "attribute")
    return SurveyColumns(named[0] if named else None, attributes, questions)


def survey_context(look: DraftLook) -> dict[str, Any]:
    """The columns of a survey as they were read, each with what it was taken for."""
    survey = look.survey
    taken = [(name, _taken_for(name, survey)) for name in look.columns]
    questions = sum(what == "question" for _, what in taken)
    said = f"{questions} question{'' if questions == 1 else 's'} of {len(taken)} columns"
    return {"columns": taken, "columns_said": said, "column_choices": CHOICES}


def _taken_for(name: str, survey: SurveyColumns | None) -> str:
    if survey is None:
        return ""
    if name == survey.id:
        return "id"
    if name in survey.questions:
        return "question"
    return "attribute" if name in survey.attributes else ""
