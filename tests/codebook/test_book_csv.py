import pytest

from codebook.book import Facet, RefusedCodebook, read_book


def refusal(text: str) -> str:
    with pytest.raises(RefusedCodebook) as caught:
        read_book("codes.csv", text.encode())
    return caught.value.sentence


def test_two_columns_are_enough():
    book = read_book("codes.csv", b"code,definition\r\nHope,Looking forward\r\n")
    assert book.facets == (Facet("codes", "Codes"),)
    assert book.name == "codes"
    assert (book.codes[0].name, book.codes[0].definition) == ("Hope", "Looking forward")


def test_columns_are_known_by_the_names_people_use():
    text = (
        "Label;Description;Category;Stance;When to use;When NOT to use;Example 1;example_2;"
        "Counter-example;Parent code\n"
        "Money;What there is;Conditions;yes;On budgets;On people;Skint;Flush;Tired;\n"
        "Grants;From outside;conditions;;;;;;;money\n"
    )
    book = read_book("codes.csv", b"\xef\xbb\xbf" + text.encode())
    assert book.facets == (Facet("conditions", "Conditions", "", True),)
    money, grants = book.codes
    assert (money.use_when, money.not_when) == ("On budgets", "On people")
    assert (money.examples, money.counter_examples) == (("Skint", "Flush"), ("Tired",))
    assert (grants.parent, grants.facet) == ("money", "conditions")


def test_lines_in_an_examples_cell_are_examples_of_their_own():
    book = read_book("codes.csv", b'code,definition,examples\nA,x,"One.\n\n Two."\n')
    assert book.codes[0].examples == ("One.", "Two.")


def test_line_numbers_count_lines_of_the_file_and_not_rows():
    text = 'code,definition\nA,"first\nsecond"\n\nB,y\na,z\n'
    assert refusal(text) == (
        "codes.csv, line 6: Two codes have the name “a”: it is already used at line 2."
    )


def test_names_that_make_one_key_get_keys_of_their_own():
    book = read_book("codes.csv", b"code,definition\nPay!,x\nPay?,y\nPay-2,z\n")
    assert len({code.key for code in book.codes}) == 3


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("  \n", "", "empty"),
        ("code,definition\n", "", "no codes"),
        ("code,definition,colour\nA,x,red\n", ", line 1, column 3", "“colour”"),
        ("code,definition,\nA,x,y\n", ", line 1, column 3", "no name"),
        ("code,name,definition\nA,B,x\n", ", line 1, column 2", "both mean “name”"),
        ("code\nA\n", ", line 1", "definition"),
        ("definition\nA\n", ", line 1", "name"),
        ("code,definition\nA,x, y\n", ", line 2", "3 cells under 2 headings"),
        ('code,definition\nA,x\nB,"y\n', ", line 3", "can't be read as CSV"),
        ("code,definition\n,x\n", ", line 2", "no name"),
        ("code,definition\nA\n", ", line 2", "no definition"),
        ("code,definition,parent\nA,x,Z\n", ", line 2", "“Z”"),
        ("code,definition,stance\nA,x,maybe\n", ", line 2", "maybe"),
        ("code,definition,facet,stance\nA,x,F,yes\nB,y,F,no\n", ", line 3", "unlike at line 2"),
        ("code,definition,facet\nA,x,F\nB,y,G\nC,z,\n", ", line 4", "names no facet"),
    ],
)
def test_faults_name_line_and_column(text, place, reason):
    told = refusal(text)
    assert told.startswith(f"codes.csv{place}: ")
    assert reason in told
