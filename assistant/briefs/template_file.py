"""Reading a brief's template. Owns: finding it by name or file, YAML and Markdown outlines, what is wrong with one in one line.

Does not own: a template's shape. A person's own template is YAML like those in `corpus/briefs/`, or a Markdown outline: each heading is
a section, each line under it that ends in a question mark is asked of the library, other lines say what the section is for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.briefs.nouns import TemplateMark
from assistant.briefs.template import Template
from assistant.errors import CorpusError, InputError, NotFoundError
from assistant.identifiers import content_hash

MOST_BYTES = 256_000
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")


def template_names() -> list[str]:
    """The names of the packaged templates."""
    return sorted(p.name.removesuffix(".yaml") for p in (files("corpus") / "briefs").iterdir() if p.name.endswith(".yaml"))


def read_template(name_or_file: str) -> Template:
    """A packaged template by its name, else a person's own by its file. Raises NotFoundError or InputError."""
    if name_or_file in template_names():
        return packaged_template(name_or_file)
    path = Path(name_or_file).expanduser()
    if not path.is_file():
        raise NotFoundError(
            f"There is no template '{name_or_file}'. The templates are {', '.join(template_names())}; or give a .yaml or .md file."
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path.name} is too long for a template. Keep it under {MOST_BYTES // 1000} kB.")
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}). Check that you may open it.") from None
    return template_of(text, name=path.name)


def template_of(text: str, *, name: str) -> Template:
    """A template from the text of a YAML or (by its name's ending) Markdown file. Raises InputError that names the mistake."""
    if name.lower().endswith((".md", ".markdown", ".txt")):
        data: Any = _outline(text, name=name)
    else:
        try:
            data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
        except yaml.YAMLError as error:
            raise InputError(f"{name} is not YAML: {' '.join(str(error).split())[:200]}. Correct it.") from None
    return _checked(data, name)


@lru_cache(maxsize=16)
def packaged_template(name: str) -> Template:
    """A template that ships with the product. Raises CorpusError where it breaks its own rules."""
    try:
        return template_of(packaged_text(name), name=f"{name}.yaml")
    except InputError as error:
        raise CorpusError(str(error)) from None


def packaged_text(name: str) -> str:
    """The file of a packaged template, to be copied and changed."""
    return (files("corpus") / "briefs" / f"{name}.yaml").read_text("utf-8")


def mark_of(template: Template) -> TemplateMark:
    """Which template it is: version, and hash of all that it says."""
    return TemplateMark(
        id=template.id,
        version=template.version,
        title=template.title,
        sha256=content_hash(template.model_dump_json()),
        notes=template.notes,
    )


def _checked(data: Any, name: str) -> Template:
    if not isinstance(data, dict):
        raise InputError(f"{name} does not describe a template. Start from one: `adviser brief template NAME`.")
    try:
        return Template.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{name}: {place + ': ' if place else ''}{said}. Correct it.") from None


def _outline(text: str, *, name: str) -> dict[str, Any]:
    sections: list[dict[str, Any]] = []
    title = ""
    for line in text.splitlines():
        heading = _HEADING.match(line)
        words = heading.group(1) if heading else line.strip().lstrip("-*•0123456789.) ").strip()
        if not words:
            continue
        if heading and line.startswith("# ") and not title and not sections:
            title = words
        elif heading:
            sections.append({"id": _slug(words, [s["id"] for s in sections]), "heading": words, "purpose": "", "asks": []})
        elif sections and words.endswith("?"):
            sections[-1]["asks"].append({"question": words, "most": 4})
        elif sections:
            sections[-1]["purpose"] = f"{sections[-1]['purpose']} {words}".strip()
    for section in sections:
        if not section["asks"]:
            section["asks"] = [{"question": f"{section['heading']}: $topic", "most": 5}]
    if not sections:
        raise InputError(f"{name} has no headings. Begin each section with a line such as '## What was tried'.")
    return {"id": _slug(title or Path(name).stem, []), "title": title or Path(name).stem, "sections": sections}


def _slug(words: str, taken: list[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:30].strip("-") or "section"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
