"""The service describes itself, to those who are signed in."""

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.api.conftest import Service


def test_every_operation_is_described_in_openapi_and_on_the_page(
    service: Service, as_role: Callable[[str], TestClient]
) -> None:
    document = as_role("coder").get("/openapi.json").json()
    page = as_role("coder").get("/docs").text
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert operation["description"], path
            assert f"{method.upper()} {path}" in page
    assert "/sign-in" in document["paths"]
    assert service.browser().get("/openapi.json").status_code == 303


def test_the_page_of_operations_names_the_fields_of_a_form(
    as_role: Callable[[str], TestClient],
) -> None:
    assert "Fields: email, password, next." in as_role("coder").get("/docs").text
