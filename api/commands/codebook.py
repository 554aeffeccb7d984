"""`greenshoots codebook`: a study's own codebook, from YAML or CSV."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import opened, say
from codebook.beginnings import begin
from codebook.book import read_book
from codebook.book_faults import refuse
from codebook.curation import install_book


def codebook(
    file: Annotated[Path, typer.Argument(help="The codebook, as .yaml or .csv.")],
    study: Annotated[str, typer.Option(help="The study's name; it is made when new.")],
) -> None:
    """Put a codebook of your own in place. Codes that decisions rest on are kept, as retired.

    Example: greenshoots codebook our-codes.yaml --study "Scale and learn"
    """
    book = read_book(str(file), _bytes(file))
    with opened() as (store, _settings), store.writing() as session:
        version = install_book(session, begin(session, study).id, book)
    say(f"The codebook has {len(book.codes)} codes; this is its version {version}.")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = f"it can't be opened ({error.strerror})."
        raise refuse(str(file), "", reason, "Check the path.") from None
