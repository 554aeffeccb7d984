"""Where to cut a stretch of speech that goes on too long: at a pause, a clause, a word."""

import re

from transcripts.sentences import Span
from transcripts.turns import count_words

MOST_WORDS = 120

# From the best place to cut to the worst; each cut falls before the matched white space.
_CUTS = (
    re.compile(r"(?<=[.?!…;])\s+|(?<!\s)\s*\n\s*|(?<!\s)\s+(?=[–—-]\s)|(?<=[–—])\s+"),
    re.compile(r"(?<=[,:)\]])\s+"),
    re.compile(
        r"(?<!\s)\s+(?=(?:and|but|so|because|then|which|or|when|if|although|like)\s)", re.IGNORECASE
    ),
    re.compile(r"(?<!\s)\s+"),
)


def cut(text: str, span: Span) -> list[Span]:
    """A span in pieces of at most 120 words, halved at the best place near its middle."""
    pending, pieces = [span], []
    while pending:
        start, end = pending.pop()
        gap = _best_gap(text, start, end) if count_words(text[start:end]) > MOST_WORDS else None
        if gap is None:
            pieces.append((start, end))
        else:
            pending += [(gap[1], end), (start, gap[0])]
    return pieces


def _best_gap(text: str, start: int, end: int) -> Span | None:
    """White space around the middle to cut at; None where the stretch has none at all."""
    middle = (start + end) // 2
    for share, kinds in ((0.2, _CUTS), (0.5, _CUTS[-1:])):
        reach = int((end - start) * share) + 1
        low, high = max(start + 1, middle - reach), min(end, middle + reach)
        for kind in kinds:
            gaps = [match.span() for match in kind.finditer(text, low, high)]
            inside = [gap for gap in gaps if start < gap[0] and gap[1] < end]
            if inside:
                return min(inside, key=lambda gap: abs(gap[0] - middle))
    return None
