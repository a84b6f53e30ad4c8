"""May an original be fetched? Owns: reading a catalogue's licence words. Does not own: law; in doubt, read the licence itself."""

from __future__ import annotations

import re
from typing import Literal

Reading = Literal["open", "closed", "unknown"]

_CLOSED = re.compile(r"all rights reserved|no reuse|subscription|paywall", re.I)
_UNKNOWN = re.compile(r"^\s*(?:unknown|none|not stated|unclear)\b|^\s*$", re.I)
_OPEN = re.compile(
    r"open government licen[cs]e|open parliament licen[cs]e|creative commons|\bcc[ -]?(?:by|0|zero)\b|public domain"
    r"|\b(?:us|u\.s\.|united states) (?:federal )?government work|not subject to copyright"
    r"|2011/833/eu|reuse (?:is )?(?:authorised|policy)"
    r"|open access|licence ouverte|etalab|crown copyright.*reus",
    re.I,
)


def read_licence(words: str) -> Reading:
    """What a licence's words say on copying the work for one's own library: what is doubtful is `unknown`."""
    if _CLOSED.search(words):
        return "closed"
    if _UNKNOWN.search(words):
        return "unknown"
    return "open" if _OPEN.search(words) else "unknown"
