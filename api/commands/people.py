"""`greenshoots user add`: someone who may sign in, with a role in a study."""

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.commands.console import opened, say
from api.people import check_person, set_role
from api.sign_in import make_link
from capture.models import ROLES, Membership, User
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
    """Make or find a person, set their role in a study; gives the path of a one-time link.

    Whoever runs the command line holds the store, so unlike an admin they may hand out any link.
    """
    address = check_person(email, name or "", role)
    user = session.scalar(select(User).where(User.email == address))
    if user is None:
        user = User(email=address, name=name or address.partition("@")[0])
        session.add(user)
        session.flush()
    study_id = begin(session, study).id
    if session.get(Membership, (user.id, study_id)) is None:
        session.add(Membership(user_id=user.id, study_id=study_id, role=role))
        session.flush()
    else:
        set_role(session, study_id, user.id, role)
    return make_link(session, user.id)
