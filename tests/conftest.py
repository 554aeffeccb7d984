"""What tests share: a store of their own, the loaded model, the analysed sample study."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.embed import Embedder, load_embedder
from capture.settings import Settings
from capture.store import Store, open_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is this test's own."""
    return Settings(data=tmp_path / "data")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store on disk."""
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real default model, loaded once."""
    return load_embedder()
