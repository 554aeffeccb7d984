"""`greenshoots export quotes`: the same bank, by command line."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from api.cli import app
from capture.models import Appearance
from capture.settings import Settings
from capture.store import Store
from tests.builders import SAID
from tests.codebook.bank_study import HOUR, choose, coded_study


@pytest.fixture(autouse=True)
def coded(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coded study, in the data folder that the command finds."""
    monkeypatch.setenv("GREENSHOOTS_DATA", str(settings.data))
    with store.writing() as session:
        choose(session, coded_study(session), HOUR)


def export(*arguments: str) -> Result:
    return CliRunner().invoke(
        app, ["export", "quotes", "--study", "Walking with families", *arguments]
    )


def test_the_file_s_ending_says_the_format_and_what_was_held_back_is_said(tmp_path: Path) -> None:
    file = tmp_path / "quotes.json"
    done = export("-o", str(file))
    assert done.exit_code == 0
    assert "6 passages quoted. Made for use inside the programme." in done.output
    assert "4 passages were held back" in done.output
    whole = json.loads(file.read_text(encoding="utf-8"))
    assert len(whole["quotes"]) == 6


def test_only_the_chosen_ones_are_exported_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "quotes"
    assert export("-o", str(file), "--format", "json", "--chosen").exit_code == 0
    quotes = json.loads(file.read_text(encoding="utf-8"))["quotes"]
    assert [quote["text"] for quote in quotes] == [SAID[HOUR][1]]


def test_for_the_public_words_agreed_only_inside_the_programme_stay_out(
    store: Store, tmp_path: Path
) -> None:
    with store.writing() as session:
        for appearance in session.scalars(select(Appearance).where(Appearance.label == "P1")):
            appearance.audience = "public"
    file = tmp_path / "quotes.json"
    done = export("-o", str(file), "--for", "public")
    assert "4 passages quoted. Made for the public." in done.output
    assert "2 agreed only inside the programme" in done.output
    whole = json.loads(file.read_text(encoding="utf-8"))
    assert (whole["audience"], len(whole["quotes"])) == ("public", 4)


def test_an_audience_nobody_knows_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "quotes.json"
    assert export("-o", str(file), "--for", "everyone").exit_code != 0
    assert not file.exists()


def test_a_format_nobody_knows_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "quotes.pdf"
    assert export("-o", str(file)).exit_code != 0
    assert not file.exists()
