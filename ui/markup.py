"""HTML that cannot be broken out of. Owns: escaping, and the one way to build an element. Does not own: what is shown.

Every string becomes text unless it is a `Markup` made here, so hostile text in titles, quotes, file names or questions stays
text.
Line breaks are written as character references: a fragment is one line, and nothing that reads it line by line finds a second
one.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import urlsplit

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_BREAKS = {"\r": "&#13;", "\n": "&#10;", "\u2028": "&#8232;", "\u2029": "&#8233;", "\x0b": " ", "\x0c": " ", "\x85": " "}
# Characters that reorder or hide what a reader sees (bidirectional overrides and isolates), and controls that HTML does not
# allow.
_HIDDEN = {chr(code): "\ufffd" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(9), *range(0xE, 0x20), 0x7F)}
_TABLE = str.maketrans(_BREAKS | _HIDDEN)


class Markup(str):
    """HTML made by this module. Never make one from text that came from elsewhere."""

    __slots__ = ()


def text(value: object) -> Markup:
    """Any value as text: escaped for element content and for attribute values alike."""
    return Markup(html.escape(str(value), quote=True).translate(_TABLE))


def join(parts: Iterable[object]) -> Markup:
    """Fragments one after the other; what is not Markup is escaped, None is left out."""
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in parts if part is not None))


def el(name: str, /, *children: object, **attributes: object) -> Markup:
    """One element. Attribute names: `class_` for class, `data_cite` for data-cite; None and False leave one out, True writes
    it bare."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def link(address: str | None, *children: object, **attributes: object) -> Markup:
    """A link to another site where the address is a web or mail address; otherwise the words alone."""
    if not is_safe_address(address):
        return el("span", *children)
    return el("a", *children, href=address, rel="noopener noreferrer", **attributes)


def is_safe_address(address: str | None) -> bool:
    """Whether an address from a document may become a link: http, https or mailto, with something after it."""
    if not address:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SAFE_SCHEMES and bool(parts.netloc or parts.path)


def coded(words: str) -> Markup:
    """Our own words in which a command stands between grave accents, as our error messages have it."""
    parts = words.split("`")
    return join(el("code", part) if place % 2 and place < len(parts) - 1 else part for place, part in enumerate(parts))


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(value)}"'
