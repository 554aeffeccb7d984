"""The quote bank as a Word document that a colleague can paste from."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from codebook.bank import NO_THEME, Quote, QuoteBank, ThemeLine
from codebook.sharing import INSIDE

AGAINST = "What speaks against it"
CREDIT = "Quote credit"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML can't hold; Word refuses a file that has one."""
QUIET = RGBColor(0x55, 0x5B, 0x55)
GREEN = RGBColor(0x1F, 0x5B, 0x42)


def to_docx(bank: QuoteBank) -> bytes:
    """A heading a theme, a smaller one a code, each quote with its credit in real Word styles."""
    document = Document()
    _style(document, f"Quote bank: {bank.study}")
    document.add_heading(clean(f"Quote bank: {bank.study}"), level=0)
    noun = "passage" if bank.passages == 1 else "passages"
    document.add_paragraph().add_run(clean(bank.audience_sentence)).bold = True
    part = " This is a part of the study's quote bank." if bank.narrowed else ""
    document.add_paragraph(clean(f"{bank.passages} {noun} quoted.{part} {bank.held_sentence}"))
    if not bank.quotes:
        document.add_paragraph("There is nothing here that may be quoted.")
    by_theme: dict[int | None, list[Quote]] = {theme.id: [] for theme in bank.themes}
    for quote in bank.quotes:
        by_theme.setdefault(quote.theme_id, []).append(quote)
    themes = {theme.id: theme for theme in bank.themes}
    for theme_id, quotes in by_theme.items():
        _add_theme(document, themes.get(theme_id or 0), quotes)
    return _saved(document)


def clean(text: str) -> str:
    """Text without the control characters that would make the document unreadable."""
    return _CONTROL.sub("", text)


def _saved(document: DocxDocument) -> bytes:
    """The document's bytes, without the moment of writing: the same bank, the same bytes."""
    written, dated = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(dated, "w", ZIP_DEFLATED) as again:
        for name in parts.namelist():
            again.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return dated.getvalue()


def _style(document: DocxDocument, title: str) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(title)[:255], "Greenshoots", ""
    facts.created = facts.modified = datetime(2000, 1, 1, tzinfo=UTC)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Georgia"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme_font in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme_font}"), None)
        fonts.set(qn("w:eastAsia"), "Georgia")
        if name != "Normal":
            style.font.color.rgb = GREEN
    document.styles["Normal"].font.size = Pt(11)
    words = document.styles["Quote"]
    words.font.color.rgb, words.font.italic, words.font.size = RGBColor(0, 0, 0), False, Pt(12)
    words.paragraph_format.left_indent = Pt(18)
    words.paragraph_format.space_after = Pt(2)
    words.paragraph_format.keep_with_next = True
    credit = document.styles.add_style(CREDIT, WD_STYLE_TYPE.PARAGRAPH)
    credit.base_style = document.styles["Normal"]
    credit.font.size, credit.font.color.rgb = Pt(9), QUIET
    credit.paragraph_format.left_indent, credit.paragraph_format.space_after = Pt(18), Pt(12)


def _add_theme(document: DocxDocument, theme: ThemeLine | None, quotes: Sequence[Quote]) -> None:
    document.add_heading(clean(theme.name if theme else NO_THEME), level=1)
    if theme and theme.claim:
        document.add_paragraph().add_run(clean(theme.claim)).bold = True
    _add_quotes(document, [quote for quote in quotes if not quote.against])
    if theme and not quotes:
        _add_styled(document, CREDIT, "No quote stands here.")
    against = [quote for quote in quotes if quote.against]
    if theme and (against or theme.counter_evidence):
        document.add_heading(AGAINST, level=2)
        if theme.counter_evidence:
            document.add_paragraph(clean(theme.counter_evidence))
        for quote in against:
            _add(document, quote)


def _add_quotes(document: DocxDocument, quotes: Iterable[Quote]) -> None:
    for code, of_code in groupby(quotes, key=lambda quote: quote.code):
        document.add_heading(clean(code), level=2)
        for quote in of_code:
            _add(document, quote)


def _add(document: DocxDocument, quote: Quote) -> None:
    _add_styled(document, "Quote", quote.text)
    _add_styled(document, CREDIT, _credit(quote))


def _add_styled(document: DocxDocument, style: str, text: str) -> None:
    paragraph = document.add_paragraph(clean(text))
    # By its id: to look a style up by its name takes a millisecond, and a bank has thousands.
    paragraph._p.style = style.replace(" ", "")


def _credit(quote: Quote) -> str:
    event = quote.kind if quote.wave is None else f"{quote.kind}, wave {quote.wave}"
    parts: list[str | None] = [quote.credit, quote.transcript or event]
    parts += [f"{name}: {value}" for name, value in quote.attributes.items()]
    parts += [quote.code if quote.against and quote.code_id else None, quote.stance]
    parts.append("inside the programme only" if quote.audience == INSIDE else None)
    parts += [quote.warrant.sentence, "chosen for the report" if quote.chosen else None]
    if quote.confirmed_by and quote.confirmed_at:
        who = " and ".join(quote.confirmed_by)
        parts.append(f"confirmed by {who} on {quote.confirmed_at.day} {quote.confirmed_at:%B %Y}")
    if quote.reference is not None:
        parts.append(f"passage {quote.reference}, {quote.start}–{quote.end}")
    return " · ".join(part for part in parts if part)
