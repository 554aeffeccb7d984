"""A real service to send hostile files to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.settings import Settings
from tests.api.conftest import Service, make_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all hostile files: what one of them breaks, the next would meet."""
    data: Path = tmp_path_factory.mktemp("hostile")
    yield from make_service(Settings(data=data / "data"))
