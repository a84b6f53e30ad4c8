"""Reading a corpus folder. Owns: its layout, parsing. Does not own: where it lies and its hash (`corpus_files.py`), or what becomes of the entries.

Layout: notes/*.yaml, cases/*.yaml, definitions/*.yaml, networks.yaml, frameworks.yaml, worked-missions/*.yaml, evidence_rules.yaml, links.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from assistant.errors import CorpusError
from assistant.nouns import Link
from ingest.corpus_entries import (
    CaseEntry,
    CorpusEntry,
    DefinitionEntry,
    EvidenceRule,
    FrameworkEntry,
    NetworkEntry,
    NoteEntry,
    WorkedMissionEntry,
)  # fmt: skip

EntryT = TypeVar("EntryT", bound=CorpusEntry)
PARTS: tuple[tuple[str, type[CorpusEntry]], ...] = (
    ("notes", NoteEntry),
    ("cases", CaseEntry),
    ("definitions", DefinitionEntry),
    ("networks", NetworkEntry),
    ("frameworks", FrameworkEntry),
    ("worked-missions", WorkedMissionEntry),
)


@dataclass(frozen=True)
class Corpus:
    """A corpus in memory: entries in a fixed order, evidence rules, links between statements."""

    entries: tuple[CorpusEntry, ...]
    rules: tuple[EvidenceRule, ...]
    links: tuple[Link, ...]


def read_corpus(folder: Path) -> Corpus:
    """Read and validate a corpus. Raises CorpusError naming the file, the entry and what is wrong."""
    entries = tuple(entry for name, model in PARTS for entry in _entries(folder, name, model))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise CorpusError(f"Two corpus entries have the id '{entry.id}'. Give one of them another id.")
        seen.add(entry.id)
    rules = tuple(
        _validated(EvidenceRule, row, folder / "evidence_rules.yaml") for row in load_yaml(folder / "evidence_rules.yaml") or []
    )
    links_file = folder / "links.yaml"
    links = tuple(_validated(Link, row, links_file) for row in (load_yaml(links_file) or []) if links_file.exists())
    return Corpus(entries=entries, rules=rules, links=links)


def _entries(folder: Path, name: str, model: type[EntryT]) -> Iterator[EntryT]:
    single = folder / f"{name}.yaml"
    paths = [single] if single.exists() else sorted((folder / name).glob("[!_]*.yaml"))
    for path in paths:
        content = load_yaml(path)
        for raw in content if isinstance(content, list) else [content]:
            yield _validated(model, raw, path)


def load_yaml(path: Path) -> Any:
    """A YAML file as data; None where there is no file. Raises CorpusError."""
    if not path.exists():
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name} is not readable YAML: {' '.join(str(error).split())}. Mend the file.") from None


def _validated(model: Any, raw: Any, path: Path) -> Any:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        entry = raw.get("id", "?") if isinstance(raw, dict) else "?"
        raise CorpusError(f"{path.name}, entry '{entry}', field '{where}': {first['msg']}. Mend the file.") from None
