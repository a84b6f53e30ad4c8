"""`adviser receipt ID`. Owns: printing a stored receipt. Does not own: what is in it."""

from __future__ import annotations

import argparse

from assistant.assistant import open_assistant
from assistant.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what produced an answer."""
    receipt = open_assistant(settings).receipt(arguments.id)
    if arguments.json:
        print(receipt.model_dump_json(indent=1))
    else:
        from ui.terminal import console, receipt_view

        console().print(receipt_view(receipt))
    return 0
