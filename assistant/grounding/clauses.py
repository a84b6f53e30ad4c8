"""A sentence in clauses. Owns: cutting a compound sentence where each part says something by itself. Does not own:
judging the parts.
"""

from __future__ import annotations

import re

from assistant.grounding.names import names

FEWEST_WORDS = 4
_JOINTS = re.compile(r"\s*(?:;|,? (?:while|whereas|whilst)|, (?:and|but|though|although)) ", re.I)


def clauses(text: str) -> list[str]:
    """The clauses of a compound sentence, each with words enough and a proper name of its own; else the sentence whole.

    A clause without a name could take its subject from a span about something else.
    """
    parts = [part.strip(" ,;") for part in _JOINTS.split(text)]
    if len(parts) < 2 or any(len(part.split()) < FEWEST_WORDS or not names(part) for part in parts):
        return [text]
    return [part if part.endswith((".", "!", "?")) else part + "." for part in parts]
