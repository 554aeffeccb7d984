"""Where a span ends beside its first and last word: the punctuation that belongs to it."""

from transcripts.spoken_words import Span, Words


def span_over(new: Words, words: Span, old: Words, before: Span, span: Span) -> Span:
    """The span over words [first, last] of `new` that takes what `span` took over `before`.

    A span that had all the punctuation its words had (a closing full stop, opening quotation
    marks) has all of what they have now, and one that left it out leaves it out.
    """
    start = _start(new, words[0], old, before[0], span[0])
    end = _end(new, words[1], old, before[1], span[1])
    return max(0, start), min(end, len(new.text))


def _start(new: Words, word: int, old: Words, before: int, start: int) -> int:
    begins, began = new.starts[word], old.starts[before]
    if start > began:  # it begins inside a word, so it can only begin there where that is the same
        return begins + (start - began if _alike(new, word, old, before) else 0)
    taken, there, here = old.text[start:began], _gap_before(old, before), _gap_before(new, word)
    if len(taken) >= len(_attached_before(there)):
        return begins - max(len(_attached_before(here)), _if(here.endswith(taken), taken))
    return begins - _if(here.endswith(taken), taken)


def _end(new: Words, word: int, old: Words, before: int, end: int) -> int:
    ends, ended = new.ends[word], old.ends[before]
    if end < ended:
        return ends - (ended - end if _alike(new, word, old, before) else 0)
    taken, there, here = old.text[ended:end], _gap_after(old, before), _gap_after(new, word)
    if len(taken) >= len(_attached_after(there)):
        return ends + max(len(_attached_after(here)), _if(here.startswith(taken), taken))
    return ends + _if(here.startswith(taken), taken)


def _if(there: bool, taken: str) -> int:
    return len(taken) if there else 0


def _alike(new: Words, word: int, old: Words, before: int) -> bool:
    said = old.text[old.starts[before] : old.ends[before]]
    return new.text[new.starts[word] : new.ends[word]] == said


def _gap_before(words: Words, word: int) -> str:
    """What stands between a word and the one before; "\\n" for where the text begins."""
    if word == 0:
        return "\n" + words.text[: words.starts[0]]
    return words.text[words.ends[word - 1] : words.starts[word]]


def _gap_after(words: Words, word: int) -> str:
    if word + 1 == len(words.keys):
        return words.text[words.ends[word] :] + "\n"
    return words.text[words.ends[word] : words.starts[word + 1]]


def _attached_before(gap: str) -> str:
    """Punctuation right before a word: “ or (. Between two halves of "well-being" there is none."""
    kept = gap.rstrip()
    if len(kept) < len(gap) or not any(map(str.isspace, gap)):
        return ""
    return gap[max(at for at, char in enumerate(gap) if char.isspace()) + 1 :]


def _attached_after(gap: str) -> str:
    """Punctuation right after a word: its comma, its full stop, closing quotation marks."""
    for at, char in enumerate(gap):
        if char.isspace():
            return gap[:at]
    return ""
