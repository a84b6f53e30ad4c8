"""What stands beside a passage in its source. Owns: finding the passages before and after. Does not own: showing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from assistant.library.library import Library
from assistant.library.tables import READY, passages, sources
from assistant.nouns import Passage


@dataclass(frozen=True)
class Placed:
    """A passage with its neighbours; None at either end of its source."""

    passage: Passage
    before: Passage | None
    after: Passage | None


def placed(library: Library, passage_ids: Sequence[str]) -> dict[str, Placed]:
    """Ready passages by id, each with its neighbours, in three queries however many there are."""
    found = library.passages_by_id(passage_ids)
    wanted = {(p.source_id, ordinal) for p in found.values() for ordinal in (p.ordinal - 1, p.ordinal + 1)}
    if not wanted:
        return {}
    places = or_(*(and_(sources.c.id == source_id, passages.c.ordinal == ordinal) for source_id, ordinal in sorted(wanted)))
    query = select(passages.c.id).join(sources, sources.c.key == passages.c.source_key).where(sources.c.state == READY, places)
    with library.engine.connect() as connection:
        ids = list(connection.scalars(query))
    beside = {(p.source_id, p.ordinal): p for p in library.passages_by_id(ids).values()}
    return {
        key: Placed(p, beside.get((p.source_id, p.ordinal - 1)), beside.get((p.source_id, p.ordinal + 1)))
        for key, p in found.items()
    }
