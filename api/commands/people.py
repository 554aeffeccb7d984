"""`greenshoots user add`: someone who may sign in, with a role in a study."""

from typing import Annotated

import typer
from sqlalchemy.orm import Session

from api.commands.console import opened, say
from api.people import let_in
from capture.models import ROLES
from codebook.beginnings import begin

users = typer.Typer(help="People who may sign in.", no_args_is_help=True)


@users.command()
def add(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    study: Annotated[str, typer.Option(help="The study they work in; it is made when new.")],
    name: Annotated[str | None, typer.Option(help="How they are shown to others.")] = None,
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")] = "researcher",
) -> None:
    """Let someone in, or give them another role; prints a link that signs them in once.

    Example: greenshoots user add jo@example.org --study "Scale and learn" --role coder
    """
    with opened() as (store, settings), store.writing() as session:
        link = add_person(session, email, name, study, role)
    say(f"Sign in once, within the hour: {settings.opened_at}{link}")


def add_person(session: Session, email: str, name: str | None, study: str, role: str) -> str:
    """Someone's role in a study, which is made when new; the path of a one-time link."""
    study_id = begin(session, study).id
    return let_in(session, study_id, email=email, name=name or "", role=role)
