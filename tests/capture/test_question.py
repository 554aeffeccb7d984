"""What is typed into the search box: it always means something, and never breaks anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.searching.folding import folded_text, tokens
from capture.searching.question import LONGEST, MOST_TERMS, Term, read_question


def words(*typed: str) -> tuple[Term, ...]:
    return tuple(Term(tuple(one.split())) for one in typed)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t! DON'T", "don t don t"),
        ("Zoë’s naïve café", "zoe s naive cafe"),
        ("e\u0301te\u0301 été", "ete ete"),
        ("Straße ŁÓDŹ Ærø", "strasse lodz aero"),
        ("مُحَمَّد أحمد كــتاب", "محمد احمد كتاب"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी में", "हिन्दी में"),
        ("学校很好。", "学 校 很 好"),
        ("학교에서", "학 교 에 서"),
        ("yes😀no", "yes u1f600 no"),
        ("well-being, mother/father", "well being mother father"),
        ("co\u00adoperate", "cooperate"),
        ("", ""),
        ("\"' * ( ) - _", ""),
    ],
)
def test_words_are_folded_alike_in_what_is_said_and_what_is_asked(text, folded):
    assert folded_text(text) == folded


@given(st.text())
def test_every_token_has_its_place_and_holds_nothing_that_is_syntax(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        end = token.end
        assert not set(token.folded) & set(" \"'*():^+-\x00\x02\x03")


def test_grammar_is_passed_over_where_other_words_tell_more():
    assert read_question("what is the time with families").words == words("time", "families")
    assert read_question("to be or not").words == words("to", "be", "or", "not")


def test_a_phrase_stands_exactly_and_a_minus_takes_away():
    asked = read_question('caseloads “tick the box” -school -"too late" well-being')
    assert asked.words == words("caseloads", "well being")
    assert asked.phrases == (Term(("tick", "the", "box"), exact=True),)
    assert asked.without == (Term(("school",)), Term(("too", "late"), exact=True))
    assert asked.meaning == "caseloads tick the box well-being"


@pytest.mark.parametrize("typed", ['"tick the box"', "-school", '"a hour" -school -"too late"'])
def test_what_is_only_exact_has_no_meaning_to_look_for(typed):
    asked = read_question(typed)
    assert (asked.meaning, asked.words, asked.is_empty) == ("", (), False)


def test_scripts_without_spaces_are_looked_for_by_pairs_of_letters():
    assert read_question("学校生活").words == words("学 校", "校 生", "生 活")
    assert read_question("学").words == words("学")
    assert read_question('"学校生活"').phrases == (Term(tuple("学校生活"), exact=True),)
    assert read_question("😀😀").words == words("u1f600")


@pytest.mark.parametrize(
    ("typed", "left"),
    [("AND OR NOT school", ("school",)), ("NEAR(hour mum, 3)", ("near", "hour", "mum", "3")),
     ("school*", ("school",)), ("words:school", ("words", "school")), ('"school', ("school",)),
     ("- school -- –", ("school",)), ("'; DROP TABLE segment; --", ("drop", "table", "segment"))],
)  # fmt: skip
def test_syntax_of_the_index_is_plain_words(typed, left):
    assert [term.words for term in read_question(typed).words] == [(one,) for one in left]


@pytest.mark.parametrize("typed", ["", "   ", '""', '"', "-", "*()", '-""'])
def test_nothing_that_can_be_looked_for_is_an_empty_question(typed):
    assert read_question(typed).is_empty


def test_a_long_question_is_cut():
    asked = read_question(" ".join(f"word{number}" for number in range(1000)))
    assert len(asked.words) == MOST_TERMS
    assert len(asked.meaning) <= LONGEST
