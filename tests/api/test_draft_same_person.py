"""Parts of names that stand for the same person: whose they are taken for is said."""

from api.draft.panel import panel
from capture.draft.said import FindSaid
from transcripts.readers import read

TALK = "P1: Callum Brandreth came. Callum stayed. Mrs Brandreth left. Dr Lowe met Dr Ann Lowe.\n"


def shown(*names: tuple[str, str]) -> dict[str, tuple[str | None, str | None]]:
    finds = [
        FindSaid(TALK.rindex(name), TALK.rindex(name) + len(name), "person", instead)
        for name, instead in names
    ]
    groups = [
        g for kind in panel(read("talk.txt", TALK.encode()), finds).kinds for g in kind.groups
    ]
    return {group.words: (group.taken_for, group.doubted) for group in groups}


def test_a_part_of_a_name_says_whose_and_a_title_that_the_name_never_has_is_doubted():
    whole = ("Callum Brandreth", "[person 1]")
    surname = ("Brandreth", "[person 1]")
    assert shown(whole, ("Callum", "[person 1]"), surname) == {
        "Callum Brandreth": (None, None),
        "Callum": ("Callum Brandreth", None),
        "Brandreth": ("Callum Brandreth", "Mrs Brandreth"),
    }


def test_who_has_another_pseudonym_is_taken_for_nobody():
    assert shown(("Callum Brandreth", "[person 1]"), ("Brandreth", "[person 2]")) == {
        "Callum Brandreth": (None, None),
        "Brandreth": (None, None),
    }
