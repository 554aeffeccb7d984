"""The store: one SQLite file, opened so that readers never wait and writers queue politely.

Writers begin with BEGIN IMMEDIATE: a plain BEGIN that reads and then writes fails with "database
is locked" as soon as two do it at once, and no time-out helps it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from capture.settings import Settings

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
PATIENCE_SECONDS = 30
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """The one place sessions come from. Reading and writing are asked for by name."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one consistent state and keeps nothing it changes."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock from its start, and commits on leaving."""
        with (
            self.engine.connect().execution_options(immediate=True) as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """Open the store: make its folder, for its owner's eyes alone, and bring it up to date."""
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.data.chmod(0o700)
    # Made before SQLite opens it, because the files it keeps beside it take after this one.
    settings.database.touch(mode=0o600)
    settings.database.chmod(0o600)
    engine = _engine(settings.database)
    upgrade(engine)
    return Store(engine)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect().execution_options(immediate=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def _engine(file: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"timeout": PATIENCE_SECONDS, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: SqliteConnection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
