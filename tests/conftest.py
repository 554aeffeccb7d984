"""What tests share: a store of their own, the loaded model, the analysed sample study."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from capture.embed import Embedder, load_embedder
from capture.settings import Settings
from capture.store import Store, open_store
from tests.commands import greenshoots, well
from transcripts import samples
from transcripts.samples import SAMPLE_STUDY

pytest_plugins = ["tests.browser"]


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


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The shipped sample study's folder."""
    return samples.sample_folder()


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Path:
    """A data folder with the sample study, read and analysed once. Not to be written to."""
    data = tmp_path_factory.mktemp("analysed")
    well(greenshoots(data, "ingest", sample_folder, "--study", SAMPLE_STUDY))
    well(greenshoots(data, "analyse", "--study", SAMPLE_STUDY))
    return data


@pytest.fixture
def analysed_copy(analysed: Path, tmp_path: Path) -> Path:
    """A copy of the analysed data folder, this test's own."""
    return shutil.copytree(analysed, tmp_path / "analysed")
