"""Segments: the machine's unit, one to four sentences of one turn, about 15 to 120 words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transcripts.long_sentences import MOST_WORDS, cut
from transcripts.replacing import OFF_THE_RECORD_MARK
from transcripts.sentences import Span, sentences_of_all
from transcripts.turns import Turn, count_words

KeptOut = Literal["back-channel"]

FEWEST_WORDS = 15
AIM_WORDS = 50
MOST_SENTENCES = 4

_TOO_SHORT_COSTS = 2.0
_BACK_CHANNEL_WORDS = 4
_BACK_CHANNEL = re.compile(
    r"""(?: yeah | yea | yep | yup | yes | no | nope | nah | ok | okay | right | sure | true | oh
          | ah | aha | uh | um | er | erm | m+ | mh?m+ | h+m+ | uh-huh | mm-hmm | mhm | hm
          | thanks | thank\ you | cheers | please | sorry | great | good | lovely | brilliant
          | fine | cool | wow | nice | perfect | excellent | absolutely | exactly | definitely
          | indeed | totally | agreed | precisely | of\ course | i\ see | got\ it | fair\ enough
          | that's\ (?:right|true|fine|it) | very\ (?:much|good|nice) | laughs | laughter
          | pause | silence | inaudible | crosstalk
        ) (?: \  | $ )""",
    re.VERBOSE,
)
_BACK_CHANNELS = re.compile(rf"(?:{_BACK_CHANNEL.pattern})*", re.VERBOSE)
_OFF_RECORD = re.compile(
    rf"""(?: [\s(“‘"'–—-]{{0,9}} {re.escape(OFF_THE_RECORD_MARK)} [\s)”’"'.,;:!?…–—-]{{0,9}} )+""",
    re.VERBOSE,
)
"""Marks next to each other, with the signs around them, which belong to no sentence any more."""
_NOT_WORDS = re.compile(r"[^\w'-]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]`, without surrounding white space, of the turn with index `turn`.

    `kept_out` says why the segment stays out of fitting (it is stored all the same).
    """

    turn: int
    start: int
    end: int
    words: int
    kept_out: KeptOut | None = None


def segment(text: str, turns: Sequence[Turn]) -> tuple[Segment, ...]:
    """Cut every turn into segments, in the order of the turns; every sentence is in exactly one.

    What was off the record parts what stands before it from what stands after.
    """
    runs = [(at, *run) for at, turn in enumerate(turns) for run in _runs(text, turn)]
    spoken = [text[start:end] for _, start, end in runs]
    segments: list[Segment] = []
    for (turn, offset, _), speech, found in zip(
        runs, spoken, sentences_of_all(spoken), strict=True
    ):
        pieces = [piece for sentence in found for piece in cut(speech, sentence)]
        for start, end in _grouped(speech, pieces):
            segments.append(_segment(turn, offset, speech, start, end))
    return tuple(segments)


def is_back_channel(words: str) -> bool:
    """Whether a segment only keeps the talk going: "Yeah.", "Mm.", "Okay, thank you."."""
    bare = _NOT_WORDS.sub(" ", words.replace("’", "'").lower()).strip(" -'")
    return count_words(bare) <= _BACK_CHANNEL_WORDS and bool(_BACK_CHANNELS.fullmatch(bare))


def _runs(text: str, turn: Turn) -> list[Span]:
    """What a turn says between marks of what was off the record, and the marks, in order."""
    runs: list[Span] = []
    at = turn.start
    for mark in _OFF_RECORD.finditer(text, turn.start, turn.end):
        runs += [(at, mark.start()), mark.span()]
        at = mark.end()
    return [(start, end) for start, end in [*runs, (at, turn.end)] if text[start:end].strip()]


def _segment(turn: int, offset: int, speech: str, start: int, end: int) -> Segment:
    words = speech[start:end]
    kept_out: KeptOut | None = "back-channel" if is_back_channel(words) else None
    return Segment(turn, offset + start, offset + end, count_words(words), kept_out)


def _grouped(speech: str, pieces: list[Span]) -> list[Span]:
    """Neighbouring sentences put together so that the lengths come nearest to the aim.

    The cheapest partition by dynamic programming: squared distance from the aim, and a price on
    each group too short to stand for itself.
    """
    words = [count_words(speech[start:end]) for start, end in pieces]
    cheapest: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        options = []
        for begin in range(max(0, end - MOST_SENTENCES), end):
            together = sum(words[begin:end])
            if end - begin == 1 or together <= MOST_WORDS:
                options.append((cheapest[begin][0] + _cost(together), begin))
        cheapest.append(min(options))
    return _walked_back(pieces, [begin for _, begin in cheapest])


def _cost(words: int) -> float:
    away = (words - AIM_WORDS) / AIM_WORDS
    return away * away + (_TOO_SHORT_COSTS if words < FEWEST_WORDS else 0.0)


def _walked_back(pieces: list[Span], begins: list[int]) -> list[Span]:
    groups: list[Span] = []
    end = len(pieces)
    while end:
        begin = begins[end]
        groups.append((pieces[begin][0], pieces[end - 1][1]))
        end = begin
    return groups[::-1]
