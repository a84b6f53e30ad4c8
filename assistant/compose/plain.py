"""What a written sentence may look like. Owns: taking Markdown off, and turning away what is no plain sentence. Does
not own: what it says.

Links, images, markup and hidden characters never come from a model; neither does a sentence that talks to its reader's machine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.compose.candidates import stands_alone

LONGEST, SHORTEST = 60, 5  # words
HIDDEN = "it holds hidden characters"
_BULLET = re.compile(r"^(?:[-*•▪◦–—]\s+|\d{1,2}[.)]\s+|>\s*)+")
_EMPHASIS = re.compile(r"\*{1,3}|__|`+|~~")
_MARKUP = re.compile(r"!?\[[^\]]*\]\s*[(\[:]|</?[a-z!]|&#?\w{2,8};|\|.*\||\{\{|\$\$|\\[a-z]", re.I)
_ADDRESS = re.compile(
    r"\b(?:https?|ftp|javascript|data|file|mailto)\s*:|www\.|//\w|\b[\w.+-]+@[\w-]+\.\w|\bhxxp"
    r"|\b[a-z0-9-]+\.(?:com|org|net|io|co|ai|app|dev|info|biz|xyz|ru|cn|example|test|invalid"
    r"|gov|edu|uk|eu|de|nl|fi|dk|se|no)(?:/|\b(?![a-z]))",
    re.I,
)
_TO_THE_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|above|previous)\b"
    r"|\bsystem prompt\b|\bas an? (?:ai|language model|assistant)\b"
    r"|\bi (?:am|cannot|can't|will|have|was)\b|\b(?:click|tap) (?:here|the|on)\b|\bcopy and paste\b|\bdear user\b",
    re.I,
)


@dataclass(frozen=True)
class Plain:
    """A sentence as plain text, and why it cannot be shown as one, if so."""

    text: str
    problem: str | None = None


def plain(written: str) -> Plain:
    """A written sentence (its tokens already taken out) without bullets and emphasis; with what disqualifies it, if
    anything does.
    """
    if _hidden(written):
        return Plain(written, HIDDEN)
    text = _EMPHASIS.sub("", _BULLET.sub("", written.strip())).strip()
    wrong = disqualified(text)
    if wrong:
        return Plain(text, wrong)
    if not SHORTEST <= len(text.split()) <= LONGEST:
        return Plain(text, "it is too short or too long for a sentence")
    return Plain(text if text[-1] in '.!?"”’)' else text + ".")


def disqualified(text: str) -> str | None:
    """Why a text may not be shown or asked as a model's own words, whatever it says; None when nothing speaks against it."""
    if _hidden(text):
        return HIDDEN
    if _MARKUP.search(text):
        return "it holds a link, an image or markup"
    if _ADDRESS.search(text):
        return "it holds a web or mail address"
    return "it speaks as a machine, or to one" if _TO_THE_MACHINE.search(text) else None


def _hidden(text: str) -> bool:
    return any(unicodedata.category(ch) in {"Cf", "Cc", "Co", "Cs"} for ch in text)


def leans(text: str) -> bool:
    """Whether a sentence leans on the one before it ("It fell …"), so that its subject could become another's."""
    return not stands_alone(text)
