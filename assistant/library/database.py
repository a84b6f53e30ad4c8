"""Opening the catalogue database. Owns: the engine, SQLite's pragmas, migrations. Does not own: what is read or written.

Alembic (0.2 s to import) is loaded only when the stored schema is not the newest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from assistant.errors import HomeNotWritableError, IndexDamagedError

NEWEST_REVISION = "0003"
FILE_NAME = "library.sqlite3"
LOCK_NAME = "schema.lock"
BUSY_MILLISECONDS = 30_000


def open_database(home: Path) -> Engine:
    """Open, and where needed create or migrate, the catalogue in `home`.

    Raises HomeNotWritableError when the folder refuses writes, IndexDamagedError when the file is not a database of ours.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(home, error) from None
    engine = create_engine(f"sqlite:///{home / FILE_NAME}", connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _pragmas)
    try:
        if not (home / FILE_NAME).exists() or _stored_revision(engine) != NEWEST_REVISION:
            _migrate_alone(engine, home)
    except OperationalError as error:
        raise _not_writable(home, error.orig or error) from None
    except DatabaseError as error:
        raise IndexDamagedError(
            f"{home / FILE_NAME} is not a library of this product ({error.orig}). Move it away and run `adviser doctor --repair`."
        ) from None
    return engine


def _stored_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


def _migrate_alone(engine: Engine, home: Path) -> None:
    """One process creates or migrates the schema; others that start at the same moment wait and find it done."""
    from filelock import FileLock

    try:
        with FileLock(home / LOCK_NAME):
            if _stored_revision(engine) != NEWEST_REVISION:
                _migrate(engine)
    except OSError as error:
        raise _not_writable(home, error) from None


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        # Python's sqlite3 begins no transaction before DDL by itself; without one, a kill here would leave half a schema.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _not_writable(home: Path, error: object) -> HomeNotWritableError:
    return HomeNotWritableError(
        f"The library folder {home} cannot be written ({error}). Make it writable, or set ADVISER_HOME to a folder that is."
    )
