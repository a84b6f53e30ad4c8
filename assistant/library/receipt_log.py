"""Looking back over receipts. Owns: which answers refused, which cited a source. Does not own: grouping or showing them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine, select

from assistant.library.tables import receipts
from assistant.nouns import Answer

LATEST = 2000
"""How many receipts are looked through, newest first: the log grows without end, a look back must not."""


class ReceiptLog:
    """The stored receipts, newest first. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def refused(self, *, most: int = 200) -> list[Answer]:
        """Answers that found no evidence, newest first."""
        outcome = receipts.c.noun["answer"]["outcome"].as_string()
        recent = select(receipts.c.id).order_by(receipts.c.created_at.desc()).limit(LATEST)
        query = select(receipts.c.noun["answer"]).where(receipts.c.id.in_(recent), outcome == "no_evidence")
        with self.engine.connect() as connection:
            return _answers(connection.scalars(query.order_by(receipts.c.created_at.desc()).limit(most)))

    def citing(self, source_id: str, *, space: str | None = None, most: int = 20) -> list[Answer]:
        """Answers that cite a source and that a space may read whole, newest first."""
        recent = select(receipts.c.noun["answer"], receipts.c.noun["owner"]).order_by(receipts.c.created_at.desc()).limit(LATEST)
        with self.engine.connect() as connection:
            found = connection.execute(recent).all()
        return _answers([answer for answer, owner in found if _cites(answer, source_id) and owner in {None, space}][:most])


def _cites(noun: object, source_id: str) -> bool:
    sentences = noun.get("sentences", []) if isinstance(noun, dict) else []
    return any(citation["source_id"] == source_id for sentence in sentences for citation in sentence["citations"])


def _answers(nouns: Iterable[object]) -> list[Answer]:
    return [Answer.model_validate(noun) for noun in nouns]
