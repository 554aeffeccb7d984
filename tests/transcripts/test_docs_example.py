import re
from pathlib import Path

from transcripts.manifest import read_manifest
from transcripts.manifest_cells import KNOWN
from transcripts.readers import READABLE

PAGE = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text(encoding="utf-8")


def test_the_manifest_in_the_documentation_works():
    example = re.search(r"```csv\n(.+?)```", PAGE, re.DOTALL)
    assert example is not None
    manifest = read_manifest("manifest.csv", example[1].encode())
    assert set(manifest.files) == {"group-1.txt", "views.csv"}
    assert manifest.attribute_names == ("innovation",)


def test_every_column_and_every_format_is_documented():
    assert [name for name in (*KNOWN, *READABLE) if f"`{name}`" not in PAGE] == []
