"""What a reader hands on: one stored text, the turns in it, and what was left out.

Offsets are Unicode code points, half-open, into `Reading.text`; a quote is `text[start:end]`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from transcripts.survey import SurveyColumns

Kind = Literal["interview", "focus group", "reflective session", "survey"]
Record = Literal["verbatim", "notes"]
Scope = Literal["quote with role", "quote unattributed", "analysis only", "withdrawn"]
Audience = Literal["inside the programme", "public"]

_WORD = re.compile(r"\w[\w\u0300-\u036f]*(?:['’\-][\w\u0300-\u036f]+)*")

_ASKS = r"(?:interviewer|facilitator|moderator|researcher)s?"
_FACILITATOR = re.compile(
    rf"""(?: (?: lead | main | second | research | co ) [\s-]* )?
         (?: {_ASKS} | int | fac | mod ) \.?
         (?: [\s#]* \d{{1,2}} | [\s#]+ [a-z] )?       # Facilitator 2, Interviewer B
         (?: [\s,–-]+ (?! of\b | for\b )            # Interviewer Jo, but not "facilitator of"
             \w[\w'’.-]* (?: \s \w[\w'’.-]* )? )?
         (?: \s* [(\[] .* [)\]] )?                  # Interviewer (her organisation)
      """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_FACILITATOR = re.compile(rf".+[(\[]\s*{_ASKS}\s*\d*\s*[)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said before the next spoke: `text[start:end]`, without label and time.

    Times are seconds from the start of the recording. In a survey `speaker` is the respondent
    and `question` what was asked: context, never coded.
    """

    speaker: str | None
    start: int
    end: int
    starts_at: float | None = None
    ends_at: float | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that became no turn: what, where, why, and how many words.

    `stored` says whether the words still stand in the text (a heading does; a deletion doesn't).
    """

    what: str
    where: str
    why: str
    words: int
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read. `attributes` is for surveys: respondent -> column -> value.

    `columns` are all that a survey has, in the file's order, and `survey` says how they were read.
    """

    name: str
    text: str
    turns: tuple[Turn, ...]
    left_out: tuple[LeftOut, ...] = ()
    kind: Kind | None = None
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    survey: SurveyColumns | None = None


def count_words(text: str) -> int:
    """How many words stand in `text` ("don't" and "well-being" are one each)."""
    # One by one, for a list of them may take far more memory than the text.
    return sum(1 for _ in _WORD.finditer(text))


def words_touched(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many words of `text` stand in one of the spans [start, end), wholly or in part."""
    words = (match.span() for match in _WORD.finditer(text))
    return sum(any(start < to and since < end for since, to in spans) for start, end in words)


def is_facilitator_label(label: str) -> bool:
    """Whether a speaker label says that this person asks: "Interviewer", "Facilitator 2"."""
    label = " ".join(label.split())
    return bool(_FACILITATOR.fullmatch(label) or _NAMED_FACILITATOR.fullmatch(label))
