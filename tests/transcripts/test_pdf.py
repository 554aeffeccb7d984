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


def told(reading):
    return {item.what: (item.where, item.words) for item in reading.left_out}


def test_heads_and_feet_that_the_page_marks_are_nobodys_words_on_two_pages_too():
    """As browsers and word processors save them; the mark may be named rather than written out."""
    foot = b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC (The office, 4 May) Tj EMC"
    head = b"/Artifact/Named BDC (Confidential talk) Tj EMC"
    extra = "|/Properties<</Named<</Type/Pagination/Subtype/Header>>>>"
    data = pdf(["Asha: Hello.", "FOOT", "HEAD"], ["Tom: Yes.", "FOOT"], extra=extra)
    reading = read("talk.pdf", data.replace(b"(FOOT) Tj", foot).replace(b"(HEAD) Tj", head))
    assert said(reading) == [("Asha", "Hello."), ("Tom", "Yes.")]
    assert told(reading) == {
        "The office, 4 May": ("pages 1 to 2", 8), "Confidential talk": ("page 1", 2),
    }  # fmt: skip


def test_what_a_browser_prints_around_a_page_is_nobodys_words():
    when = "24/11/2026, 09:38"
    data = pdf(
        [f"{when} Interview 9", "Asha: At https://example.org/a 1/2", "file:///tmp/talk.html 1/2"],
        [f"{when} Interview 9", "Tom: 24/11/2026, 09:38, I know.", "file:///tmp/talk.html 2/2"],
    )
    reading = read("talk.pdf", data)
    assert said(reading) == [
        ("Asha", "At https://example.org/a 1/2"), ("Tom", "24/11/2026, 09:38, I know."),
    ]  # fmt: skip
    assert set(told(reading)) == {"file:///tmp/talk.html 1/2", f"{when} Interview 9"}


def test_what_somebody_says_on_every_page_is_no_head_of_the_page():
    pages = [[f"Practitioner 4: On page {at} I go on, as on all of them."] for at in range(1, 7)]
    assert len(read("talk.pdf", pdf(*pages)).turns) == 6
    headed = [[f"Interview 9: page {at}", f"Asha: {LONG} {'x' * at}"] for at in range(1, 7)]
    assert told(read("talk.pdf", pdf(*headed))) == {"Interview 9: page 1": ("pages 1 to 6", 24)}


def test_a_soft_hyphen_parts_no_word_but_at_a_lines_end():
    soft = b"(exhaust) Tj /Span<</ActualText<FEFF00AD>>>BDC (%s) Tj EMC %s (ing) Tj"
    data = pdf(["Asha: It was WITHIN and", "very, most certainly END indeed."])
    data = data.replace(b"WITHIN", b") Tj " + soft % (b" ", b"9 0 Td") + b" (")
    data = data.replace(b"END", b") Tj " + soft % (b"-", b"0 -14 Td") + b" (")
    words = "It was exhausting and very, most certainly exhausting indeed."
    assert said(read("talk.pdf", data)) == [("Asha", words)]


@pytest.mark.parametrize(
    ("written", "meant"), [(b"(fi)", None), (b"<FEFF00660066>", "ff"), (b"(caf\\351)", "café")]
)
def test_words_for_those_who_cannot_see_are_read_as_they_are_encoded(written, meant):
    shown = b"/Span<</ActualText " + written + b">>BDC (fine) Tj EMC"
    reading = read("talk.pdf", pdf(["Asha: Hello.", "SHOWN"]).replace(b"(SHOWN) Tj", shown))
    assert [item.what for item in reading.left_out] == ([meant] if meant else [])
