"""Turns with their margin as markup: the one part of a page that is not a template.

A transcript may have ten thousand turns and thrice as many notes; a template takes five times as
long over them (docs/decisions/0016). Every value that is not a number of ours passes `escape`.
Nothing may stand between the spans of a speech: the page counts characters there.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from api.clock import clock
from api.review.words import points
from capture.transcript_view import SaidTurn, Speaker
from codebook.margin import Note
from codebook.reading import LaidTurn, Run, Stretch


def turns_markup(laid: Iterable[LaidTurn], here: str, only: Speaker | None = None) -> Markup:
    """Turns for the page whose address is `here`; with `only`, those of others are quieter."""
    return Markup("".join([_turn(one, here, only) for one in laid]))  # noqa: S704 - escaped below


def _turn(laid: LaidTurn, here: str, only: Speaker | None) -> str:
    turn, who = laid.turn, laid.turn.speaker
    kind = "turn asks" if who is not None and who.facilitator else "turn"
    beside = " beside" if only is not None and who != only else ""
    said = "".join([_stretch(one) for one in laid.stretches])
    return (
        f'<article class="{kind}{beside}" id="t{turn.id}"{_facts(turn, who)}>'
        f'{_who(turn, who)}{_question(turn)}<p class="words speech" dir="auto">{said}</p>'
        f"{_notes(laid.notes, here)}</article>\n"
    )


def _facts(turn: SaidTurn, who: Speaker | None) -> str:
    """What a screen reader calls the turn, and what the page's script goes by."""
    name = escape(who.label) if who is not None else "Nobody named"
    speaker = f' data-who="{who.id}"' if who is not None else ""
    if turn.starts_at is None:
        return f' aria-label="{name}"{speaker}'
    return f' aria-label="{name}, {clock(turn.starts_at)}"{speaker} data-at="{turn.starts_at}"'


def _who(turn: SaidTurn, who: Speaker | None) -> str:
    when = "" if turn.starts_at is None else clock(turn.starts_at)
    link = f' <a class="when" href="#t{turn.id}">{when}</a>' if when else ""
    if who is None:
        return f'<p class="who"><span>nobody named</span>{link}</p>'
    told = who.role and who.role.lower() not in who.label.lower()
    role = f" <span>{escape(who.role)}</span>" if told else ""
    return f'<p class="who" data-shape="{escape(who.shape)}">{escape(who.label)}{role}{link}</p>'


def _question(turn: SaidTurn) -> str:
    if not turn.question:
        return ""
    asked = '<span class="visually-hidden">Asked: </span>'
    return f'<p class="question">{asked}{escape(turn.question)}</p>'


def _stretch(stretch: Stretch) -> str:
    """The words of a segment, in one element where they all stand under the same passages."""
    if stretch.segment is None:
        return "".join([_run(one) for one in stretch.runs])
    key = stretch.segment.passage_id
    even = stretch.evenly
    if even is None:
        return (
            f'<span class="segment" id="p{key}">{"".join([_run(r) for r in stretch.runs])}</span>'
        )
    if not even.passages:
        return f'<span class="segment" id="p{key}">{escape(even.text)}</span>'
    others = "" if even.passages == (key,) else f' data-p="{_joined(even.passages)}"'
    return (
        f'<span class="segment run {even.signs}" id="p{key}"{others}>'
        f"{_anchors(even)}{escape(even.text)}</span>"
    )


def _run(run: Run) -> str:
    if not run.passages:
        return str(escape(run.text))
    return (
        f'{_anchors(run)}<span class="run {run.signs}" data-p="{_joined(run.passages)}">'
        f"{escape(run.text)}</span>"
    )


def _anchors(run: Run) -> str:
    return "".join([f'<span id="p{passage}"></span>' for passage in run.begins])


def _joined(ids: Iterable[int]) -> str:
    return " ".join(map(str, ids))


def _notes(notes: Iterable[Note], here: str) -> str:
    listed = "".join([_note(one, here) for one in notes])
    return f'<ul class="notes" aria-label="Beside these words">{listed}</ul>' if listed else ""


def _note(note: Note, here: str) -> str:
    to = f'<li class="note {note.mark}-note"><a href="#p{note.passage_id}"'
    if note.mark == "suggestion":
        told = ["from a theme"] if note.from_theme else []
        told += [] if note.score is None else [points(note.score)]
        named = f"{escape(note.code)} {', '.join(told)}"
        return f'{to} title="{escape(note.facet)}">{named}</a></li>'
    if note.mark == "quote":
        return (
            f"{to}>chosen as a quote</a> <small>by {escape(note.who)}</small> "
            f'<button form="take-back" formaction="{here}/quotes/{note.passage_id}/take-back">'
            "take back</button></li>"
        )
    stance = f" · {escape(' or '.join(note.stances))}" if note.stances else ""
    state = " · <b>needs a look</b>" if note.mark == "disputed" else " ✓"
    return (
        f'{to} title="{escape(note.facet)}">{escape(note.code)}{stance}</a> '
        f'<small title="{escape(", ".join(note.people))}">{escape(note.who)}{state}</small></li>'
    )
