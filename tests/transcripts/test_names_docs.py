"""docs/names.md tells what is found and what is missed; both are tried."""

import re
from pathlib import Path

import pytest

from transcripts.redaction import IDENTIFIERS, NAMES, find

PAGE = (Path(__file__).parents[2] / "docs" / "names.md").read_text("utf-8")
FOUND = re.findall(
    r"^\| ([\w .-]+?) \| .+ \| (.+?) \|$", PAGE.split("## What is missed")[0], re.MULTILINE
)
MISSED = re.findall(r"^\| ([\w -]+?) \| “(.+)” \|$", PAGE, re.MULTILINE)


def test_every_kind_has_its_examples():
    assert {kind for kind, _ in FOUND if kind in IDENTIFIERS} == set(IDENTIFIERS)
    assert {kind for kind, _ in MISSED if kind in IDENTIFIERS} == set(IDENTIFIERS)


@pytest.mark.parametrize(("kind", "words"), [row for row in FOUND if row[0] in IDENTIFIERS])
def test_what_is_told_as_found_is_found(kind: str, words: str):
    assert kind in {one.kind for one in find(words)}


@pytest.mark.parametrize(("kind", "words"), MISSED)
def test_what_is_told_as_missed_is_missed_still(kind: str, words: str):
    """If it is found now, so much the better: take it out of the page."""
    named = {one.kind for one in find(words) if one.kind in IDENTIFIERS or kind in NAMES}
    assert kind not in named
    assert kind in IDENTIFIERS or not named & set(NAMES)
