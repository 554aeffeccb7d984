"""Whole files against a count of their words that doesn't go through the readers."""

from benchmarks.fidelity import ROUTES, counted_in
from tests.transcripts.places import docx, odt
from transcripts.accounts import words_accounted
from transcripts.folders import list_files
from transcripts.intake import suffix_of
from transcripts.readers import read


def test_words_in_the_sample_are_words_stored_and_words_left_out(sample_folder):
    files = list_files([sample_folder]).files
    assert {suffix_of(file.name) for file in files} >= {".txt", ".docx", ".vtt", ".csv"}
    for file in files:
        counted = counted_in(file.name, file.read_bytes())
        assert counted.there > 500
        assert (counted.lost, counted.unplaced) == (0, 0), counted


def test_a_document_with_all_its_places_filled_loses_no_word():
    """Everything that can stand in a document at once, as text nodes."""
    talk = docx.docx(
        docx.TALK + "".join(docx.SPOKEN.values()),
        {
            name: part
            for parts in docx.TOLD_PARTS.values()
            for name, part in parts.items()
            if name.startswith(("word/header", "word/comments", "word/glossary"))
        },
    )
    for name, data in (("talk.docx", talk), ("talk.odt", odt.odt("".join(odt.SPOKEN.values())))):
        reading = read(name, data)
        stored, accounted = words_accounted(reading)
        assert stored == accounted
        assert (
            reading.text.count(docx.WORD)
            == {"talk.docx": len(docx.SPOKEN), "talk.odt": len(odt.SPOKEN)}[name]
        )


def test_the_count_knows_each_format_that_needs_no_library():
    assert set(ROUTES) == {
        ".txt", ".md", ".html", ".htm", ".vtt", ".srt", ".sbv", ".csv", ".odt", ".docx",
    }  # fmt: skip
