"""`adviser corpus check|embed`. Owns: printing the result. Does not own: the rules (see `ingest/corpus_check.py`)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from assistant.errors import InputError
from assistant.settings import Settings
from ingest.corpus_build import embed_corpus
from ingest.corpus_check import check_corpus
from ingest.corpus_files import corpus_folder


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check: 0 when the corpus keeps its rules, else 2. Embed: renews the shipped embeddings."""
    folder = Path(arguments.folder) if arguments.folder else corpus_folder(settings)
    if folder is None:
        raise InputError("ADVISER_CORPUS is 'none', so there is no corpus. Unset it, or give --folder.")
    if arguments.action == "embed":
        made, kept = embed_corpus(settings, folder)
        print(f"Embeddings written: {made} made, {kept} kept.")
        return 0
    report = check_corpus(folder)
    if arguments.json:
        print(json.dumps({"problems": report.problems, "figures": report.figures}, indent=1, ensure_ascii=False))
    else:
        from ui.terminal import console, corpus_view

        console().print(corpus_view(report.problems, report.figures))
    return 2 if report.problems else 0
