"""Which columns of a survey say who answered, what they are, and what they were asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SurveyColumns:
    """Column names of a survey file; `id` None numbers the respondents by line."""

    id: str | None
    attributes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
