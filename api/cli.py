"""The command line: `greenshoots`, its commands, and errors as sentences."""

import sys

import typer
from pydantic import ValidationError

from api.commands.analysis import analyse, suggest, themes
from api.commands.codebook import codebook
from api.commands.collect import ingest
from api.commands.console import warn
from api.commands.export import exports
from api.commands.people import users
from api.commands.start import demo, init, serve
from capture.settings import Settings
from transcripts.errors import GreenshootsError

app = typer.Typer(
    help="Learning capture and thematic coding for people who listen for a living.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (init, demo, ingest, codebook, analyse, themes, suggest, serve):
    app.command()(command)
app.add_typer(exports, name="export")
app.add_typer(users, name="user")


def main() -> None:
    """Run the command line; an error we foresaw is a sentence on standard error and exit 1."""
    try:
        app()
    except GreenshootsError as error:
        warn(str(error))
        sys.exit(1)
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        for wrong in error.errors():
            name = "_".join(map(str, wrong["loc"])).upper()
            warn(f"GREENSHOOTS_{name} can't be “{wrong['input']}”: {wrong['msg']}.")
        sys.exit(1)
