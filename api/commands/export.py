"""`greenshoots export`: the quote bank, or the codebook, into a file."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import opened, say
from capture.errors import Unfit
from capture.studies import study_named
from codebook.book import write_book
from codebook.curation import load_book
from codebook.exports import FORMATS
from codebook.quotes import Filters, audience_of, quote_bank

exports = typer.Typer(help="Take a study's results out.", no_args_is_help=True)


@exports.callback()
def _group() -> None:
    """Take a study's results out."""


@exports.command()
def quotes(
    study: Annotated[str, typer.Option(help="The study's name.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    form: Annotated[
        str | None,
        typer.Option("--format", help="docx, csv or json; else as the file's ending says."),
    ] = None,
    chosen: Annotated[
        bool, typer.Option("--chosen", help="Only quotes chosen for the report.")
    ] = False,
    made_for: Annotated[
        str,
        typer.Option("--for", help="programme, or public: words agreed only inside stay out."),
    ] = "programme",
) -> None:
    """Write the quote bank: words that people coded and that may be quoted.

    Example: greenshoots export quotes --study "Scale and learn" --format docx -o quotes.docx
    """
    kind = form or output.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise Unfit(f'"{kind}" is not a format.', way_out=f"Use one of: {', '.join(FORMATS)}.")
    audience = audience_of(made_for)
    wanted = Filters(chosen_only=chosen)
    with opened() as (store, _settings), store.reading() as session:
        found = study_named(session, study)
        bank = quote_bank(session, found.id, found.name, wanted, audience=audience)
    write, _media = FORMATS[kind]
    _write(output, write(bank))
    noun = "passage" if bank.passages == 1 else "passages"
    told = f"{bank.passages} {noun} quoted. {bank.audience_sentence} {bank.held_sentence}"
    say(f"{output}: {told}")


@exports.command()
def codebook(
    study: Annotated[str, typer.Option(help="The study's name.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The .yaml file to write.")],
) -> None:
    """Write a study's codebook as YAML; `greenshoots codebook` reads it back.

    Example: greenshoots export codebook --study "Scale and learn" -o codes.yaml
    """
    with opened() as (store, _settings), store.reading() as session:
        book = load_book(session, study_named(session, study).id)
    _write(output, write_book(book).encode())
    say(f"{output}: {len(book.codes)} codes.")


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise Unfit(
            f"{output} can't be written ({error.strerror}).", way_out="Choose another place."
        ) from None
