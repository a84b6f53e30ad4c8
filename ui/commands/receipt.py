"""`adviser receipt ID`. Owns: printing a stored receipt, as text, JSON or a page. Does not own: what is in it, or how it looks."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.assistant import Assistant, open_assistant
from assistant.errors import InputError
from assistant.nouns import Receipt
from assistant.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what produced an answer."""
    if arguments.json and (arguments.html or arguments.out):
        raise InputError("--json and --html are two forms of one receipt. Ask for one of them.")
    assistant = open_assistant(settings)
    receipt = assistant.receipt(arguments.id)
    if arguments.json:
        print(receipt.model_dump_json(indent=1))
    elif arguments.html or arguments.out:
        _give(_page(assistant, receipt), arguments.out)
    else:
        from ui.terminal import console, receipt_view

        console().print(receipt_view(receipt))
    return 0


def _page(assistant: Assistant, receipt: Receipt) -> str:
    from ui.render_receipt import Held, receipt_page

    wanted = [e.passage_id for e in receipt.evidence] + [i for verdict in receipt.verdicts for i in verdict.passage_ids]
    sources = assistant.library.sources()
    passages = assistant.library.passages_by_id(list(dict.fromkeys(wanted)))
    held = {i: Held(sources[p.source_id].title, p.text) for i, p in passages.items() if p.source_id in sources}
    return receipt_page(receipt, held)


def _give(page: str, out: str | None) -> None:
    if out is None:
        print(page, end="")
        return
    try:
        Path(out).write_text(page, "utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}). Give another --out.") from None
    print(f"Wrote {out}. Open it in a browser, or print it.")
