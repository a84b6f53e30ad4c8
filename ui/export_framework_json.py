"""A framework as JSON that reads back as the same framework. Owns: the bytes. Does not own: the shape (see `reading.py`)."""

from __future__ import annotations

from assistant.instruments.outcomes.reading import write_framework
from assistant.instruments.outcomes.review import FrameworkReview


def framework_json(review: FrameworkReview) -> bytes:
    """The framework alone, without what was found: `adviser assess outcomes` reads it again."""
    return write_framework(review.framework).encode()
