"""Whether the service is up."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from api.policies import PUBLIC, allow

router = APIRouter()


@router.get("/healthz", summary="Is it up?", dependencies=[allow(PUBLIC)])
def health() -> PlainTextResponse:
    """Answers "ok" while the service runs; says nothing about what it holds."""
    return PlainTextResponse("ok")
