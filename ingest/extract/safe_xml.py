"""XML from strangers: the only door to lxml's XML parser.

Owns: parsing without entities, document types or network, and names without prefix.

Does not own: what elements mean. Elements are told apart by local name, since the same documents come in several namespaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.errors import FileRefusedError


def parse_xml(data: bytes) -> Any:
    """The root element. Raises FileRefusedError: not well formed, nested too deeply, or with entities of its own."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FileRefusedError("A part of it is damaged XML. Open it in its own program and save it again.") from None
    kind = root.getroottree().docinfo.internalDTD
    if kind is not None and next(iter(kind.iterentities()), None) is not None:
        raise FileRefusedError(
            "It defines XML entities, which no document of this kind needs and attackers use. Save it again in its own program."
        )
    return root


def local(element: Any) -> str:
    """An element's name without its namespace; '' for anything that is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(v) for key, v in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Any, *names: str) -> Any | None:
    """The element at a path of local names, or None."""
    for name in names:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """All elements below with one of the local names, in document order."""
    return (each for each in element.iter() if local(each) in names)


def text_of(element: Any | None) -> str:
    """All text in an element, '' for None."""
    return "" if element is None else "".join(str(piece) for piece in element.itertext())
