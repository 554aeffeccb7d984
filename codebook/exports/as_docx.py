"""The quote bank as a Word document that a colleague can paste from."""

import re
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from codebook.quotes import Quote, QuoteBank

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML can't hold; Word refuses a file that has one."""
QUIET = RGBColor(0x55, 0x5B, 0x55)


def to_docx(bank: QuoteBank) -> bytes:
    """A heading a theme, a smaller one a code, each quote with its credit in real Word styles."""
    document = Document()
    _style(document)
    document.core_properties.title = clean(f"Quote bank: {bank.study}")
    document.core_properties.author = "Greenshoots"
    document.add_heading(clean(f"Quote bank: {bank.study}"), level=0)
    count = len({quote.passage_id for quote in bank.quotes})
    noun = "passage" if count == 1 else "passages"
    document.add_paragraph(clean(f"{count} {noun} quoted. {bank.held_sentence}"))
    if not bank.quotes:
        document.add_paragraph("No confirmed passage may be quoted yet.")
    for theme, of_theme in groupby(bank.quotes, key=lambda quote: quote.theme):
        document.add_heading(clean(theme), level=1)
        for code, of_code in groupby(of_theme, key=lambda quote: quote.code):
            document.add_heading(clean(code), level=2)
            for quote in of_code:
                _add(document, quote)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def clean(text: str) -> str:
    """Text without the control characters that would make the document unreadable."""
    return _CONTROL.sub("", text)


def _style(document: DocxDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Georgia")


def _add(document: DocxDocument, quote: Quote) -> None:
    said = document.add_paragraph(clean(quote.text), style="Quote")
    said.paragraph_format.keep_with_next = True
    said.paragraph_format.space_after = Pt(2)
    credit = document.add_paragraph(clean(_credit(quote)))
    credit.paragraph_format.space_after = Pt(12)
    for run in credit.runs:
        run.font.size, run.font.color.rgb = Pt(9), QUIET


def _credit(quote: Quote) -> str:
    parts = [quote.credit, quote.kind if quote.attribution == "unattributed" else quote.transcript]
    parts += [f"{name}: {value}" for name, value in quote.attributes.items()]
    parts += [quote.stance, "chosen" if quote.chosen else None]
    who = " and ".join(quote.confirmed_by)
    parts.append(f"confirmed by {who} on {quote.confirmed_at:%d %B %Y}")
    parts.append(f"passage {quote.passage_id}, {quote.start}–{quote.end}")
    return " · ".join(part for part in parts if part)
