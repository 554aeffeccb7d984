"""Figures are written into the page without losing those that weren't measured again."""

import pytest

from benchmarks.tables import BEGIN, END, Table, put_between, three

PAGE = f"# Benchmarks\n\nBy hand.\n\n{BEGIN}\n\n{END}\n\nMore by hand.\n"


@pytest.fixture
def page(tmp_path):
    made = tmp_path / "benchmarks.md"
    made.write_text(PAGE, "utf-8")
    return made


def test_a_table_takes_the_place_of_its_elder_and_the_others_stay(page):
    put_between(page, [Table("Speed", ("what", "s"), [("a", "1.0")])])
    put_between(page, [Table("Themes", ("what", "AMI"), [("b", ".36")], "Of passages.")])
    put_between(page, [Table("Speed", ("what", "s"), [("a", "0.5")])])
    written = page.read_text("utf-8")
    assert "| a | 0.5 |" in written
    assert "| a | 1.0 |" not in written  # the load that is told may be 1.0, too
    assert written.index("### Speed") < written.index("### Themes") < written.index(END)
    assert "Of passages." in written
    assert written.startswith("# Benchmarks\n\nBy hand.")
    assert written.endswith(f"{END}\n\nMore by hand.\n")


def test_a_page_without_the_two_lines_is_not_written_to(tmp_path):
    page = tmp_path / "other.md"
    page.write_text("Nothing.", "utf-8")
    with pytest.raises(SystemExit, match="lacks"):
        put_between(page, [])
    assert page.read_text("utf-8") == "Nothing."


def test_each_table_says_when_and_on_what_it_was_measured():
    assert "Python 3" in Table("Speed", ("what",), [("a",)]).markdown()


def test_figures_are_written_as_papers_do():
    assert three([0.6514, 0.85, 1.0]) == ".651/.850/1.000"
