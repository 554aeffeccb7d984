import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.accounting import check_accounts, said
from transcripts.accounts import words_accounted
from transcripts.errors import RefusedFile
from transcripts.readers import read


def pdf(*pages: list[str], extra: str = "") -> bytes:
    """A PDF with one text line below the other on each page, in a standard font."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, lines in enumerate(pages):
        written = "".join(
            "({}) Tj 0 -14 Td\n".format(re.sub(r"([\\()])", r"\\\1", line)) for line in lines
        )
        stream = f"BT /F1 11 Tf 50 800 Td\n{written}ET"
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>{extra}>>"
        )
        bodies.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


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


WORDS = st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,9}", fullmatch=True)
LINES = st.lists(
    st.one_of(
        st.sampled_from(["Asha: yes", "Tom: no-", "a long line of words that goes on and on", "1"]),
        st.text(st.characters(codec="cp1252", min_codepoint=32), max_size=20),
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4), st.integers(10, 5000), st.integers(0, 255))
def test_any_pdf_whole_or_damaged_is_read_or_refused(pages, at, byte):
    data = pdf(*pages)
    check_accounts("talk.pdf", data)
    damaged = bytearray(data)
    damaged[9 + at % (len(data) - 9)] = byte
    check_accounts("talk.pdf", bytes(damaged))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1), min_size=1, max_size=3))
def test_no_word_of_any_page_is_lost(pages):
    reading = read("talk.pdf", pdf(["Asha: hi"], *pages))
    told = " ".join(item.what for item in reading.left_out if not item.stored)
    kept = set(f"{reading.text} {told}".split())
    assert {word for lines in pages for line in lines for word in line.split()} <= kept
