"""Files of every format made from nothing, with only the parts a test needs in them."""

import io
import re
import zipfile
from collections.abc import Mapping

WORD_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
OPEN_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "form", "script", "meta")
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML"'
)
SHEET_SPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document; `{n}` in a part becomes the names of its namespaces."""
    whole = f"<w:document {WORD_SPACES}><w:body>{body}</w:body></w:document>"
    return packed({"word/document.xml": whole, **_named(parts, WORD_SPACES)})


def run(words: str, properties: str = "") -> str:
    """A run of a Word document."""
    shaped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shaped}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(words: str, style: str = "") -> str:
    """A paragraph of a Word document with one run."""
    shaped = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{shaped}{run(words)}</w:p>"


def odt(body: str, parts: Mapping[str, str | bytes] | None = None, styles: str = "") -> bytes:
    """An OpenDocument text; `{n}` in a part becomes the names of its namespaces."""
    whole = (
        f"<office:document-content {OPEN_SPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"content.xml": whole, **_named(parts, OPEN_SPACES)})


def _named(parts: Mapping[str, str | bytes] | None, spaces: str) -> dict[str, str | bytes]:
    return {
        name: content.replace("{n}", spaces) if isinstance(content, str) else content
        for name, content in (parts or {}).items()
    }


def xlsx(
    rows: str,
    *,
    below: str = "",
    strings: str = "",
    book: str = "",
    styles: str = "",
    title: str = "Sheet1",
    others: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of one sheet with these rows (XML); `others` are further sheets by title."""
    sheets = {title: f"<sheetData>{rows}</sheetData>{below}"}
    sheets |= {name: f"<sheetData>{cells}</sheetData>" for name, cells in (others or {}).items()}
    listed, relations, made = "", "", {}
    for at, (name, content) in enumerate(sheets.items(), start=1):
        listed += f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>'
        relations += (
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet{at}.xml"/>'
        )
        made[f"xl/worksheets/sheet{at}.xml"] = f"<worksheet {SHEET_SPACES}>{content}</worksheet>"
    for kind, content in (("sharedStrings", strings), ("styles", styles)):
        if content:
            relations += f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
            root = "sst" if kind == "sharedStrings" else "styleSheet"
            made[f"xl/{kind}.xml"] = f"<{root} {SHEET_SPACES}>{content}</{root}>"
    listing = f"{book}<sheets>{listed}</sheets>"
    return packed(
        {
            "xl/workbook.xml": f"<workbook {SHEET_SPACES}>{listing}</workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            **made,
            **_named(parts, WORD_SPACES),
        }
    )


def row(*cells: str, number: int | None = None) -> str:
    """A row of a sheet; a cell that is no XML is a text in the cell itself."""
    made = "".join(
        cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}">{made}</row>' if number else f"<row>{made}</row>"


def pdf(*pages: list[str], extra: str = "", root: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A PDF with one text line below the other on each page, in a standard font.

    `extra` goes into each page, `root` into the catalogue; `objects` come after the pages' own and
    are referred to as `{0}`, `{1}` in all three.
    """
    first = 4 + 2 * len(pages)
    numbers = [f"{first + at} 0 R" for at in range(len(objects))]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        f"<</Type/Catalog/Pages 2 0 R{_filled(root, numbers)}>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, lines in enumerate(pages):
        written = "".join(
            "({}) Tj 0 -14 Td\n".format(re.sub(r"([\\()])", r"\\\1", line)) for line in lines
        )
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>{_resources(extra, numbers)}>>{_rest(extra, numbers)}>>"
        )
        bodies.append(stream(f"BT /F1 11 Tf 50 800 Td\n{written}ET"))
    bodies += [_filled(one, numbers) for one in objects]
    return numbered(bodies)


def stream(content: str, about: str = "") -> str:
    """A stream object of a PDF."""
    return f"<<{about}/Length {len(content.encode('cp1252'))}>>stream\n{content}\nendstream"


def numbered(bodies: list[str], trailer: str = "") -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


def _filled(text: str, numbers: list[str]) -> str:
    for at, number in enumerate(numbers):
        text = text.replace(f"{{{at}}}", number)
    return text


def _resources(extra: str, numbers: list[str]) -> str:
    """The part of `extra` that belongs into the resources: after a bar."""
    return _filled(extra.partition("|")[2], numbers)


def _rest(extra: str, numbers: list[str]) -> str:
    return _filled(extra.partition("|")[0], numbers)
