"""The service under test: a real app on a real store, and browsers signed in to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.sign_in import begin_session, cookie_name
from capture.settings import Settings
from capture.store import Store
from tests.builders import Built, build_study

HERE = "http://127.0.0.1:8000"
OURS = {"sec-fetch-site": "same-origin"}
_numbers = count(1)


@dataclass
class Service:
    """An app, its store and settings, and a way to come in as someone."""

    app: FastAPI
    settings: Settings
    base: str = HERE

    @property
    def store(self) -> Store:
        return self.app.state.store

    def browser(self, user_id: int | None = None) -> TestClient:
        """A browser, signed in as this person or as nobody; it follows no redirects."""
        browser = TestClient(self.app, base_url=HERE, headers=OURS, follow_redirects=False)
        if user_id is not None:
            with self.store.writing() as session:
                token = begin_session(session, user_id, self.settings)
            browser.cookies.set(cookie_name(self.settings), token, domain="127.0.0.1")
        return browser

    def study(self, name: str = "") -> Built:
        """A study of two transcripts, with a person in each role."""
        with self.store.writing() as session:
            return build_study(session, name or f"Study {next(_numbers)}")


def make_service(settings: Settings) -> Iterator[Service]:
    """A service on a data folder, closed afterwards."""
    app = create_app(settings)
    yield Service(app, settings)
    app.state.store.close()


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The service, on this test's own store."""
    yield from make_service(settings)


@pytest.fixture
def built(service: Service) -> Built:
    """One study in the service."""
    return service.study("Walking with families")


@pytest.fixture
def as_role(service: Service, built: Built) -> Callable[[str], TestClient]:
    """A browser signed in as the built study's researcher, coder, report author or admin."""
    return lambda role: service.browser(built.users[role])
