"""What tests share: a store of their own, the loaded model, the analysed sample study."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from capture.encoding.embed import Embedder, load_embedder
from capture.settings import Settings
from capture.store import Store, open_store
from tests.commands import greenshoots, well
from transcripts import samples
from transcripts.samples import SAMPLE_STUDY

pytest_plugins = ["tests.browser"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that no process is left alone with one at the end.

    Those that copy the analysed study come after the others, lest two processes wait for one.
    """

    def turn(item: pytest.Item) -> tuple[bool, bool]:
        long = item.get_closest_marker("long") is not None
        return (not long, long and "analysed_copy" in getattr(item, "fixturenames", ()))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run of the tests share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them, made once."""
    settings = Settings(data=tmp_path_factory.mktemp("migrated"))
    open_store(settings).close()
    return settings.database


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Settings:
    """Settings whose data folder is this test's own, with an empty store in it."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    shutil.copyfile(migrated, settings.database)
    return settings


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
def analysed(common: Path, sample_folder: Path) -> Path:
    """A data folder with the sample study, read and analysed once. Not to be written to."""
    data, done = common / "analysed", common / "analysed.done"
    with FileLock(common / "analysed.lock"):
        if not done.exists():
            well(greenshoots(data, "ingest", sample_folder, "--study", SAMPLE_STUDY))
            well(greenshoots(data, "analyse", "--study", SAMPLE_STUDY))
            done.touch()
    return data


@pytest.fixture
def analysed_copy(analysed: Path, tmp_path: Path) -> Path:
    """A copy of the analysed data folder, this test's own."""
    return shutil.copytree(analysed, tmp_path / "analysed")
