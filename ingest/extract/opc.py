"""Open Packaging Conventions, shared by Word, PowerPoint and Excel files.

Owns: relationships between parts and the core properties.

Does not own: any part's content.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from assistant.errors import FileRefusedError
from ingest.extract.archive import Archive
from ingest.extract.cleaning import clean
from ingest.extract.safe_xml import attribute, descendants, local, parse_xml


@dataclass(frozen=True)
class Properties:
    """What a file says of itself. The company is left out: it names whose computer it was, seldom who published."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str | None = None


def relationships(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Of a part ('' for the package): relationship id to (kind, target part). Targets outside the package are left out."""
    folder, _, name = part.rpartition("/")
    data = archive.optional(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found: dict[str, tuple[str, str]] = {}
    for each in parse_xml(data) if data else ():
        target, kind = attribute(each, "Target"), attribute(each, "Type")
        if not target or not kind or attribute(each, "TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[attribute(each, "Id") or ""] = (kind.rpartition("/")[2], path)
    return found


def related(archive: Archive, part: str, kind: str) -> str | None:
    """The first existing part of a kind that a part points to."""
    return next(
        (target for name, target in relationships(archive, part).values() if name == kind and target in archive.names), None
    )


def main_part(archive: Archive, *usual: str) -> str:
    """The part that holds the document. Raises FileRefusedError where there is none."""
    found = related(archive, "", "officeDocument") or next((name for name in usual if name in archive.names), None)
    if found is None:
        raise FileRefusedError("Its package holds no document. Open it in its own program and save it again.")
    return found


def properties(archive: Archive) -> Properties:
    """Title, authors, language and year from the package's core properties; a damaged part gives none."""
    data = archive.optional(related(archive, "", "core-properties") or "docProps/core.xml")
    facts: dict[str, str] = {}
    for each in descendants(parse_xml(data), "title", "creator", "created", "modified", "language") if data else ():
        facts.setdefault(local(each), clean(each.text or ""))
    year = re.match(r"(?:19|20)\d\d", facts.get("created") or facts.get("modified") or "")
    return Properties(
        title=_meant(facts.get("title")),
        authors=tuple(name.strip() for name in re.split(r"[;,]", facts.get("creator", "")) if " " in name.strip()),
        year=int(year.group()) if year else None,
        language=facts.get("language") or None,
    )


def _meant(title: str | None) -> str | None:
    """A title somebody chose, not a template's."""
    if not title or re.fullmatch(
        r"(?:(?:powerpoint )?pr[eé]sentation(?: powerpoint)?|slide 1|document\d*|untitled.*|title|presentation\d*|microsoft .*)",
        title,
        re.I,
    ):
        return None
    return title
