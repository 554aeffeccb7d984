import re
from pathlib import Path

import pytest

from codebook.book import read_book
from codebook.book_csv import COLUMNS

PAGE = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_the_example_of_each_format_is_a_codebook(kind: str):
    examples = re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(examples) == 1
    book = read_book(f"example.{kind}", examples[0].encode())
    assert [code.name for code in book.codes][:2] == ["Company", "New friends"]
    assert book.codes[1].parent == "company"
    assert [facet.takes_stance for facet in book.facets] == [False, True]
    assert len(book.codes[0].examples) == 2


def test_every_heading_a_column_may_have_is_on_the_page():
    for field, headings in COLUMNS.items():
        row = next(
            line for line in PAGE.split("\n") if line.startswith(f"| `{field}` | {headings[0]}")
        )
        for heading in headings:
            assert heading in row
