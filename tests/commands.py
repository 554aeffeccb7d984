"""Running the command line as people do: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

GREENSHOOTS = [sys.executable, "-c", "from api.cli import main; main()"]


def environment(data: Path) -> dict[str, str]:
    """The environment of a command whose data folder is `data`."""
    return {**os.environ, "GREENSHOOTS_DATA": str(data), "NO_COLOR": "1"}


def greenshoots(data: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*GREENSHOOTS, *map(str, args)],
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=280,
    )


def well(done: subprocess.CompletedProcess[str]) -> str:
    """The standard output of a command that went well."""
    assert done.returncode == 0, done.stderr
    return done.stdout
