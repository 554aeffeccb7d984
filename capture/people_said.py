"""What a person says of a transcript and its speakers, read from what they typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from capture.errors import Unfit
from capture.models import AUDIENCES, DEFAULT_AUDIENCE, SCOPES
from transcripts.turns import Kind, Record

LONGEST_FIELD = 120
KINDS: tuple[str, ...] = get_args(Kind)
RECORDS: tuple[str, ...] = get_args(Record)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WAVE = re.compile(r"[0-9]{1,4}")
SHOWN = 40
"""Characters repeated of what won't do."""


@dataclass(frozen=True, slots=True)
class TranscriptSaid:
    """What a transcript is; None where nobody knows."""

    name: str
    kind: str
    record: str
    held_on: date | None
    wave: int | None
    place: str | None


@dataclass(frozen=True, slots=True)
class SpeakerSaid:
    """Who a speaker was in one transcript, and what may be shared of their words."""

    scope: str
    role: str | None = None
    place: str | None = None
    participant: str | None = None
    """Their pseudonym in the study; None leaves them this transcript's own."""
    facilitator: bool = False
    audience: str = DEFAULT_AUDIENCE
    """How far those of their words that may be quoted may travel."""


def read_transcript_form(form: Mapping[str, str]) -> TranscriptSaid:
    """What was typed about a transcript. Raises Unfit naming the first field that won't do."""
    name = line(form.get("name", ""), "The name")
    if name is None:
        raise Unfit("The transcript has no name.", way_out="Give it the name the team calls it by.")
    return TranscriptSaid(
        name=name,
        kind=one_of(form.get("kind", ""), KINDS, "kind of transcript"),
        record=one_of(form.get("record", ""), RECORDS, "kind of record"),
        held_on=day(form.get("held_on", "")),
        wave=wave_number(form.get("wave", "")),
        place=line(form.get("place", ""), "The place"),
    )


def read_speaker_form(label: str, form: Mapping[str, str]) -> SpeakerSaid:
    """What was typed about the speaker called `label`. Raises Unfit naming the speaker."""
    whose = f"{label}: the"
    return SpeakerSaid(
        scope=one_of(form.get("scope", ""), SCOPES, f"sharing scope for {label}"),
        role=line(form.get("role", ""), f"{whose} role"),
        place=line(form.get("place", ""), f"{whose} place"),
        participant=line(form.get("participant", ""), f"{whose} pseudonym"),
        facilitator=bool(form.get("facilitator")),
        audience=one_of(form.get("audience", ""), AUDIENCES, f"known audience for {label}"),
    )


def line(typed: str, what: str) -> str | None:
    """One line as it is kept, None when empty; Unfit when it is too long for `what`."""
    line = " ".join(typed.split())
    if len(line) > LONGEST_FIELD:
        raise Unfit(
            f"{what} has {len(line)} characters; {LONGEST_FIELD} is the most.",
            way_out="Shorten it.",
        )
    return line or None


def one_of(typed: str, known: tuple[str, ...], what: str) -> str:
    """The one of `known` that was typed, whatever its case; else Unfit, naming all of them."""
    wanted = " ".join(typed.casefold().split())
    if wanted not in known:
        shown = f"“{typed}” is not a {what}." if wanted else f"No {what} was chosen."
        raise Unfit(shown, way_out="Choose one of: " + ", ".join(known) + ".")
    return wanted


def day(typed: str) -> date | None:
    """A day as a manifest writes it, None when nothing was typed; Unfit when it is none."""
    typed = typed.strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed if ISO_DAY.fullmatch(typed) else "")
    except ValueError:
        raise Unfit(
            f"“{typed[:SHOWN]}” is not a day.",
            way_out="Write it as year-month-day, such as 2021-03-15.",
        ) from None


def wave_number(typed: str) -> int | None:
    """A wave as a manifest counts it, None when nothing was typed; Unfit when it is none."""
    typed = typed.strip()
    if not typed:
        return None
    if not WAVE.fullmatch(typed):
        raise Unfit(
            f"“{typed[:SHOWN]}” is not a wave.",
            way_out="A wave is a whole number of at most four digits: 1 for the first.",
        )
    return int(typed)
