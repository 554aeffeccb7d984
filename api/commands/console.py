"""What every command shares: settings, the open store, two consoles, progress that is drawn."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from capture.settings import Settings
from capture.store import Store, open_store

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def opened() -> Iterator[tuple[Store, Settings]]:
    """The store that the settings name, open for as long as a command runs."""
    settings = Settings()
    store = open_store(settings)
    try:
        yield store, settings
    finally:
        store.close()


def many(count: int, noun: str) -> str:
    """ "1 word", "1,200 words"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def say(text: str) -> None:
    """Print to standard output, as it stands: names may hold brackets."""
    out.print(text, markup=False)


def warn(text: str) -> None:
    """Print to standard error."""
    err.print(text, markup=False)


def bars() -> Progress:
    """Progress bars on standard error, so that standard output stays clean for `--json`."""
    return Progress(
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
    )
