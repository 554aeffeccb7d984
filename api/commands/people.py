"""`greenshoots user add`: someone who may sign in, with a role in a study."""

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.commands.console import opened, say
from api.sign_in import make_link, same_address
from capture.errors import Unfit
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
    say(f"Sign in once, within the hour: http://{settings.host}:{settings.port}{link}")


def add_person(session: Session, email: str, name: str | None, study: str, role: str) -> str:
    """Make or find a person, set their role in a study; gives the path of a one-time link."""
    address = same_address(email)
    if role not in ROLES:
        raise Unfit(f'"{role}" is not a role.', way_out=f"Use one of: {', '.join(ROLES)}.")
    if "@" not in address.strip("@"):
        raise Unfit(f'"{email}" is not an e-mail address.', way_out="Write it as NAME@PLACE.")
    user = session.scalar(select(User).where(User.email == address))
    if user is None:
        user = User(email=address, name=name or address.split("@")[0])
        session.add(user)
        session.flush()
    membership = session.get(Membership, (user.id, begin(session, study).id))
    if membership is None:
        session.add(Membership(user_id=user.id, study_id=begin(session, study).id, role=role))
    else:
        membership.role = role
    return make_link(session, user.id)
