"""Whose documents are whose. Owns: the key that a browser holds, the space it stands for, and what a space may read over HTTP.

A space is one browser: a random key in a cookie that scripts cannot read, and its hash as the name under which documents are kept. The key is
never stored here, so whoever reads the library's files cannot become somebody. Does not own: hiding from a search (`assistant/retrieval`).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping

from assistant.errors import NotFoundError
from assistant.library.library import Library
from assistant.nouns import Receipt, Source

COOKIE = "adviser_space"
DAYS = 400  # what browsers allow at most
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_LENGTH = 24


def new_key() -> str:
    """A key that nobody guesses: 192 random bits."""
    return secrets.token_urlsafe(24)


def space_of(cookies: Mapping[str, str]) -> str | None:
    """The space of whoever sent these cookies; None where there is no key of ours among them."""
    key = cookies.get(COOKIE, "")
    return hashlib.sha256(f"adviser space {key}".encode()).hexdigest()[:_LENGTH] if _KEY.fullmatch(key) else None


def seen(sources: Iterable[Source], space: str | None) -> list[Source]:
    """The sources that a space may see, in the order given."""
    return [source for source in sources if source.seen_by(space)]


def seen_source(library: Library, source_id: str, space: str | None) -> Source:
    """One source. Raises NotFoundError, in the same words, for what is not there and for what is another's."""
    found = library.sources().get(source_id)
    if found is None or not found.seen_by(space):
        raise NotFoundError("There is no such source in the library. The Library tab lists those you can read.")
    return found


def seen_receipt(receipt: Receipt, space: str | None, *, whole: bool = False) -> Receipt:
    """A receipt whose answer this space may read (`whole`: all of the receipt). Raises NotFoundError for another's."""
    if receipt.seen_by(space) if whole else receipt.answer_seen_by(space):
        return receipt
    raise NotFoundError(
        "There is no such answer here. An answer that quotes a person’s own document opens in the browser that added it, and nowhere else."
    )
