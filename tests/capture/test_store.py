"""The store: migrations that match the tables, and writers that queue instead of failing."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.orm import Session

from capture.models import Appearance, Base, Study, TranscriptVersion
from capture.settings import Settings
from capture.store import MIGRATIONS, open_store, upgrade

WRITERS, ROUNDS = 8, 10


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """All but the index of words, which is SQLite's own and no table of the models."""
    return kind != "table" or not str(name).startswith("segment_words")


def test_the_migrations_end_at_the_tables_as_they_are(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": ours}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_go_down_and_up_again(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_connection_has_the_pragmas(store, pragma, value):
    with store.reading() as session:
        found = session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalar()
    assert found == value


def test_many_who_read_and_then_write_at_once_all_get_through(store):
    with store.writing() as session:
        session.add(Study(name="0"))

    def count_up(_writer: int) -> None:
        for _ in range(ROUNDS):
            with store.writing() as session:
                study = session.scalars(select(Study)).one()
                study.name = str(int(study.name) + 1)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(count_up, range(WRITERS)))
    with store.reading() as session:
        assert session.scalars(select(Study.name)).one() == str(WRITERS * ROUNDS)


def test_a_failure_stores_nothing_of_its_transaction(store):
    def fail_half_way() -> None:
        with store.writing() as session:
            session.add(Study(name="half"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with store.reading() as session:
        assert session.scalars(select(Study)).all() == []


@pytest.mark.usefixtures("store")
def test_only_the_owner_can_open_the_store(settings):
    assert stat.S_IMODE(settings.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(settings.database.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_folder_that_others_could_read_is_closed_with_all_that_is_in_it(tmp_path):
    settings = Settings(data=tmp_path / "open to others")
    settings.data.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        store = open_store(settings)
        with store.writing() as session:
            session.add(Study(name="S"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in settings.data.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(settings.data.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert len(modes) >= 2


def test_what_is_in_the_store_stays_through_a_migration(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'older.sqlite'}")
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for row in (
            "INSERT INTO study VALUES (1, 'S', 'reflexive', NULL, '2021-05-04')",
            """INSERT INTO transcript VALUES
               (1, 1, 'T', 't.txt', 'f', 'interview', 'verbatim', NULL, NULL, NULL, 1, '2021-05-04')
            """,
            "INSERT INTO transcript_version VALUES (1, 1, 1, 'A: b', 't', '[]', '2021-05-04')",
            "INSERT INTO appearance VALUES (1, 1, 'A', NULL, NULL, NULL, 'analysis only', 0)",
        ):
            connection.exec_driver_sql(row)
    upgrade(engine)
    with Session(engine) as session:
        assert session.scalars(select(Appearance)).one().audience == "inside the programme"
        version = session.scalars(select(TranscriptVersion)).one()
        assert (version.text, version.why, version.hides_earlier) == ("A: b", "uploaded", False)
    engine.dispose()
