"""Transcripts that are coded, and corrections at random that remember what became of every word.

Each word carries a number of its own. After a correction the numbers tell where a word went, so
that what was found by reading the two texts can be held against what was done to them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from transcripts.turns import Reading, Turn

COMMON = (
    "the",
    "and",
    "to",
    "of",
    "it",
    "was",
    "we",
    "a",
    "they",
    "that",
    "in",
    "for",
    "so",
    "not",
)
RARE = (
    *(
        "caseload",
        "hour",
        "visit",
        "kitchen",
        "table",
        "manager",
        "panel",
        "plan",
        "trust",
        "letter",
    ),
    *("summer", "meeting", "court", "school", "nursery", "health", "visitor", "review", "budget"),
    *("team", "morning", "phone", "family", "grandmother", "brother", "hospital", "training"),
    *("quiet", "notice", "board", "door", "knock", "weekly", "Friday", "bus", "soup", "choir"),
)
PHRASES = ("Yeah, exactly.", "Mm.", "I don't know.", "Thank you very much.", "That's it, yeah.")
LABELS = ("Facilitator", "P1", "P2", "Health visitor")


@dataclass(frozen=True)
class Word:
    """One written word, punctuation and all; `number` says which it is, whatever is mended."""

    text: str
    number: int


@dataclass
class Said:
    """A turn: who speaks, and the words."""

    label: str
    words: list[Word]


@dataclass
class Talk:
    """A transcript as turns of numbered words."""

    turns: list[Said]
    numbers: "count[int]" = field(default_factory=count)

    def word(self, text: str) -> Word:
        """A new word."""
        return Word(text, next(self.numbers))

    def words(self, text: str) -> list[Word]:
        """New words."""
        return [self.word(one) for one in text.split()]

    def copy(self) -> "Talk":
        """The same, to be changed."""
        return Talk([Said(one.label, list(one.words)) for one in self.turns], self.numbers)


@dataclass(frozen=True)
class Written:
    """A talk as a reading, and where each numbered word stands in its text."""

    reading: Reading
    places: dict[int, tuple[int, int]]
    order: list[int]


def written(talk: Talk) -> Written:
    """Put a talk on paper: "Label: words", a blank line between turns."""
    pieces: list[str] = []
    turns: list[Turn] = []
    places: dict[int, tuple[int, int]] = {}
    order: list[int] = []
    at = 0
    for said in talk.turns:
        lead = ("\n\n" if pieces else "") + f"{said.label}: "
        pieces.append(lead)
        at += len(lead)
        start = at
        for number, word in enumerate(said.words):
            gap = " " if number else ""
            pieces.append(gap + word.text)
            places[word.number] = (at + len(gap), at + len(gap) + len(word.text))
            order.append(word.number)
            at += len(gap) + len(word.text)
        turns.append(Turn(said.label, start, at))
    return Written(Reading("talk.txt", "".join(pieces), tuple(turns)), places, order)


def random_talk(random: Random, turns: int = 24) -> Talk:
    """A conversation in which short answers come back word for word."""
    talk = Talk([])
    for number in range(turns):
        label = LABELS[number % len(LABELS)] if random.random() < 0.8 else random.choice(LABELS)
        if random.random() < 0.25:
            talk.turns.append(Said(label, talk.words(random.choice(PHRASES))))
            continue
        sentences = [sentence(random) for _ in range(random.randint(1, 5))]
        talk.turns.append(Said(label, talk.words(" ".join(sentences))))
    return talk


def sentence(random: Random) -> str:
    """Some words with a capital and a full stop; now and then one that everybody says."""
    if random.random() < 0.15:
        return random.choice(PHRASES)
    words = [
        random.choice(COMMON if random.random() < 0.5 else RARE)
        for _ in range(3 + random.randrange(14))
    ]
    for at in range(len(words) - 1):
        if random.random() < 0.08:
            words[at] += ","
    return (" ".join(words) + random.choice(".....?!…")).capitalize()


Mend = Callable[[Talk, Random], None]


def typo(talk: Talk, random: Random) -> None:
    """Another word stands where one stood: its number goes on, its letters don't."""
    said, at = _somewhere(talk, random)
    said.words[at] = talk.word(random.choice("xyz") + said.words[at].text)


def punctuation(talk: Talk, random: Random) -> None:
    """A comma more, a full stop less, another case: the word stays what it is."""
    said, at = _somewhere(talk, random)
    text = said.words[at].text
    mended = random.choice(
        [
            text + ",",
            text.rstrip(".,?!…") or text,
            text.capitalize(),
            text.lower(),
            f"“{text}”",
            text + " –",
        ]
    )
    said.words[at] = replace(said.words[at], text=mended)


def insert(talk: Talk, random: Random) -> None:
    """A sentence the transcriber had missed."""
    said, at = _somewhere(talk, random)
    said.words[at:at] = talk.words(sentence(random))


def delete(talk: Talk, random: Random) -> None:
    """A few words that were never said."""
    said, at = _somewhere(talk, random)
    del said.words[at : at + random.randint(1, 12)]
    _drop_empty(talk)


def split(talk: Talk, random: Random) -> None:
    """Two people spoke where one was heard."""
    said, at = _somewhere(talk, random)
    place = talk.turns.index(said)
    if at:
        talk.turns.insert(place + 1, Said(random.choice(LABELS), said.words[at:]))
        del said.words[at:]


def join(talk: Talk, random: Random) -> None:
    """One person spoke where two were heard."""
    place = random.randrange(len(talk.turns))
    if place:
        talk.turns[place - 1].words += talk.turns.pop(place).words


def move(talk: Talk, random: Random) -> None:
    """A turn, or a few, cut out and put elsewhere."""
    begin = random.randrange(len(talk.turns))
    moved = talk.turns[begin : begin + random.randint(1, 3)]
    del talk.turns[begin : begin + len(moved)]
    at = random.randint(0, len(talk.turns))
    talk.turns[at:at] = moved


def respeak(talk: Talk, random: Random) -> None:
    """Somebody else said it, or the label is another."""
    random.choice(talk.turns).label = random.choice([*LABELS, "Practitioner 7"])


def repeat(talk: Talk, random: Random) -> None:
    """One of the short answers, once more."""
    place = random.randint(0, len(talk.turns))
    talk.turns.insert(place, Said(random.choice(LABELS), talk.words(random.choice(PHRASES))))


def unrepeat(talk: Talk, random: Random) -> None:
    """One of the short answers, once less."""
    short = [said for said in talk.turns if len(said.words) <= 4]
    if len(short) > 1:
        talk.turns.remove(random.choice(short))


def rename(talk: Talk, random: Random) -> None:
    """A name, wherever it stands, gives way to what stands for it."""
    name = random.choice(RARE)
    for said in talk.turns:
        said.words = [
            talk.word(word.text.replace(name, "[School A]")) if name in word.text else word
            for word in said.words
        ]


MENDS: tuple[Mend, ...] = (
    typo, punctuation, insert, delete, split, join, move, respeak, repeat, unrepeat, rename,
)  # fmt: skip


def mend(talk: Talk, random: Random, times: int | None = None) -> Talk:
    """A corrected copy: one kind of correction, or several at once."""
    mended = talk.copy()
    kinds = random.sample(MENDS, random.choice([1, 1, 2, 3, len(MENDS)]))
    for _ in range(times or random.randint(1, 12)):
        random.choice(kinds)(mended, random)
        if not mended.turns:
            mended.turns.append(Said("P1", mended.words(sentence(random))))
    return mended


def passages(talk: Talk, random: Random, most: int = 40) -> list[tuple[int, ...]]:
    """What people coded: numbers of words in a row, a sentence, a turn, a word, an exchange."""
    order = [word.number for said in talk.turns for word in said.words]
    found = {
        tuple(word.number for word in said.words) for said in talk.turns if random.random() < 0.5
    }
    while len(found) < min(most, len(order)):
        at = random.randrange(len(order))
        found.add(tuple(order[at : at + random.choice([1, 2, 3, 5, 8, 13, 40])]))
    return sorted(found)


def _somewhere(talk: Talk, random: Random) -> tuple[Said, int]:
    said = random.choice(talk.turns)
    return said, random.randrange(len(said.words))


def _drop_empty(talk: Talk) -> None:
    talk.turns = [said for said in talk.turns if said.words]
