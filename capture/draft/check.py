"""What a researcher says of a draft, checked before it is kept; what won't do is a sentence."""

import re
from collections.abc import Iterable
from dataclasses import replace

from capture.draft.clearing import check_one_person
from capture.draft.said import DraftSaid, FindSaid, Span
from capture.errors import Unfit
from capture.models import AUDIENCES, SCOPES
from capture.people_said import KINDS, RECORDS, one_of
from transcripts.manifest_entries import SpeakerEntry
from transcripts.turns import Reading

_BRACKETS_AND_SPACE = re.compile(r"[\[\]\s]+")


def checked(said: DraftSaid, reading: Reading) -> DraftSaid:
    """The same, what stands for names in brackets. Raises Unfit."""
    if said.kind is not None:
        one_of(said.kind, KINDS, "kind of transcript")
    if said.record is not None:
        one_of(said.record, RECORDS, "kind of record")
    _check_agreed("everyone", said.everyone)
    for label, row in said.speakers.items():
        _check_agreed(label or "whoever has no label", row)
    _check_places(said.off_record, reading)
    _check_places([(one.start, one.end) for one in said.finds], reading)
    check_one_person(said.entry())
    return replace(said, finds=tuple(map(_in_brackets, said.finds)))


def _check_agreed(who: str, row: SpeakerEntry) -> None:
    if row.scope is not None:
        one_of(row.scope, SCOPES, f"sharing scope for {who}")
    if row.audience is not None:
        one_of(row.audience, AUDIENCES, f"known audience for {who}")


def _check_places(places: Iterable[Span], reading: Reading) -> None:
    for start, end in places:
        if not 0 <= start < end <= len(reading.text):
            raise Unfit("That place is not in the text.", way_out="Load the page, and mark again.")


def _in_brackets(one: FindSaid) -> FindSaid:
    bare = _BRACKETS_AND_SPACE.sub(" ", one.instead).strip()
    if not bare and one.accepted:
        raise Unfit(
            "Nothing is said to stand in a name's place.",
            way_out="Write what it was, such as [school], or leave the words as they are.",
        )
    return replace(one, instead=f"[{bare}]" if bare else "")
