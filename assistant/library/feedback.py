"""What people say of answers. Owns: the Feedback noun, storing it with its receipt, reading it back. Does not own: who may
read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import Field
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from assistant.errors import HomeNotWritableError, NotFoundError
from assistant.identifiers import new_receipt_id
from assistant.library.tables import feedback
from assistant.nouns import Noun

FeedbackVerdict = Literal["helpful", "not_helpful"]
Reason = Literal["wrong", "missing", "not_asked", "evidence", "unclear"]
LONGEST_COMMENT = 2000


class Opinion(Noun):
    """What a person sends: the answer's receipt, helpful or not, and why."""

    receipt_id: str = Field(pattern="^[0-9a-f]{16,32}$", description="The receipt of the answer it is about.")
    verdict: FeedbackVerdict
    reasons: list[Reason] = Field(default_factory=list, max_length=5)
    comment: str = Field(default="", max_length=LONGEST_COMMENT)


class Feedback(Opinion):
    """An opinion as it is stored."""

    id: str
    created_at: str = Field(description="UTC, ISO 8601.")


class FeedbackStore:
    """Feedback in the catalogue's database. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, opinion: Opinion) -> Feedback:
        """Store an opinion. Raises NotFoundError where its receipt is not ours, HomeNotWritableError where nothing can be
        written."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        stored = Feedback(**opinion.model_dump() | {"id": new_receipt_id(), "created_at": now})
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(feedback).values(**stored.model_dump(mode="json")))
        except IntegrityError:
            raise NotFoundError(
                f"There is no receipt '{opinion.receipt_id}', so the feedback has nothing to stand on. Send it from the answer."
            ) from None
        except OperationalError as error:
            raise HomeNotWritableError(
                f"The feedback could not be written ({error.orig}). Make the library's folder writable and send it again."
            ) from None
        return stored

    def all(self) -> list[Feedback]:
        """All feedback, oldest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.created_at, feedback.c.id)).mappings()
            return [Feedback.model_validate(dict(row)) for row in rows]
