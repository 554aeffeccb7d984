"""Words leave by one gate: nothing that writes or shows quotes can reach them any other way."""

import ast
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

import api
import codebook
from api.policies import allowed_on
from api.routes import routers

API, CODEBOOK = Path(api.__file__).parent, Path(codebook.__file__).parent
WAYS_TO_WORDS = frozenset(
    {
        *("Passage", "Segment", "Turn", "TranscriptVersion", "passages_said", "Said"),
        *("load_text", "standing_version", "members_page", "suggestions_report", "themes_report"),
    }
)
"""Names that lead to what people said, past the gate."""
BANK_ONLY = [
    *sorted((CODEBOOK / "exports").glob("*.py")),
    *(API / "routes" / name for name in ("quotes.py", "themes.py")),
    *(API / name for name in ("quote_pages.py", "quote_filters.py", "theme_pages.py")),
    API / "commands" / "export.py",
    CODEBOOK / "themes.py",
    *(CODEBOOK / name for name in ("bank.py", "narrowing.py")),
]


def imports(file: Path) -> dict[str, str]:
    """Name -> module, for everything a file imports."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name: node.module or "" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name: alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("file", BANK_ONLY, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_whatever_shows_or_writes_quotes_is_handed_a_bank(file: Path) -> None:
    assert not WAYS_TO_WORDS & set(imports(file))
    assert "codebook.said" not in imports(file).values()


@pytest.mark.parametrize("file", sorted((CODEBOOK / "exports").glob("*.py")), ids=lambda f: f.name)
def test_writers_of_exports_know_no_database(file: Path) -> None:
    modules = imports(file).values()
    assert not [name for name in modules if name.startswith(("sqlalchemy", "capture"))]


def test_the_words_of_a_bank_come_from_one_module_which_asks_the_gate() -> None:
    takers = [file.name for file in CODEBOOK.rglob("*.py") if "passages_said" in imports(file)]
    assert sorted(takers) == ["chosen.py", "quotes.py"]
    assert "release" in imports(CODEBOOK / "said.py")


@pytest.mark.parametrize("file", [API / "routes" / "quotes.py", API / "commands" / "export.py"])
def test_whatever_leaves_says_for_whom(file: Path) -> None:
    """A bank for the programme can't go out by leaving its audience unsaid."""
    calls = [
        node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "quote_bank"
    ]
    assert calls
    assert all("audience" in {one.arg for one in call.keywords} for call in calls)


def test_pages_that_report_authors_open_reach_no_words_but_by_the_bank() -> None:
    files = {
        Path(route.endpoint.__code__.co_filename)
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute) and opens_to_authors(route)
    }
    assert files >= {API / "routes" / "quotes.py", API / "routes" / "themes.py"}
    for file in files:
        assert not WAYS_TO_WORDS & set(imports(file)), file.name


def opens_to_authors(route: APIRoute) -> bool:
    allowed = allowed_on(route)
    return allowed is not None and "report author" in (allowed.policy.roles or ())
