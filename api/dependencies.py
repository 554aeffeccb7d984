"""What handlers ask for: who is here, in which study, and a session to read or write with.

    def page(request: Request, access: StudyAccess, session: Reading) -> Response: ...

A writing session commits before the answer is sent: without `scope="function"` it would commit
after, and a browser that follows the redirect at once would not see its own change.
"""

from collections.abc import Iterator
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.errors import NotSignedIn
from api.policies import Access
from capture.errors import NotFound
from capture.models import User
from capture.settings import Settings
from capture.store import Store

Row = TypeVar("Row")


def open_store_of(request: Request) -> Store:
    """The store the service was made with."""
    return cast("Store", request.app.state.store)


def settings_of(request: Request) -> Settings:
    """The settings the service was made with."""
    return cast("Settings", request.app.state.settings)


def user_of(request: Request) -> User:
    """Who is signed in, as the gate found them. Detached: read it, don't change it."""
    user: User | None = getattr(request.state, "user", None)
    if user is None:
        raise NotSignedIn
    return user


def access_of(request: Request) -> Access:
    """The study in the path and the person's role in it, as the gate found them."""
    access: Access | None = getattr(request.state, "access", None)
    if access is None:
        raise NotFound("There is no such study.", way_out="Go back to your studies.")
    return access


def _reading(request: Request) -> Iterator[Session]:
    with open_store_of(request).reading() as session:
        yield session


def _writing(request: Request) -> Iterator[Session]:
    with open_store_of(request).writing() as session:
        yield session


Reading = Annotated[Session, Depends(_reading, scope="function")]
LastingReading = Annotated[Session, Depends(_reading, scope="request")]
"""For an answer that still reads while it is sent."""
Writing = Annotated[Session, Depends(_writing, scope="function")]
StudyAccess = Annotated[Access, Depends(access_of)]
SignedIn = Annotated[User, Depends(user_of)]
OpenStore = Annotated[Store, Depends(open_store_of)]
TheSettings = Annotated[Settings, Depends(settings_of)]


def of_study(session: Session, model: type[Row], row_id: int, access: Access) -> Row:
    """A row by its id, only when its `study_id` is this study's; else NotFound, as if not there."""
    row = session.get(model, row_id)
    if row is None or getattr(row, "study_id", None) != access.study.id:
        raise NotFound("That isn't in this study.", way_out="Go back to the study's home.")
    return row
