"""What the pages of search are given: what was found, as places to read with their words lit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.clock import clock
from api.policies import RESEARCHERS, Access
from api.search_words import looks, loosened, summary
from capture.models import Transcript
from capture.people import known_words
from capture.searching.lighting import lit
from capture.searching.meaning import Meaning
from capture.searching.memory import Memory
from capture.searching.places import Found, places
from capture.searching.question import LONGEST, Term, read_question
from capture.searching.search import Hits, Voices, Wanted, search
from capture.searching.word_index import marked
from codebook.evidence import Evidence, load_evidence

PLACES_A_PAGE = 20
LARGEST = 2**53
VOICES: tuple[tuple[Voices, str], ...] = (
    ("people", "all but facilitators"),
    ("everyone", "facilitators too"),
    ("facilitators", "facilitators only"),
)
ORDERS = (("nearness", "nearest first"), ("transcript", "by transcript"))


class Narrowed(BaseModel):
    """Whose words are looked for, how they are ordered, and which page; empty is all."""

    kind: str = ""
    role: str = ""
    place: str = ""
    wave: Annotated[str, Field(pattern="^[0-9]{0,4}$")] = ""
    voices: Voices = "people"
    order: Literal["nearness", "transcript"] = "nearness"
    page: Annotated[int, Field(ge=1, le=LARGEST)] = 1

    @property
    def wanted(self) -> Wanted:
        """The same, for the search."""
        wave = int(self.wave) if self.wave else None
        return Wanted(self.kind or None, self.role or None, self.place or None, wave, self.voices)

    @property
    def narrows(self) -> bool:
        """Whether it leaves out anyone who may be found."""
        return self.wanted != Wanted(voices="everyone")


class Asked(Narrowed):
    """What was typed, with what narrows it."""

    q: Annotated[str, Field(max_length=4 * LONGEST)] = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to read: its first segment's evidence, and its words in pieces, lit or not."""

    first: Evidence
    last: Evidence
    pieces: tuple[tuple[str, bool], ...]
    passage_id: int
    by_words: bool
    by_meaning: bool


def filters(session: Session, access: Access) -> dict[str, Any]:
    """What a search can be narrowed by."""
    collected = select(Transcript.kind, Transcript.wave).distinct()
    rows = session.execute(collected.where(Transcript.study_id == access.study.id)).all()
    waves = sorted({wave for _, wave in rows if wave is not None})
    known = known_words(session, access.study.id)
    return {
        "kinds": _options("all kinds", sorted({kind for kind, _ in rows})),
        "roles": _options("all roles", known.roles),
        "places": _options("all places", known.places),
        "waves": [("", "all waves"), *((wave, f"wave {wave}") for wave in waves)],
        "voices": VOICES,
        "orders": ORDERS,
    }


def _options(everything: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [("", everything), *((value, value) for value in values)]


def query_of(asked: Narrowed, page: int) -> str:
    """The query of an address with the same narrowing and another page."""
    said = asked.model_dump(exclude_defaults=True, exclude={"q", "page"})
    return "?" + urlencode({**said, "page": page})


def found_page(
    session: Session, access: Access, asked: Asked, memory: Memory, meaning: Meaning
) -> dict[str, Any]:
    """The answer to a question: its places, a page of them, and how they were looked for."""
    question = read_question(asked.q)
    meant = meaning.of(question.meaning) if question.meaning else None
    found = search(session, memory, access.study.id, question, asked.wanted, meant)
    elsewhere = None
    if not found.found and not question.is_empty and asked.narrows:
        everyone = Wanted(voices="everyone")
        elsewhere = search(session, memory, access.study.id, question, everyone, meant)
    terms = (*question.words, *question.phrases)
    page = shown(session, access, found, terms, asked)
    return {
        **page,
        "asked": asked,
        "question": question,
        "summary": summary(found, question, page["places_found"], page["with_words"]),
        "loosened": loosened(asked.q),
        "elsewhere": len(elsewhere.found) if elsewhere else 0,
        "looks": looks(question, meaning, meant),
        "why": meaning.why,
    }


def shown(
    session: Session, access: Access, found: Hits, terms: Sequence[Term], asked: Narrowed
) -> dict[str, Any]:
    """A page of what was found."""
    whole = places(found.found, by_transcript=asked.order == "transcript")
    pages = max(1, -(-len(whole) // PLACES_A_PAGE))
    page = min(asked.page, pages)
    here = whole[(page - 1) * PLACES_A_PAGE : page * PLACES_A_PAGE]
    return {
        "found": found,
        "places_found": len(whole),
        "with_words": sum(one.by_words for one in whole),
        "shown": _read(session, here, terms),
        "page": page,
        "pages": pages,
        "first_place": (page - 1) * PLACES_A_PAGE + 1,
        "analyses": access.may(RESEARCHERS),
        "clock": clock,
    }


def _read(session: Session, here: Sequence[Found], terms: Sequence[Term]) -> list[Place]:
    ids = [hit.passage_id for one in here for hit in one.hits]
    evidence = {one.passage_id: one for one in load_evidence(session, [(key, 1.0) for key in ids])}
    words = marked(session, terms, ids)
    read = []
    for one in here:
        parts = [evidence[hit.passage_id] for hit in one.hits if hit.passage_id in evidence]
        if not parts:
            continue  # withdrawn just now
        pieces: list[tuple[str, bool]] = []
        for part in parts:
            pieces += [(" ", False)] if pieces else []
            pieces += _pieces(part.words, words.get(part.passage_id, ""), terms)
        by_meaning = any(hit.by_meaning for hit in one.hits)
        nearest = one.nearest.passage_id
        read.append(Place(parts[0], parts[-1], tuple(pieces), nearest, one.by_words, by_meaning))
    return read


def _pieces(words: str, found: str, terms: Sequence[Term]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for start, end in lit(words, found, terms):
        pieces += [(words[at:start], False), (words[start:end], True)]
        at = end
    return [(piece, shines) for piece, shines in [*pieces, (words[at:], False)] if piece]
