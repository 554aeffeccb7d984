"""A reading as JSON and back: how it crosses from the child process, and waits in a draft."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from transcripts.survey import SurveyColumns
from transcripts.turns import LeftOut, Reading, Turn


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """Plain lists, strings and numbers that `reading_from_json` makes the same reading of."""
    return {
        "name": reading.name,
        "text": reading.text,
        "turns": [
            [t.speaker, t.start, t.end, t.starts_at, t.ends_at, t.question] for t in reading.turns
        ],
        "left_out": [asdict(one) for one in reading.left_out],
        "kind": reading.kind,
        "attributes": {who: dict(values) for who, values in reading.attributes.items()},
        "columns": list(reading.columns),
        "survey": None if reading.survey is None else survey_to_json(reading.survey),
    }


def reading_from_json(written: Mapping[str, Any]) -> Reading:
    """The reading that was written; raises KeyError or TypeError for anything else."""
    return Reading(
        name=written["name"],
        text=written["text"],
        turns=tuple(Turn(*one) for one in written["turns"]),
        left_out=tuple(LeftOut(**one) for one in written["left_out"]),
        kind=written["kind"],
        attributes=written["attributes"],
        columns=tuple(written["columns"]),
        survey=None if written["survey"] is None else survey_from_json(written["survey"]),
    )


def survey_to_json(survey: SurveyColumns) -> dict[str, Any]:
    """A survey's columns as plain values."""
    return {
        "id": survey.id,
        "attributes": list(survey.attributes),
        "questions": list(survey.questions),
    }


def survey_from_json(written: Mapping[str, Any]) -> SurveyColumns:
    """The columns that were written."""
    return SurveyColumns(written["id"], tuple(written["attributes"]), tuple(written["questions"]))
