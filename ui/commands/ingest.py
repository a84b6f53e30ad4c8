"""`adviser ingest`. Owns: the list of files, the progress bar, a line for every file. Does not own: ingesting."""

from __future__ import annotations

import argparse
import os
import sys

from assistant.errors import InputError
from assistant.nouns import FileReport, IngestReport
from assistant.settings import Settings
from ingest.paths import files_under, folders_among
from ingest.run import ingest_files


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ingest and report. 0: all done; 1: some files failed; 2: none could be ingested."""
    named = [line.strip() for path in arguments.paths for line in (_listed() if path == "-" else [path]) if line.strip()]
    paths = files_under(named)
    folders = folders_among(named) if arguments.sync else []
    if arguments.sync and not folders:
        raise InputError(
            "--sync compares the library with a folder, and you named none. Name the folder that holds the documents."
        )
    if not paths and not folders:
        raise InputError("There is no file in what you named. Name files, or folders that hold some.")
    if arguments.json:
        report = ingest_files(settings, paths, password=arguments.password, sync=folders)
        print(report.model_dump_json(indent=1))
        return exit_code(report)
    from ui.terminal import console, file_line, ingest_summary, progress_bar

    out, bar = console(), progress_bar(len(paths))
    with bar:
        task = bar.add_task("Ingesting", total=len(paths))

        def tell(file: FileReport) -> None:
            # soft_wrap: a file's report is one line, however long its path
            (bar.console if bar.console.is_terminal else out).print(file_line(file), soft_wrap=True)
            bar.advance(task)

        report = ingest_files(settings, paths, progress=tell, password=arguments.password, sync=folders)
    out.print(ingest_summary(report))
    return exit_code(report)


def _listed() -> list[str]:
    """Paths on standard input, one a line; as the file system spells them, which need not be UTF-8."""
    return os.fsdecode(sys.stdin.buffer.read()).splitlines()


def exit_code(report: IngestReport) -> int:
    """0 when no file failed, 2 when every one did, else 1."""
    failed = sum(file.status == "failed" for file in report.files)
    if not failed:
        return 0
    return 2 if failed == len(report.files) else 1
