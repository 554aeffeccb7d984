"""What holds for the tree as a whole, checked against the tree."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PACKAGES = ("transcripts", "capture", "codebook", "api")
SOURCES = [file for name in PACKAGES for file in sorted((TOP / name).rglob("*.py"))]
TEMPLATES = sorted((TOP / "api" / "templates").rglob("*.html"))
LONGEST_FILE = 400
ONLY_IN = {
    "sentence_transformers": {"capture/encoding/embed.py"},
    "dbos": {"capture/jobs.py"},
    "spacy": {"transcripts/sentences.py", "capture/names/named_entities.py"},
    "vl_convert": {"codebook/exports/map_files.py"},
}


def relative(file: Path) -> str:
    return file.relative_to(TOP).as_posix()


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_the_tree_is_there_to_be_checked():
    assert len(SOURCES) > 80
    assert len(TEMPLATES) > 20


WRITTEN = [file for file in SOURCES if "versions" not in file.parts]
"""All but migrations, which are written by Alembic and never changed."""


@pytest.mark.parametrize("file", WRITTEN, ids=relative)
def test_no_file_is_too_long_to_be_read_in_one_go(file):
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_heavy_library_has_one_door(library):
    assert {relative(f) for f in SOURCES if library in imported(f)} == ONLY_IN[library]


MAY_READ_THE_REGISTER = {
    "capture/models/__init__.py",
    "capture/models/register.py",
    "capture/names/putting_back.py",
    "capture/names/register.py",
    "capture/names/entries.py",
    "capture/names/replaced.py",
    "capture/draft/taken_before.py",
    "capture/corrections/versions.py",
}
"""Whatever else read real names, or words taken out, would be a way out of the register."""


def test_only_these_read_real_names_and_what_was_taken_out():
    tables = re.compile(r"\b(?:RegisterEntry|Replacement)\b")
    found = {relative(file) for file in WRITTEN if tables.search(file.read_text("utf-8"))}
    assert found == MAY_READ_THE_REGISTER


def test_the_register_is_opened_by_its_own_room_alone():
    rooms = r"names\.(?:register|entries|lists|replaced|putting_back|still_standing)"
    readers = re.compile(rf"capture\.(?:{rooms}|draft\.taken_before)\b")
    outside = [file for file in WRITTEN if file.relative_to(TOP).parts[0] in {"codebook", "api"}]
    found = {relative(file) for file in outside if readers.search(file.read_text("utf-8"))}
    assert found == {"api/routes/register.py"}


MAY_READ_DRAFTS = {
    "api/routes/draft_marks.py",
    "api/routes/drafts.py",
    "capture/draft/accepting.py",
    "capture/draft/look.py",
    "capture/draft/drafts.py",
    "capture/models/__init__.py",
    "capture/models/draft.py",
    "capture/names/register.py",
}
"""A draft holds words that nobody agreed to keep yet."""


def test_only_these_read_drafts_and_their_rooms_are_for_researchers():
    table = re.compile(r"\bDraft\b")
    found = {relative(file) for file in WRITTEN if table.search(file.read_text("utf-8"))}
    assert found == MAY_READ_DRAFTS
    for name in sorted(found & {relative(f) for f in (TOP / "api" / "routes").glob("*.py")}):
        allowed = re.findall(r"\ballow\((\w+)", (TOP / name).read_text("utf-8"))
        assert set(allowed) == {"RESEARCHERS"}, name


def test_whatever_is_imported_is_declared():
    declared = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {canonical(re.match(r"[\w-]+", line).group()) for line in declared}
    found = set().union(*map(imported, SOURCES)) - sys.stdlib_module_names - set(PACKAGES)
    by_module = packages_distributions()
    undeclared = {m for m in found if not {canonical(d) for d in by_module[m]} & names}
    assert undeclared == set()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_only_the_settings_read_the_environment():
    reads = re.compile(r"os\.environ(?!\.setdefault)|os\.getenv|getenv\(")
    found = {relative(f) for f in SOURCES if reads.search(f.read_text("utf-8"))}
    assert found == set()


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_no_page_has_inline_script_or_style_or_unescaped_text(file):
    page = file.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", page)
    assert not re.search(r"\|\s*safe\b|autoescape false|hx-on", page)


def test_services_never_commit():
    commits = re.compile(r"\.commit\(\)")
    found = {relative(f) for f in SOURCES if commits.search(f.read_text("utf-8"))}
    assert found == {"capture/store.py"}
