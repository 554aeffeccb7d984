"""What comes back from the child process, believed only after it has been looked at.

A file may have taken the child over. So an answer is JSON, bounded before it is parsed, and a
reading has to be one: offsets within the text, numbers that are numbers, text that can be stored.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn, TypeGuard, get_args

from transcripts.errors import RefusedFile
from transcripts.framing import BrokenMessage
from transcripts.intake import MIB
from transcripts.reading_json import reading_from_json
from transcripts.survey import SurveyColumns
from transcripts.turns import Kind, LeftOut, Reading, Turn

MOST_ANSWER = 64 * MIB
MOST_ITEMS = 4_000_000
"""Values in an answer: each may cost the one who parses it many times its bytes."""
LONGEST_SENTENCE = 1_000


def reading_in(name: str, answer: bytes) -> Reading:
    """The reading of the file `name`; raises RefusedFile as the reader did, or BrokenMessage."""
    try:
        written = _parsed(answer)
        if "refused" in written:
            place, reason, way_out = map(_sentence, written["refused"])
            raise RefusedFile(name, place, reason, way_out)
        reading = replace(reading_from_json(written["reading"]), name=name)
        sound = _is_sound(reading)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise BrokenMessage from wrong
    if not sound:
        raise BrokenMessage
    return reading


def _parsed(answer: bytes) -> dict[str, Any]:
    if sum(answer.count(mark) for mark in (b",", b":", b"[", b"{")) > MOST_ITEMS:
        raise ValueError
    written = json.loads(answer.decode("utf-8"), parse_constant=_no_number)
    if not isinstance(written, dict):
        raise TypeError
    return written


def _no_number(_written: str) -> NoReturn:
    raise ValueError


def _sentence(said: object) -> str:
    if not _is_text(said):
        raise TypeError
    return said[:LONGEST_SENTENCE]


def _is_sound(reading: Reading) -> bool:
    return (
        _is_text(reading.text)
        and _are_turns(reading.turns, len(reading.text))
        and all(map(_is_left_out, reading.left_out))
        and (reading.kind is None or reading.kind in get_args(Kind))
        and _are_attributes(reading.attributes)
        and all(map(_is_text, reading.columns))
        and (reading.survey is None or _is_survey(reading.survey))
    )


def _are_turns(turns: tuple[Turn, ...], length: int) -> bool:
    """Whether turns follow each other within the text; there has to be one."""
    before = 0
    for turn in turns:
        if not (_is_count(turn.start) and _is_count(turn.end)):
            return False
        if not before <= turn.start < turn.end <= length:
            return False
        if not (_is_text_or_none(turn.speaker) and _is_text_or_none(turn.question)):
            return False
        if not (_is_time(turn.starts_at) and _is_time(turn.ends_at)):
            return False
        before = turn.end
    return bool(turns)


def _is_left_out(one: LeftOut) -> bool:
    worded = _is_text(one.what) and _is_text(one.where) and _is_text(one.why)
    return worded and _is_count(one.words) and isinstance(one.stored, bool)


def _are_attributes(attributes: Mapping[str, Mapping[str, str]]) -> bool:
    return all(
        _is_text(who) and all(_is_text(name) and _is_text(value) for name, value in said.items())
        for who, said in attributes.items()
    )


def _is_survey(survey: SurveyColumns) -> bool:
    named = all(map(_is_text, (*survey.attributes, *survey.questions)))
    return named and _is_text_or_none(survey.id)


def _is_text(value: object) -> TypeGuard[str]:
    """Text without halves of letters, which no store takes (UnicodeEncodeError, a ValueError)."""
    return isinstance(value, str) and (value.isascii() or bool(value.encode()))


def _is_text_or_none(value: object) -> bool:
    return value is None or _is_text(value)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_time(value: object) -> bool:
    return value is None or (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    )
