"""Text as a reader sees it. Owns: folding white space, soft hyphens, ligatures and control characters in extracted text.

Does not own: offsets. This runs before a source's text is stored, so that every offset points into the cleaned text.
"""

from __future__ import annotations

import re

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_DROPPED = re.compile(
    "[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")


def clean(text: str) -> str:
    """One line: white space folded, ligatures spelt out, invisible and control characters dropped."""
    text = _DROPPED.sub("", _LIGATURE.sub(lambda m: _LIGATURES[m.group()], text))
    return _SPACES.sub(" ", text).strip()
