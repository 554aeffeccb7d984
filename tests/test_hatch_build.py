"""The build hook: browser libraries come from the lock file, and only when they are missing."""

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parent.parent
LOCK = json.loads((TOP / "package-lock.json").read_text("utf-8"))["packages"]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", TOP / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree where htmx has been fetched and put in place."""
    shutil.copy(TOP / "package-lock.json", tmp_path)
    dist = tmp_path / "node_modules" / "htmx.org" / "dist"
    dist.mkdir(parents=True)
    version = LOCK["node_modules/htmx.org"]["version"]
    (dist / "htmx.min.js").write_text(f'var htmx={{version:"{version}"}}')
    (dist.parent / "LICENSE").write_text("Zero-Clause BSD")
    load().vendor(tmp_path)
    return tmp_path


def test_nothing_is_fetched_when_the_locked_version_is_in_place(tree: Path) -> None:
    assert load().in_place(tree, for_tests=False)


def test_another_version_or_no_file_is_fetched_anew(tree: Path) -> None:
    placed = tree / "api" / "static" / "vendor" / "htmx.min.js"
    placed.write_text('var htmx={version:"1.0.0"}')
    assert not load().in_place(tree, for_tests=False)
    placed.unlink()
    assert not load().in_place(tree, for_tests=False)


def test_an_editable_install_wants_the_libraries_of_the_tests_too(tree: Path) -> None:
    assert not load().in_place(tree, for_tests=True)
    axe = tree / "node_modules" / "axe-core"
    axe.mkdir()
    (axe / "package.json").write_text(json.dumps(LOCK["node_modules/axe-core"]))
    assert load().in_place(tree, for_tests=True)


def test_the_lock_file_pins_by_digest_and_names_no_address() -> None:
    libraries = {name: entry for name, entry in LOCK.items() if name}
    assert set(libraries) == {"node_modules/htmx.org", "node_modules/axe-core"}
    assert all(entry["integrity"].startswith("sha512-") for entry in libraries.values())
    assert "http" not in (TOP / "package-lock.json").read_text("utf-8")
