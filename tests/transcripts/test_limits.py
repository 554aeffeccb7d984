"""The limits of intake: each a named constant, told in the documentation as it is."""

import re
from pathlib import Path

import pytest

from transcripts import apart, intake, tables, zips
from transcripts.errors import RefusedManifest
from transcripts.intake import MIB
from transcripts.manifest import read_manifest
from transcripts.readers import html_page, pdf

PAGE = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text("utf-8")
UNITS = {
    "apart.MOST_CHILDREN": 1,
    "intake.MOST_BYTES": MIB,
    "intake.MOST_ENTRIES": 1,
    "intake.MOST_LINES": 1,
    "intake.MOST_MANIFEST_BYTES": MIB,
    "intake.MOST_MEMORY": MIB,
    "intake.MOST_SECONDS": 1,
    "intake.MOST_UNPACKED": MIB,
    "intake.MOST_WORDS": 1,
    "html_page.MOST_TAGS": 1,
    "pdf.MOST_PAGES": 1,
    "tables.MOST_ROWS": 1,
    "zips.MOST_ZIP_BYTES": MIB,
}
MODULES = {
    "apart": apart, "intake": intake, "zips": zips, "html_page": html_page, "pdf": pdf,
    "tables": tables,
}  # fmt: skip


@pytest.mark.parametrize("constant", UNITS)
def test_the_documentation_tells_each_limit_as_it_is(constant):
    row = re.search(rf"^\| [^|]+ \| ([\d,]+)[^|]* \| `{re.escape(constant)}`", PAGE, re.MULTILINE)
    module, name = constant.split(".")
    value = getattr(MODULES[module], name)
    assert int(row[1].replace(",", "")) * UNITS[constant] == value


def test_the_ratio_and_the_patience_are_told_too():
    assert f"and {intake.MOST_RATIO} times its size" in PAGE
    assert apart.PATIENCE_SECONDS == 60
    assert "wait up to a minute" in PAGE


def test_a_manifest_too_large_is_refused():
    data = b"file,kind,speaker\n" + b"a.txt,interview,Asha\n" * 100_000
    with pytest.raises(RefusedManifest, match="at most 2 MB"):
        read_manifest("people.csv", data)
