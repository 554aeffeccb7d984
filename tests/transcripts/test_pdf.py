import pytest

from tests.transcripts.accounting import said
from tests.transcripts.made import pdf, stream
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read

LONG = "and this line is as wide as the others on the page are"


def page(number: int, *lines: str) -> list[str]:
    return ["The study of everything", *lines, f"Page {number} of 3"]


def test_turns_run_over_pages_without_what_stands_on_each():
    data = pdf(
        page(
            1,
            "Asha: we went to the park on the first of many cold",
            "mornings.",
            f"Tom: Yes, {LONG}",
        ),
        page(2, "over the page.", "Asha: planted, 3 times."),
        page(3, "Tom: 2"),
    )
    reading = read("talk.pdf", data)
    assert said(reading) == [
        ("Asha", "we went to the park on the first of many cold mornings."),
        ("Tom", f"Yes, {LONG} over the page."),
        ("Asha", "planted, 3 times."),
        ("Tom", "2"),
    ]
    told = {item.what: (item.where, item.words) for item in reading.left_out}
    assert told == {
        "The study of everything": ("pages 1 to 3", 12), "Page 1 of 3": ("pages 1 to 3", 12),
    }  # fmt: skip
    stored, accounted = words_accounted(reading)
    assert stored == accounted


def test_a_word_parted_at_a_line_end_is_whole_again_and_a_compound_keeps_its_hyphen():
    data = pdf(
        ["Asha: we talked of well-being in a very impor-",
         "tant meeting and again of all our well-", "being."]
    )  # fmt: skip
    reading = read("talk.pdf", data)
    assert said(reading) == [
        (
            "Asha",
            "we talked of well-being in a very important meeting and again of all our well-being.",
        )
    ]
    assert "2 × hyphen" in [item.what for item in reading.left_out]


def test_numbers_that_do_not_run_with_the_pages_are_words():
    reading = read("talk.pdf", pdf(["Asha: How many?", "Tom:", "7"], ["Asha: And?", "Tom:", "7"]))
    assert said(reading)[1] == ("Tom", "7")
    assert said(reading)[3] == ("Tom", "7")


def test_letters_quotes_and_remarks_are_read():
    extra = "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(planted-remark)>>]"
    reading = read("talk.pdf", pdf(["Asha: a café – “fine”, £5 (yes)"], extra=extra))
    assert said(reading) == [("Asha", "a café – “fine”, £5 (yes)")]
    assert [item.what for item in reading.left_out] == ["planted-remark"]


def test_a_page_without_words_is_told():
    reading = read("talk.pdf", pdf(["Asha: Hello."], []))
    assert [item.where for item in reading.left_out] == ["page 2"]


def test_what_the_library_passes_over_is_told():
    """A drawing on the page that says nothing of what it is: its words can't be known."""
    data = pdf(["Asha: Hello."], extra="|/XObject<</X {0}>>", objects=(stream("BT (lost) Tj ET"),))
    reading = read("talk.pdf", data.replace(b"(Asha: Hello.) Tj", b"(Asha: Hi) Tj ET /X Do BT"))
    assert said(reading) == [("Asha", "Hi")]
    told = [item for item in reading.left_out if "damaged" in item.why]
    assert [item.what for item in told] == ["1 × place"]


def test_a_stamp_and_a_picture_are_told_because_they_may_hold_words():
    extra = "/Annots[<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N {0}>>>>]|/XObject<</P {1}>>"
    objects = (stream("", "/Subtype/Form"), stream("", "/Subtype/Image"))
    reading = read("talk.pdf", pdf(["Asha: Hello."], extra=extra, objects=objects))
    assert [item.what for item in reading.left_out] == ["a drawing", "1 × picture"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([]), "pictures"),
        (b"%PDF-1.7\nnothing of a PDF", "damaged"),
        (b"no PDF", "not a PDF"),
        (pdf(["Asha: Hello."])[:300], "damaged|pictures"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(data, reason):
    with pytest.raises(RefusedFile, match=reason):
        read("talk.pdf", data)
