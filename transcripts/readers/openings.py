"""Where somebody begins to speak: the shapes recorders and people write, told apart by the file.

    Asha: text             Asha (on its own line)      [00:12:31] Asha: text
    00:12:31 Asha          Asha  55:21                 [Asha] 11:02:09
    00:00:01 --> 00:00:05 above Asha above the text, or Asha above the time

A line is judged by its shape, then by what the whole file does: one line that only looks like a
name is no speaker.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.readers.labels import (
    MOST_WITH_BRACKETS,
    Head,
    behaves,
    head_of,
    is_label,
    speakers_among,
)
from transcripts.readers.stamps import Stamp, leading_stamp, trailing_stamp
from transcripts.turns import is_facilitator_label

MOST_NAME_WORDS = 6
"""Words of a name that has no colon after it."""
FEWEST_ALONE = 3
"""Lines that are nothing but a name, before such lines are believed."""

_BRACKETED_NAME = re.compile(r"\[([^\[\]]+)\]")
_NO_NAME = re.compile(r"[.!?,;:…\"“”]$|[?!;\"“”…=<>{}|:]")


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that names who speaks, or when, or both; the speech begins at `after` in the line."""

    label: str | None
    after: int
    starts_at: float | None = None
    ends_at: float | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What one line looks like by itself."""

    head: Head | None = None
    after: int = 0
    name: str | None = None
    stamp: Stamp | None = None
    on_the_wall: bool = False
    """Whether the time is of the day, as in Zoom's saved captions."""

    def opening(self, label: str | None) -> Opening:
        stamp = self.stamp
        return Opening(
            label,
            self.after,
            stamp.starts_at if stamp else None,
            stamp.ends_at if stamp else None,
        )


def openings_of(lines: Sequence[str]) -> list[Opening | None]:
    """For each line that isn't blank: what it opens, or None where it is only speech."""
    shapes = [_shape(line) for line in lines]
    speakers = speakers_among(shape.head for shape in shapes if shape.head)
    colons = sum(1 for shape in shapes if shape.head and is_label(shape.head, speakers))
    stamped = _stamped_names(shapes)
    alone = _names_beside_times(lines, shapes) if not stamped else []
    if not alone and not stamped:
        alone = _names_with_words_below(lines, shapes)
    # The shape most of the file has is its own; "Good: yes" in a file of the others is speech.
    if max(len(stamped), len(alone)) >= max(colons, 1):
        named = {shapes[at].name for at in stamped} | {_name(lines[at]) for at in alone}
        speakers &= {name for name in named if name}
    else:
        stamped, alone = [], []
    lone = len(_lone_stamps(lines, shapes)) > 1
    names_alone, names_stamped = set(alone), set(stamped)
    openings = [
        Opening(_name(line), len(line))
        if at in names_alone
        else _opening(line, shape, speakers, at in names_stamped, lone)
        for at, (line, shape) in enumerate(zip(lines, shapes, strict=True))
    ]
    return _from_the_start(shapes, _said_below(lines, openings))


def _said_below(lines: Sequence[str], openings: list[Opening | None]) -> list[Opening | None]:
    """The openings; below a label that has no words yet, a word with a colon that comes once is
    what is said: `Twice: yes.` below `Tom: (12:31)`.
    """
    times = Counter(opening.label for opening in openings if opening)
    kept = list(openings)
    for at, opening in enumerate(openings):
        above = kept[at - 1] if at else None
        waits = above is not None and above.label and above.after >= len(lines[at - 1])
        if waits and opening and opening.label and opening.starts_at is None:
            once = times[opening.label] == 1 and opening.label.isalpha()
            if once and not is_facilitator_label(opening.label):
                kept[at] = None
    return kept


def _shape(line: str) -> _Shape:
    lead = leading_stamp(line)
    rest = line[lead.end :] if lead else line
    head = head_of(rest)
    if head:
        return _headed(line, head, lead)
    if lead:
        return _Shape(after=lead.end, name=_name(rest), stamp=lead)
    trail = trailing_stamp(line)
    if trail:
        before = line[: trail.start].strip()
        bracketed = _BRACKETED_NAME.fullmatch(before)
        name = _name(bracketed[1] if bracketed else before)
        if name:
            return _Shape(None, len(line), name, trail, on_the_wall=bool(bracketed))
    return _Shape()


def _headed(line: str, head: Head, lead: Stamp | None) -> _Shape:
    """A label before a colon; a time may stand before it, in it, or right after the colon."""
    offset = lead.end if lead else 0
    stamp, after = lead, offset + head.after
    inside = trailing_stamp(head.label)
    if inside and inside.start and stamp is None:
        stamp = inside
        head = replace(head, label=head.label[: inside.start].strip())
    behind = leading_stamp(line[after:])
    if stamp is None and behind and behind.sure:
        stamp, after = behind, after + behind.end
    return _Shape(head, after, None, stamp)


def _name(words: str) -> str | None:
    """The words as a name, if they could be one with no colon after it."""
    if len(words) > MOST_WITH_BRACKETS:
        return None
    name = " ".join(words.split())
    if not name or len(name.split()) > MOST_NAME_WORDS or _NO_NAME.search(name):
        return None
    return name if behaves(name, 1) else None


def _stamped_names(shapes: Sequence[_Shape]) -> list[int]:
    """Lines with a name beside a time and no colon, where the file goes on that way."""
    named = [at for at, shape in enumerate(shapes) if shape.name]
    return named if len(named) > 1 or named == [0] else []


def _lone_stamps(lines: Sequence[str], shapes: Sequence[_Shape]) -> list[int]:
    """Lines that are nothing but a time."""
    return [
        at
        for at, (line, shape) in enumerate(zip(lines, shapes, strict=True))
        if shape.stamp and not shape.head and shape.after >= len(line)
    ]


def _opening(
    line: str, shape: _Shape, speakers: frozenset[str], stamped: bool, lone: bool
) -> Opening | None:
    stamp = shape.stamp
    if shape.head and is_label(shape.head, speakers):
        return shape.opening(shape.head.label)
    if shape.name and stamped:
        return replace(shape.opening(shape.name), after=len(line))
    lead = leading_stamp(line) if stamp else None
    if lead and (lead.sure or (lone and lead.end >= len(line))):
        return Opening(None, lead.end, lead.starts_at, lead.ends_at)
    return None


def _names_beside_times(lines: Sequence[str], shapes: Sequence[_Shape]) -> list[int]:
    """A name, a time and the words, each on a line of its own; in Teams' older shape the time
    stands above the name.
    """
    lone = _lone_stamps(lines, shapes)
    below = [at + 1 for at in lone if _is_name_above_words(lines, shapes, at + 1, at + 2)]
    above = [at - 1 for at in lone if at and _is_name_above_words(lines, shapes, at - 1, at + 1)]
    found = max(below, above, key=len)
    return found if len(found) > 1 and len(found) >= 0.8 * len(lone) else []


def _is_name_above_words(
    lines: Sequence[str], shapes: Sequence[_Shape], name: int, words: int
) -> bool:
    if words >= len(lines) or shapes[name].stamp is not None:
        return False
    return _name(lines[name]) is not None and shapes[words].stamp is None


def _names_with_words_below(lines: Sequence[str], shapes: Sequence[_Shape]) -> list[int]:
    """Names alone on their lines, where they come back and each has words below."""
    names = [
        _name(line) if shape.stamp is None else None
        for line, shape in zip(lines, shapes, strict=True)
    ]
    times = Counter(name for name in names if name)
    known = {name for name, count in times.items() if count > 1 or is_facilitator_label(name)}
    found = [at for at, name in enumerate(names) if name in known]
    spoken = all(
        at + 1 < len(names) and names[at + 1] not in known and shapes[at + 1].stamp is None
        for at in found
    )
    return found if spoken and len(found) >= FEWEST_ALONE and len(known) > 1 else []


def _from_the_start(
    shapes: Sequence[_Shape], openings: list[Opening | None]
) -> list[Opening | None]:
    """Times of the day turned into times from the first of them."""
    wall = [
        opening.starts_at
        for shape, opening in zip(shapes, openings, strict=True)
        if opening and opening.starts_at is not None and shape.on_the_wall
    ]
    if not wall or wall[0] is None:
        return openings
    first, day = wall[0], 24 * 3600
    return [
        replace(opening, starts_at=(opening.starts_at - first) % day)
        if opening and opening.starts_at is not None and shape.on_the_wall
        else opening
        for shape, opening in zip(shapes, openings, strict=True)
    ]
