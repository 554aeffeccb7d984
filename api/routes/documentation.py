"""What the service offers to programs: OpenAPI, and the same as a plain page.

Swagger UI comes from a CDN and styles itself inline, so it has no place under our policy.
"""

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.pages import render
from api.policies import SIGNED_IN, allow

router = APIRouter(tags=["documentation"])


@router.get("/openapi.json", summary="OpenAPI document", dependencies=[allow(SIGNED_IN)])
def openapi(request: Request) -> Response:
    """Describes every operation of the service, for programs."""
    return JSONResponse(request.app.openapi())


@router.get("/docs", summary="All operations", dependencies=[allow(SIGNED_IN)])
def operations(request: Request) -> Response:
    """Lists every operation of the service, for people."""
    return render(request, "documentation.html", groups=_groups(request.app.openapi()))


def _groups(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            told = {
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "fields": _fields(document, operation),
            }
            groups.setdefault(operation.get("tags", ["service"])[0], []).append(told)
    return dict(sorted(groups.items()))


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """The names of an operation's form fields and query parameters."""
    names = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        schema = document.get("components", {}).get("schemas", {}).get(name, {})
        names += list(cast("dict[str, Any]", schema.get("properties", {})))
    return names
