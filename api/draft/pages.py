"""What a draft's preview is given: gathered here, so that the routes stay thin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.clock import clock
from api.corrections.pages import effect
from api.draft.columns import survey_context
from api.draft.fields import ATTRIBUTE, fields_now, numbers_in
from api.draft.finds import state_of
from api.draft.panel import panel
from api.draft.summaries import corrects_said, names_said, session_said
from api.draft.text import numbers_on, page_of_turn, pages_of, shown_turns, turn_at
from api.draft.voices import merges_of, others_of, speakers_said, voices_of
from api.draft.words import CHOICES
from api.policies import Access
from capture.draft.account import account_of
from capture.draft.drafts import waiting
from capture.draft.effect import foresee_accepting
from capture.draft.look import DraftLook
from capture.draft.said import Span
from capture.errors import Unfit
from capture.people import known_words
from capture.studies import attribute_names
from capture.transcript_view import load_speakers, standing_version
from transcripts.turns import Reading, count_words

SPEAKERS_A_PAGE = 40
SECTIONS = ("session", "speakers", "names", "off", "columns", "corrects")
FIND_KINDS = {
    "person": "A person",
    "place": "A place",
    "organisation": "An organisation",
    "name": "Something else",
}
FIRST_WORDS = 12


class At(BaseModel):
    """Where in a preview someone is: the page of turns, of speakers, and the section open."""

    turns: Annotated[int, Field(ge=1, le=10**6)] = 1
    who: Annotated[int, Field(ge=1, le=10**6)] = 1
    open: Annotated[str, Field(pattern=f"^({'|'.join(SECTIONS)}|)$")] = ""
    reveal: Annotated[str, Field(pattern="^(yes|)$")] = ""

    def query(self, **other: object) -> str:
        """The place as a query, some of it said otherwise; what is usual is left away."""
        usual = {"turns": 1, "who": 1, "open": "", "reveal": ""}
        here = {name: getattr(self, name) for name in usual} | other
        said = [f"{name}={value}" for name, value in here.items() if value != usual[name]]
        return "?" + "&".join(said) if said else ""


@dataclass(frozen=True, slots=True)
class OffStretch:
    """A stretch off the record in the list of them."""

    start: int
    end: int
    turn: int | None
    speaker: str | None
    starts_at: float | None
    first_words: str
    words: int


def page_context(
    session: Session,
    access: Access,
    look: DraftLook,
    at: At,
    typed: Mapping[str, str] | None = None,
    amiss: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything the whole page shows; `typed` goes before what is in the record."""
    study_id, reading = access.study.id, look.reading
    names, numbers = attributes_of(session, access, look), numbers_asked(look, at)
    amiss = amiss or {}
    parts = parts_context(study_id, look, at, numbers_on(reading, min(at.turns, pages_of(reading))))
    fields = fields_now(look, names, numbers)
    asked = [one for one in parts["voices"] if one.number in numbers]
    return {
        **parts,
        **survey_context(look),
        "codings": codings_of(session, look),
        "seen": {name: value for name, value in fields.items() if _shown(look, name)},
        "fields": {**fields, **(typed or {})},
        "amiss": amiss,
        "amiss_speakers": numbers_in(amiss),
        "opened": at.open or _opened(look, amiss),
        "attributes": [(name, f"{ATTRIBUTE}{name}") for name in names],
        "asked": asked,
        "others": others_of(look, asked, _labels_before(session, look)),
        "who_page": numbers.start // SPEAKERS_A_PAGE + 1,
        "who_pages": -(-len(look.speakers) // SPEAKERS_A_PAGE),
        "known": known_words(session, study_id),
        "insteads": sorted({find.instead for find in look.finds}),
        "find_kinds": list(FIND_KINDS.items()),
        "waiting": waiting(session, study_id).drafts,
        "choices": CHOICES,
    }


def parts_context(study_id: int, look: DraftLook, at: At, turns: Sequence[int]) -> dict[str, Any]:
    """What may change under a researcher's hands: the turns of these numbers, and the panels."""
    reading, said = look.reading, look.said
    here = f"/studies/{study_id}/upload/{look.draft_id}"
    pages, voices = pages_of(reading), voices_of(look)
    at = at.model_copy(update={"turns": min(at.turns, pages)})
    off = [off_stretch(reading, span) for span in sorted(said.off_record)]
    return {
        "here": here,
        "look": look,
        "called": look.title,
        "at": at,
        "pages": pages,
        "voices": voices,
        "account": account_of(reading, said),
        "voice_of": {one.look.label: one for one in voices},
        "merges": merges_of(look),
        "finds": panel(reading, look.finds, () if at.reveal else sorted(said.off_record)),
        "state_of": state_of,
        "off": off,
        "turns": shown_turns(reading, turns, look.finds, sorted(said.off_record)),
        "clock": clock,
        "leads_to": lambda number, anchor: _leads_to(here, at, number, anchor),
        "corrects_said": corrects_said(look),
        "session_said": session_said(look),
        "speakers_said": speakers_said(look),
        "names_said": names_said(look),
        "off_said": _words(sum(one.words for one in off)) if off else "nothing",
    }


def _words(count: int) -> str:
    return f"{count:,} word{'' if count == 1 else 's'}"


def codings_of(session: Session, look: DraftLook) -> dict[str, Any] | None:
    """What accepting a correction would do to the codings; None where it corrects nothing, or
    where speakers contradict: then nothing could be accepted."""
    if look.corrects is None:
        return None
    try:
        plan = foresee_accepting(session, look.corrects, look.reading, look.said)
    except Unfit:
        return None
    return effect(plan, standing_version(session, look.corrects))


def attributes_of(session: Session, access: Access, look: DraftLook) -> list[str]:
    """Names of what the study records of a transcript, those said of this one included."""
    there = attribute_names(session, access.study.id)
    known = {name.casefold() for name in there}
    return [*there, *(n for n in look.said.attributes if n.casefold() not in known)]


def seen_fields(
    look: DraftLook, names: Sequence[str], seen: Mapping[str, str] | None
) -> dict[str, str]:
    """The fields that a page showed, as they are now; all but speakers' where it showed none."""
    now = fields_now(look, names, numbers_in(seen or {}))
    return now if seen is None else {name: now[name] for name in seen if name in now}


def off_stretch(reading: Reading, span: Span) -> OffStretch:
    """A stretch with where it stands, and its first words for whoever asks to see them."""
    start, end = span
    number = turn_at(reading, start)
    turn = reading.turns[number - 1] if number else None
    words = reading.text[start:end]
    first = " ".join(words.split()[:FIRST_WORDS])
    return OffStretch(
        start,
        end,
        number,
        turn.speaker if turn else None,
        turn.starts_at if turn else None,
        first,
        count_words(words),
    )


def numbers_asked(look: DraftLook, at: At) -> range:
    """The numbers of the speakers whose fields are on the page."""
    last = max(0, len(look.speakers) - 1) // SPEAKERS_A_PAGE
    first = min(at.who - 1, last) * SPEAKERS_A_PAGE
    return range(first, min(first + SPEAKERS_A_PAGE, len(look.speakers)))


def _leads_to(here: str, at: At, number: int, anchor: str) -> str:
    """The address of a place in a turn: on this page of turns, or on the one that it stands on."""
    page = page_of_turn(number)
    return anchor if page == at.turns else f"{here}{at.query(turns=page)}{anchor}"


def _labels_before(session: Session, look: DraftLook) -> list[str]:
    """The labels of the transcript that this file corrects."""
    spoke = load_speakers(session, look.corrects.id) if look.corrects else ()
    return [name for one in spoke for name in (one.label, *one.also_called)]


def _shown(look: DraftLook, name: str) -> bool:
    """Whether the page has this field: nobody is asked which respondents are the same."""
    return not (name.startswith("same_as-") and look.reading.kind == "survey")


def _opened(look: DraftLook, amiss: Mapping[str, str]) -> str:
    """The section that is open on arrival: where something won't do, else where one begins."""
    if amiss:
        return "speakers" if numbers_in(amiss) else "session"
    return "corrects" if look.likely_corrects else "session"
