"""A spaCy model adds what it finds; none is installed here, so one is made that knows two names."""

from pathlib import Path

import pytest
import spacy

from capture.errors import ModelUnavailable
from capture.models import Study
from capture.names.named_entities import LONGEST_PIECE, entities
from capture.names.register import proposed_finds
from transcripts.turns import Reading


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    """A real pipeline on disk, as a setting names it."""
    language = spacy.blank("en")
    language.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": [{"LOWER": "callum"}]},
            {"label": "ORG", "pattern": "the green room"},
            {"label": "DATE", "pattern": "Tuesday"},
        ]
    )
    folder = tmp_path_factory.mktemp("model")
    language.to_disk(folder)
    return str(folder)


def test_a_model_finds_what_has_no_shape_of_a_name(model: str):
    text = "so callum went to the green room on Tuesday, callum's choice"
    found = [(one.words, one.kind, one.sure) for one in entities(text, model)]
    assert found == [
        ("callum", "person", False),
        ("the green room", "organisation", False),
        ("callum", "person", False),
    ]


def test_places_are_right_in_a_text_that_is_handed_over_in_pieces(model: str):
    text = ("👍 nothing here\n" * (LONGEST_PIECE // 10)) + "and callum\n"
    (one,) = entities(text, model)
    assert text[one.start : one.end] == "callum"


def test_what_a_model_finds_gets_a_pseudonym_beside_the_rest(model: str, store):
    text = "so callum came with Siobhan"
    with store.writing() as session:
        study = Study(name="S")
        session.add(study)
        session.flush()
        found = proposed_finds(session, study.id, Reading("a.txt", text, ()), ner_model=model)
    assert {one.words: one.instead for one in found} == {
        "callum": "[person 1]",
        "Siobhan": "[person 2]",
    }


def test_a_model_that_is_not_there_or_finds_no_names_is_a_sentence(tmp_path: Path):
    with pytest.raises(ModelUnavailable, match="can't be loaded"):
        list(entities("x", "no_such_model_anywhere"))
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelUnavailable, match="finds no names"):
        list(entities("x", str(tmp_path / "blank")))
