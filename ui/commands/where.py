"""`adviser where`. Owns: naming the folders and settings in use. Does not own: opening any of them."""

from __future__ import annotations

import argparse
import json

from assistant.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print paths and settings; nothing is opened, so it works when the library does not."""
    from assistant.library.database import FILE_NAME

    facts = {"home": str(settings.home), "library": str(settings.home / FILE_NAME), "corpus": settings.corpus}
    facts |= {f"setting {name}": str(value) for name, value in settings.model_dump().items() if name not in {"home", "corpus"}}
    if arguments.json:
        print(json.dumps(facts, indent=1))
    else:
        for name, value in facts.items():
            print(f"{name:24}{value}")
    return 0
