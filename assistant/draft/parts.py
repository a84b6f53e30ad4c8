"""The facts of a sentence, one by one. Owns: cutting a sentence into parts that each say something, with their subject named.

Does not own: judging a part. A part without a name of its own takes the sentence's first name as its subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.draft.subject import leading_name
from assistant.grounding.names import names

FEWEST_WORDS = 3
_JOINTS = re.compile(
    r"\s*;\s+|\s+[–—]\s+|,? (?:while|whereas|whilst|although|though) |, (?:and|but|yet|so|which|after which) "
    r"|(?<=[a-z\d%]) and (?=(?:in|by|from|had|has|was|were|is|are|it|they|its|their|then|later|also)\b)",
    re.I,
)


@dataclass(frozen=True)
class Part:
    """A part as it stands in the sentence, and as it is judged."""

    text: str
    reads_as: str
    named: bool  # whether it names its own subject


def parts_of(text: str) -> list[Part]:
    """The parts of a sentence; one, the sentence itself, where cutting would leave a part that says nothing."""
    cut = [part.strip(" ,;") for part in _JOINTS.split(text)]
    cut = [part for part in cut if part]
    if len(cut) < 2 or any(len(part.split()) < FEWEST_WORDS for part in cut):
        return [Part(text, text, named=True)]
    subject = leading_name(cut[0]) or leading_name(text)
    found = []
    for part in cut:
        named = bool(names(part))
        body = part if named or not subject else f"{subject}: {part}"
        found.append(Part(part, body if body.endswith((".", "!")) else body + ".", named=named))
    return found
