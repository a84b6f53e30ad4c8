"""What a person makes and keeps: assessments, outcome frameworks, briefs. Owns: storing versions of them by owner, reading, deleting.

Does not own: what is in them (each kind has its own noun). Everything is private to its owner: another owner's work is not found.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from assistant.errors import HomeNotWritableError, NotFoundError
from assistant.identifiers import new_receipt_id
from assistant.library.tables import works
from assistant.nouns import Noun

WorkKind = Literal["litmus", "washing", "maturity", "outcomes", "cases", "tools", "network", "brief"]
LOCAL_OWNER = "local"  # the person at this computer: the command line, and a server without keys or spaces


class Work(Noun):
    """One stored version of a kept thing. `content` is the kind's own noun as JSON."""

    id: str
    version: int = Field(ge=1)
    kind: WorkKind
    owner: str
    title: str
    created_at: str = Field(description="When this version was stored: UTC, ISO 8601.")
    content: dict[str, Any]


class WorkStore:
    """Works in the catalogue's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def save(
        self, kind: WorkKind, *, title: str, content: dict[str, Any], owner: str = LOCAL_OWNER, work_id: str | None = None
    ) -> Work:
        """Store a first version, or the next one of `work_id`.

        Raises NotFoundError where `work_id` is not this owner's, HomeNotWritableError where nothing can be written.
        """
        for _ in range(5):
            try:
                return self._save(kind, title=title, content=content, owner=owner, work_id=work_id)
            except IntegrityError:  # another process stored the same version number first
                continue
            except OperationalError as error:
                raise HomeNotWritableError(
                    f"The {kind} could not be stored ({error.orig}). Make the library's folder writable and try again."
                ) from None
        raise HomeNotWritableError(f"The {kind} could not be stored: others keep changing it. Try again.")

    def _save(self, kind: WorkKind, *, title: str, content: dict[str, Any], owner: str, work_id: str | None) -> Work:
        with self.engine.begin() as connection:
            version = 1
            if work_id is not None:
                newest = connection.execute(
                    select(func.max(works.c.version)).where(works.c.id == work_id, works.c.owner == owner, works.c.kind == kind)
                ).scalar()
                if newest is None:
                    raise NotFoundError(_missing(kind, work_id))
                version = int(newest) + 1
            work = Work(
                id=work_id or new_receipt_id(),
                version=version,
                kind=kind,
                owner=owner,
                title=title,
                created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
                content=content,
            )
            row = work.model_dump(mode="json")
            connection.execute(insert(works).values(noun=row.pop("content"), **row))
        return work

    def read(self, work_id: str, *, owner: str = LOCAL_OWNER, version: int | None = None, kind: WorkKind | None = None) -> Work:
        """A version of a work, the newest where none is named. Raises NotFoundError."""
        query = select(works).where(works.c.id == work_id, works.c.owner == owner)
        if version is not None:
            query = query.where(works.c.version == version)
        if kind is not None:
            query = query.where(works.c.kind == kind)
        with self.engine.connect() as connection:
            row = connection.execute(query.order_by(works.c.version.desc()).limit(1)).mappings().first()
        if row is None:
            raise NotFoundError(_missing(kind or "work", work_id))
        return _work(dict(row))

    def versions(self, work_id: str, *, owner: str = LOCAL_OWNER) -> list[Work]:
        """All versions of a work, oldest first; empty where it is not this owner's."""
        query = select(works).where(works.c.id == work_id, works.c.owner == owner).order_by(works.c.version)
        with self.engine.connect() as connection:
            return [_work(dict(row)) for row in connection.execute(query).mappings()]

    def newest(self, *, owner: str = LOCAL_OWNER, kind: WorkKind | None = None) -> list[Work]:
        """The newest version of each of an owner's works, last changed first."""
        last = select(works.c.id, func.max(works.c.version).label("version")).where(works.c.owner == owner).group_by(works.c.id)
        newest = last.subquery()
        query = select(works).join(newest, (works.c.id == newest.c.id) & (works.c.version == newest.c.version))
        if kind is not None:
            query = query.where(works.c.kind == kind)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(works.c.created_at.desc(), works.c.id)).mappings()
            return [_work(dict(row)) for row in rows]

    def delete(self, work_id: str, *, owner: str = LOCAL_OWNER) -> int:
        """Delete every version of a work; returns how many. Raises NotFoundError where it is not this owner's."""
        try:
            with self.engine.begin() as connection:
                gone = connection.execute(delete(works).where(works.c.id == work_id, works.c.owner == owner)).rowcount
        except OperationalError as error:
            raise HomeNotWritableError(
                f"'{work_id}' could not be deleted ({error.orig}). Make the library's folder writable and try again."
            ) from None
        if not gone:
            raise NotFoundError(_missing("work", work_id))
        return int(gone)


def _missing(kind: str, work_id: str) -> str:
    return f"There is no {kind} '{work_id}' of yours. Look at the list of what is kept for its id."


def _work(row: dict[str, Any]) -> Work:
    content = row.pop("noun")
    return Work(**row, content=content)
