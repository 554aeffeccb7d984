"""The benchmark reads corpora by the shape of their folders. Invented words only."""

import json

import numpy as np
import pytest

from benchmarks.corpora import found_below, read_asked, read_coded, read_sample
from benchmarks.studies import places

TALK = """Interviewer: What changed?

Asha: We had an hour with each family – every week – and it went well.

Interviewer: And what didn't?

Asha: The grant ended in March. Nobody had told us.
"""
CODINGS = """transcript,segment,position,text,code
talk.txt,7,90,The grant ended in March.,Money
talk.txt,2,10,We had an hour with each family - every week - and it went well.,Time
talk.txt,2,10,We had an hour with each family - every week - and it went well.,Families
talk.txt,9,99,Words that stand nowhere in it.,Money
"""
BOOK = "code,definition\nMoney,That funds come or go.\nTime,Hours.\nFamilies,Who they met.\n"


@pytest.fixture
def coded(tmp_path):
    folder = tmp_path / "outside" / "talks"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "transcripts" / "talk.txt").write_text(TALK, "utf-8")
    (folder / "codings.csv").write_text(CODINGS, "utf-8")
    (folder / "codebook.csv").write_text(BOOK, "utf-8")
    return folder


@pytest.fixture
def asked(tmp_path):
    folder = tmp_path / "outside" / "meetings"
    folder.mkdir(parents=True)
    (folder / "b.txt").write_text("Chair: Good morning.\n\nMember: A question: why?\n", "utf-8")
    (folder / "a.txt").write_text("Chair: Order.\n\nOfficer: The roads are mended.\n", "utf-8")
    topics = {
        "b": {"queries": [{"query": "Why was it asked?", "turns": [[0, 1]]}]},
        "a": {"queries": [{"query": "What of the roads?", "turns": [[1, 1]]}]},
    }
    (folder / "topics.json").write_text(json.dumps(topics), "utf-8")
    return folder


def test_corpora_are_found_by_their_shape(coded, asked, tmp_path):
    assert found_below(tmp_path) == ([coded], [asked])
    assert found_below(None) == ([], [])


def test_passages_come_in_the_order_they_were_said_with_all_their_codes(coded):
    corpus = read_coded(coded)
    assert [text.split()[0] for text in corpus.texts] == ["We", "The", "Words"]
    assert corpus.confirmed.tolist() == [
        [False, True, True],
        [True, False, False],
        [True, False, False],
    ]
    assert corpus.single().tolist() == [1, 2]
    assert corpus.codes[0].definition == "That funds come or go."


def test_the_text_around_a_passage_is_found_whatever_its_dashes(coded):
    corpus = read_coded(coded)
    assert corpus.before[0].endswith("What changed?\n\nAsha: ")
    assert corpus.after[0].strip(".\n").startswith("Interviewer: And what")
    assert corpus.after[1].strip(" .").startswith("Nobody had told us")
    assert (corpus.before[2], corpus.after[2]) == ("", "")


def test_questions_lead_to_the_turns_they_are_about(asked):
    corpus = read_asked(asked)
    assert corpus.turns == ("Order.", "The roads are mended.", "Good morning.", "A question: why?")
    assert corpus.meetings == ("a", "a", "b", "b")
    assert corpus.questions == ("What of the roads?", "Why was it asked?")
    assert corpus.answers.tolist() == [[False, True, False, False], [False, False, True, True]]


def test_the_sample_study_is_a_coded_corpus_too():
    corpus = read_sample()
    assert len(corpus.texts) > 250
    assert corpus.confirmed.any(axis=1).mean() > 0.9
    assert all(before or after for before, after in zip(corpus.before, corpus.after, strict=True))


def test_places_begin_anew_with_each_transcript():
    assert places(("a", "a", "b", "c", "c", "c")).tolist() == [0, 1, 0, 0, 1, 2]
    assert np.array_equal(places(()), np.zeros(0))
