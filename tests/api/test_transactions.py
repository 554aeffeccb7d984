"""A change is committed before its answer is sent, or it is no success."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from api.dependencies import OpenStore, Reading, Writing
from api.policies import PUBLIC, allow
from capture.models import Study
from tests.api.conftest import Service

seen_when_sent: list[bool] = []


class LooksWhenSent(PlainTextResponse):
    """An answer that looks into the store, through a session of its own, as it is sent."""

    store: OpenStore

    async def __call__(self, scope, receive, send) -> None:
        with self.store.reading() as session:
            seen_when_sent.append(session.scalar(select(Study.id)) is not None)
        await super().__call__(scope, receive, send)


def routes() -> APIRouter:
    router = APIRouter()

    @router.post("/probe/write", dependencies=[allow(PUBLIC)])
    def write(session: Writing, store: OpenStore) -> Response:
        session.add(Study(name="Begun"))
        answer = LooksWhenSent("written")
        answer.store = store
        return answer

    @router.post("/probe/fail", dependencies=[allow(PUBLIC)])
    def fail(session: Writing) -> Response:
        session.add(Study(name="Never"))
        event.listen(session, "before_commit", _refuse)
        return PlainTextResponse("written")

    @router.post("/probe/read", dependencies=[allow(PUBLIC)])
    def read(session: Reading) -> Response:
        session.add(Study(name="Only read"))
        session.flush()
        return PlainTextResponse("read")

    return router


def _refuse(session: Session) -> None:
    del session
    raise OSError("the disk is full")


def names(service: Service) -> list[str]:
    with service.store.reading() as session:
        return list(session.scalars(select(Study.name)))


def test_a_change_is_in_the_store_before_its_answer_is_sent(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    seen_when_sent.clear()
    assert service.browser().post("/probe/write").text == "written"
    assert seen_when_sent == [True]
    assert names(service) == ["Begun"]


def test_a_commit_that_fails_is_never_answered_as_a_success(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    answer = service.browser().post("/probe/fail")
    assert answer.status_code == 500
    assert "written" not in answer.text
    assert names(service) == []


def test_a_reading_session_keeps_nothing(service: Service) -> None:
    service.app.router.routes.extend(routes().routes)
    service.browser().post("/probe/read")
    assert names(service) == []


def test_a_client_that_follows_the_redirect_at_once_sees_its_change(service: Service) -> None:
    built = service.study()
    browser = service.browser(built.users["admin"])
    browser.follow_redirects = True
    people = f"/studies/{built.study_id}/people"
    answer = browser.post(f"{people}/{built.users['coder']}/role", data={"role": "researcher"})
    assert answer.url.path == people
    assert "Coder is now researcher." in answer.text
    assert f'id="role-{built.users["coder"]}"' in answer.text
    chosen = answer.text.split(f'id="role-{built.users["coder"]}"')[1].split("selected")[0]
    assert chosen.rstrip().endswith('value="researcher"')
