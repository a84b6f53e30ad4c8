"""`adviser sources`. Owns: choosing and printing sources. Does not own: the catalogue, or how a source is removed."""

from __future__ import annotations

import argparse

from assistant.assistant import open_assistant
from assistant.errors import InputError
from assistant.nouns import Source
from assistant.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List, show, remove or share."""
    if arguments.action == "list":
        return _list(arguments, settings)
    if not arguments.id:
        raise InputError(
            f"Say which source to {arguments.action}: adviser sources {arguments.action} ID. `adviser sources` lists them."
        )
    act = {"show": _show, "remove": _remove, "share": _share}[arguments.action]
    return act(arguments, settings)


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    found = [s for s in open_assistant(settings).library.sources().values() if _wanted(s, arguments)]
    if arguments.json:
        from pydantic import TypeAdapter

        print(TypeAdapter(list[Source]).dump_json(found, indent=1).decode())
    else:
        from ui.terminal import console, sources_view

        console().print(sources_view(found))
    return 0


def _wanted(source: Source, arguments: argparse.Namespace) -> bool:
    fits_kind = arguments.kind is None or source.kind == arguments.kind
    fits_theme = arguments.theme is None or arguments.theme in source.themes
    fits_place = arguments.place is None or arguments.place.casefold() in (source.place or "").casefold()
    return fits_kind and fits_theme and fits_place and (not arguments.mine or source.origin == "user")


def _show(arguments: argparse.Namespace, settings: Settings) -> int:
    library = open_assistant(settings).library
    shown = [(library.source(i), library.passages_of(i)) for i in arguments.id]
    if arguments.json:
        import json

        rows = [
            {"source": s.model_dump(mode="json"), "passages": [p.model_dump(mode="json") for p in passages]}
            for s, passages in shown
        ]
        print(json.dumps(rows if len(rows) > 1 else rows[0], indent=1, ensure_ascii=False))
    else:
        from ui.terminal import console, source_view

        for source, passages in shown:
            console().print(source_view(source, passages))
    return 0


def _share(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.share import share_sources

    shared = share_sources(settings, arguments.id)
    if arguments.json:
        import json

        print(json.dumps({"shared": shared}))
    elif shared:
        print("Shared: " + ", ".join(shared) + ". Everyone who uses this library finds them from now on.")
    else:
        print("Everyone who uses this library found them already; nothing was changed.")
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.remove import remove_sources

    removed = remove_sources(settings, arguments.id)
    if arguments.json:
        import json

        print(json.dumps({"removed": removed}))
    else:
        print("Removed: " + ", ".join(removed) + ". They no longer answer, and their text, vectors and words are deleted.")
    return 0
