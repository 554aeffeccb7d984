"""Errors as answers: a calm page, a fragment for htmx, or JSON, always a sentence and a way out."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.errors import NotSignedIn
from api.pages import is_fragment, render
from transcripts.errors import GreenshootsError

PLAIN = {
    404: ("There is nothing at this address.", "Go back, or to your studies."),
    405: ("This address doesn't take that kind of request.", "Go back and try again."),
    413: ("That is more than this address takes.", "Send less at once."),
}


def answer_error(request: Request, error: GreenshootsError) -> Response:
    """The answer to an error of ours."""
    if isinstance(error, NotSignedIn) and request.method == "GET" and wants_page(request):
        to = quote(request.url.path, safe="/")
        return RedirectResponse(f"/sign-in?next={to}", status_code=303)
    return answer_sentence(request, error.status, error.sentence, error.way_out)


def answer_http(request: Request, error: Exception) -> Response:
    """The answer when the framework refuses: no such page, wrong method, unreadable form."""
    if not isinstance(error, HTTPException):
        raise error
    sentence, way_out = PLAIN.get(
        error.status_code, (f"{HTTPStatus(error.status_code).phrase}.", "Go back and try again.")
    )
    return answer_sentence(request, error.status_code, sentence, way_out)


def answer_ours(request: Request, error: Exception) -> Response:
    """The same as `answer_error`, in the shape FastAPI calls."""
    if not isinstance(error, GreenshootsError):
        raise error
    return answer_error(request, error)


def answer_overflow(request: Request, error: Exception) -> Response:
    """The answer to an id larger than the store can hold: nothing has it."""
    del error
    return answer_sentence(request, 404, *PLAIN[404])


def answer_unfit(request: Request, error: Exception) -> Response:
    """The answer to a form with missing or wrong fields; names them, repeats no value."""
    if not isinstance(error, RequestValidationError):
        raise error
    places = {".".join(str(part) for part in e["loc"][1:]) for e in error.errors()}
    if any(e["loc"][0] == "path" for e in error.errors()):
        return answer_sentence(request, 404, *PLAIN[404])
    named = ", ".join(sorted(places - {""})) or "the form"
    return answer_sentence(
        request,
        422,
        f"Something is missing or not as expected: {named}.",
        "Go back and fill it in.",
    )


def answer_sentence(request: Request, status: int, sentence: str, way_out: str) -> Response:
    """A sentence and a way out, in the form that was asked for."""
    if wants_json(request):
        return JSONResponse({"sentence": sentence, "way_out": way_out}, status)
    template = "_error_fragment.html" if is_fragment(request) else "error.html"
    return render(request, template, status=status, sentence=sentence, way_out=way_out)


def wants_json(request: Request) -> bool:
    """Whether a program asked, rather than a browser."""
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def wants_page(request: Request) -> bool:
    """Whether a browser asked for a whole page."""
    return not wants_json(request) and not is_fragment(request)
