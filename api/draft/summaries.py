"""A draft in a few words: what was said of it, and what is undecided."""

from capture.draft.look import DraftLook
from capture.models import DEFAULT_SCOPE


def session_said(look: DraftLook) -> str:
    """What was said of the session."""
    said = look.said
    words = [
        look.kind,
        "notes" if said.record == "notes" else "",
        f"wave {said.wave}" if said.wave is not None else "",
        said.place or "",
        said.everyone.scope or ("" if look.corrects else DEFAULT_SCOPE),
    ]
    return " · ".join(filter(None, words))


def corrects_said(look: DraftLook) -> str:
    """Whether it corrects a transcript, and whether someone said so."""
    if look.corrects is None:
        return "no, a new transcript"
    count = len(look.anew.changes)
    more = f" · {count:,} change{'' if count == 1 else 's'} besides the text" if count else ""
    return f"{'likely ' if look.likely_corrects else ''}of {look.corrects.name}{more}"


def names_said(look: DraftLook) -> str:
    """What became of the names found."""
    if not look.finds:
        return "none found"
    undecided = sum(find.accepted is None for find in look.finds)
    if undecided:
        return f"{undecided:,} undecided"
    going = sum(find.accepted is True for find in look.finds)
    return f"{going:,} replaced" if going else "all stay"
