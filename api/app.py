"""The service: its rooms behind one gate, and what holds for every request around them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api.answers import answer_http, answer_ours, answer_overflow, answer_unfit
from api.compression import Compressed
from api.failures import Failures
from api.gate import Gate
from api.policies import STATIC
from api.routes import routers
from api.security import Headers, Origin
from capture.searching.meaning import MeaningApart
from capture.searching.memory import Memory
from capture.settings import Settings
from capture.store import Store, open_store
from transcripts.errors import GreenshootsError

STATIC_FILES = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """The service over the store that the settings name."""
    store, meaning = open_store(settings), MeaningApart(settings)
    app = FastAPI(
        title="Greenshoots",
        summary="Learning capture and thematic coding: the review service.",
        openapi_url=None,  # served by routes/documentation.py, to people who are signed in
        redirect_slashes=False,
        lifespan=_closing(store, meaning),
    )
    app.state.settings = settings
    app.state.store = store
    app.state.meaning = meaning
    app.state.memory = Memory()
    for router in routers():
        # Not include_router: the gate and the tests want the routes themselves, in a flat list.
        app.router.routes.extend(router.routes)
    app.mount(STATIC, StaticFiles(directory=STATIC_FILES), name="static")
    app.add_exception_handler(GreenshootsError, answer_ours)
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(RequestValidationError, answer_unfit)
    app.add_exception_handler(OverflowError, answer_overflow)
    _surround(app, settings, store)
    return app


def _surround(app: FastAPI, settings: Settings, store: Store) -> None:
    """Wrap the app, from the inside out: the last one added is met first."""
    app.add_middleware(Gate, routes=lambda: app.routes, store=store, settings=settings)
    app.add_middleware(Origin, hosts=settings.host_names)
    app.add_middleware(Failures)
    app.add_middleware(Compressed)
    app.add_middleware(Headers)


def _closing(
    store: Store, meaning: MeaningApart
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        yield
        meaning.close()
        store.close()

    return lifespan
