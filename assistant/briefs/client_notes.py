"""A client's notes. Owns: finding client, situation, decision and audience in a plain file. Does not own: what is made of them.

Lines such as `Client: …`, or headings such as `## Decision`, give a field; everything else is the situation.
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.briefs.nouns import BriefRequest
from assistant.errors import InputError

MOST_BYTES = 200_000
FIELDS = {
    "client": ("client", "for", "organisation"),
    "decision": ("decision", "decision at stake", "the decision", "question", "what has to be decided"),
    "audience": ("audience", "reader", "readers", "for whom"),
    "situation": ("situation", "context", "background", "where we are"),
}
_NAMES = {name: field for field, names in FIELDS.items() for name in names}
_LINE = re.compile(r"^\s*(?:[-*•]\s*)?(?:#{1,6}\s*)?\**([A-Za-z ]{3,30}?)\**\s*:\s*\**\s*(.*)$")
_HEADING = re.compile(r"^\s*#{1,6}\s*(.*?)\s*#*\s*$")


def read_client_notes(path: Path) -> dict[str, str]:
    """The fields of a file of notes. Raises InputError for what cannot be read as text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"{path.name} is too long for notes. Keep it under {MOST_BYTES // 1000} kB, or ingest it as a document."
            )
        return client_fields(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not plain text. Save the notes as UTF-8 text or Markdown.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Check its name and that you may open it.") from None


def client_fields(text: str) -> dict[str, str]:
    """Client, decision, audience and situation in a text; each cut to what a brief can hold."""
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    current = "situation"
    for line in text.replace("\x00", " ").splitlines():
        named, heading = _LINE.match(line), _HEADING.match(line)
        name = (named.group(1) if named else heading.group(1) if heading else "").strip().lower()
        if named and name in _NAMES:
            current = _NAMES[name] if not named.group(2).strip() or _NAMES[name] == "situation" else current
            found[_NAMES[name]].append(named.group(2).strip())
        elif heading:
            current = _NAMES.get(name, "situation")
        else:
            found[current].append(line.strip())
    fields = {field: " ".join(part for part in parts if part) for field, parts in found.items()}
    return {field: _cut(words, _limit(field)) for field, words in fields.items() if words}


def _limit(field: str) -> int:
    return next(int(rule.max_length) for rule in BriefRequest.model_fields[field].metadata if hasattr(rule, "max_length"))


def _cut(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"
