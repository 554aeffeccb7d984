import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.book import (
    Book,
    CodeEntry,
    Facet,
    RefusedCodebook,
    curated_book,
    read_book,
    write_book,
)
from codebook.drafts import same_name, tidy_name, tidy_text

TWO_CODES = """\
name: Our codebook
facets:
  - name: Practice
  - name: Conditions
    takes_stance: yes
codes:
  - name: Being there
    facet: practice
    definition: Someone stays.
    examples: [She came every week.]
  - name: Money
    facet: Conditions
    definition: What there is to spend.
"""


def refusal(name: str, text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(RefusedCodebook) as caught:
        read_book(name, data)
    assert caught.value.way_out
    return caught.value.sentence


def test_a_yaml_codebook_is_read_with_facets_named_by_name_or_key():
    book = read_book("ours.yaml", TWO_CODES.encode())
    assert book.name == "Our codebook"
    assert book.facets == (
        Facet("practice", "Practice"),
        Facet("conditions", "Conditions", "", True),
    )
    assert [(code.key, code.facet) for code in book.codes] == [
        ("being-there", "practice"),
        ("money", "conditions"),
    ]
    assert book.codes[0].examples == ("She came every week.",)


def test_a_codebook_without_facets_has_one_that_takes_no_stance():
    book = read_book("mine.yml", b"codes: [{name: Hope, definition: Looking forward.}]")
    assert book.facets == (Facet("codes", "Codes"),)
    assert book.name == "mine"


def test_a_code_may_be_called_no_or_2020():
    book = read_book(
        "b.yaml", b"codes:\n- {name: No, definition: x}\n- {name: 2020, definition: y}"
    )
    assert [code.name for code in book.codes] == ["No", "2020"]


def test_two_codes_of_one_name_are_refused_naming_both_places():
    text = TWO_CODES + "  - name: 'BEING   there'\n    facet: Practice\n    definition: Again.\n"
    assert refusal("ours.yaml", text) == (
        "ours.yaml, line 14: Two codes have the name “BEING there”: it is already used at line 7."
    )


def test_every_fault_is_told_at_once_each_with_file_and_line():
    text = "codes:\n- definition: x\n- name: A\n- name: B\n  definition: y\n  facet: Moon\n"
    told = refusal("b.yaml", text + "- name: C\n  definition: z\n  parent: Q\n").split("\n")
    assert [line.split(":")[0] for line in told] == [
        "b.yaml, line 2",
        "b.yaml, line 3",
        "b.yaml, line 4",
        "b.yaml, line 7",
    ]
    assert "no name" in told[0]
    assert "“A” has no definition" in told[1]
    assert "“Moon”" in told[2]
    assert "“Q”" in told[3]


def test_very_many_faults_are_counted_and_not_all_told():
    told = refusal("b.yaml", "codes:\n" + "".join(f"- name: N{i}\n" for i in range(20))).split("\n")
    assert told[-1] == "12 more faults in this file."


def test_parents_in_a_circle_are_told_once_with_the_route():
    codes = [("A", "B"), ("B", "C"), ("C", "A"), ("D", "A")]
    text = "codes:\n" + "".join(
        f"- {{name: {name}, definition: x, parent: {parent}}}\n" for name, parent in codes
    )
    assert refusal("b.yaml", text) == (
        "b.yaml, line 2: The parents run in a circle: “A” → “B” → “C” → “A”."
    )


def test_a_parent_in_another_facet_is_refused():
    text = TWO_CODES + "    parent: Being there\n"
    assert "“Money” and its parent “Being there” stand in different facets" in refusal(
        "b.yml", text
    )


def test_a_code_without_facet_is_refused_where_there_are_several():
    text = TWO_CODES + "  - {name: Time, definition: Hours.}\n"
    assert refusal("b.yaml", text).endswith("names no facet. Choose one of: Practice, Conditions.")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "", "empty"),
        ("# only a comment\n", "", "empty"),
        ("codes: []\n", "", "no codes"),
        ("- a\n- b\n", ", line 1", "not a codebook"),
        ("name: x\n", ", line 1", "no “codes:”"),
        ("codes: lots\n", ", line 1", "must be a list"),
        ("codes:\n- just words\n", ", line 2", "Here a code was expected"),
        ("codes:\n- name: A\n  colour: red\n", ", line 3", "“colour”"),
        ("codes:\n- name: A\n  name: B\n", ", line 3", "given twice"),
        ("codes:\n- name: [A]\n", ", line 2", "words were expected"),
        ("codes:\n- name: A\n   definition: x\n", ", line 3", "not YAML"),
        ("codes:\n- name: \x07\n", ", line 2", "can't be printed"),
        ("codes: " + "[" * 5000, "", "nested too deeply"),
        ("codes: &a [*a]\n", ", line 1", "Here a code was expected"),
        ("facets: [{name: F, takes_stance: perhaps}]\ncodes: []\n", ", line 1", "perhaps"),
        ("codes:\n- {name: A, key: 'a b', definition: x}\n", ", line 2", "“a b”"),
        (f"codes:\n- {{name: {'long ' * 40}, definition: x}}\n", ", line 2", "199 characters"),
        (b"codes:\n- name: caf\xe9\n", ", line 2", "not UTF-8"),
    ],
)
def test_what_is_not_a_codebook_is_refused_with_its_place(text, place, reason):
    told = refusal("b.yaml", text)
    assert told.startswith(f"b.yaml{place}: ")
    assert reason in told


def test_other_kinds_of_file_and_huge_ones_are_refused():
    assert ".xlsx" in refusal("codes.xlsx", b"PK")
    assert "bytes" in refusal("b.csv", b"a" * 3_000_000)


NAMES = st.text(min_size=1, max_size=30).map(tidy_name).filter(bool)
TEXTS = st.text(max_size=60).map(tidy_text)
TEXT_LISTS = st.lists(TEXTS.filter(bool), max_size=2).map(tuple)


@st.composite
def books(draw: st.DrawFn) -> Book:
    facet_names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=same_name))
    facets = tuple(
        Facet(f"f{i}", name, draw(TEXTS), draw(st.booleans())) for i, name in enumerate(facet_names)
    )
    codes: list[CodeEntry] = []
    for i, name in enumerate(draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=same_name))):
        facet = draw(st.sampled_from(facets)).key
        parents = [None, *(code.key for code in codes if code.facet == facet)]
        told = (draw(TEXTS.filter(bool)), draw(TEXTS), draw(TEXTS))
        shown = (draw(TEXT_LISTS), draw(TEXT_LISTS))
        parent = draw(st.sampled_from(parents))
        codes.append(CodeEntry(f"c{i}", name, facet, *told, *shown, parent))
    return Book(draw(NAMES), facets, tuple(codes))


@given(books())
def test_a_book_written_out_reads_back_the_same(book: Book):
    assert read_book("again.yaml", write_book(book).encode()) == book


def test_the_curated_book_has_every_facet_and_takes_stance_on_conditions_only():
    book = curated_book()
    assert [facet.key for facet in book.facets] == [
        *("practice", "conditions", "early-impact", "level", "journey")
    ]
    assert [facet.key for facet in book.facets if facet.takes_stance] == ["conditions"]
    assert 34 <= len(book.codes) <= 42
    assert read_book("out.yaml", write_book(book).encode()) == book


def test_every_curated_code_is_complete_and_names_the_neighbour_to_use_instead():
    codes = curated_book().codes
    names = {code.name for code in codes}
    for code in codes:
        assert code.use_when, code.key
        assert len(code.examples) == 2, code.key
        assert len(code.counter_examples) == 1, code.key
        neighbours = set(re.findall("“([^”]+)”", code.not_when))
        assert neighbours, code.key
        assert neighbours <= names - {code.name}, code.key
