"""Whether a passage could as well be its neighbour: a word said twice, of which one copy went.

Of "Yeah, exactly. Yeah, exactly." and a text that has it once nobody can tell which was kept. What
was taken out or put in could be slid along the text without a difference; a passage that lies in
the slide is not known again.
"""

from collections.abc import Sequence

from transcripts.beside import Beside
from transcripts.spoken_words import Span


def could_slide(texts: Beside, words: Span, place: Span) -> bool:
    """Whether words [first, last] of the old text, at `place` in the new, lie in such a slide."""
    return _after(texts, words, place) or _before(texts, words, place)


def _after(texts: Beside, words: Span, place: Span) -> bool:
    paired = texts.place[words[1]] == place[1]
    end = texts.run_last[words[1]] if paired else words[1]
    new_end = place[1] + end - words[1]
    then = texts.after[end]
    out, put_in = then - end - 1, texts.place_of(then) - new_end - 1
    if out > 0 and put_in == 0:
        return _repeats(texts.old.keys, range(end, words[0] - 1, -1), out)
    if put_in > 0 and out == 0:
        return _repeats(texts.new.keys, range(new_end, place[0] - 1, -1), put_in)
    return False


def _before(texts: Beside, words: Span, place: Span) -> bool:
    paired = texts.place[words[0]] == place[0]
    begin = texts.run_first[words[0]] if paired else words[0]
    new_begin = place[0] - (words[0] - begin)
    then = texts.before[begin]
    out, put_in = begin - then - 1, new_begin - texts.place_of(then) - 1
    if out > 0 and put_in == 0:
        return _repeats(texts.old.keys, range(begin, words[1] + 1), -out)
    if put_in > 0 and out == 0:
        return _repeats(texts.new.keys, range(new_begin, place[1] + 1), -put_in)
    return False


def _repeats(keys: Sequence[str], words: range, away: int) -> bool:
    """Whether every one of these words stands again so many words away."""
    return all(0 <= word + away < len(keys) and keys[word] == keys[word + away] for word in words)
