"""`adviser fetch`. Owns: which originals, a line for each. Does not own: fetching."""

from __future__ import annotations

import argparse

from assistant.settings import Settings
from ingest.fetch.originals import FetchedOriginal, FetchReport, fetch_originals


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Fetch and report. 0: none failed (a skip is an answer); 1: some failed; 2: all that were asked for failed."""
    tell = None if arguments.json else _tell
    report = fetch_originals(
        settings,
        arguments.id,
        everything=arguments.all,
        allow_unknown_licence=arguments.allow_unknown_licence,
        progress=tell,
    )
    if arguments.json:
        print(report.model_dump_json(indent=1))
    else:
        counts = {s: sum(each.status == s for each in report.originals) for s in ("fetched", "unchanged", "skipped", "failed")}
        said = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
        print(f"{said or 'nothing to fetch'}; {report.seconds:.1f} s.")
    return exit_code(report)


def exit_code(report: FetchReport) -> int:
    """0 when none failed, 2 when every one did, else 1."""
    failed = sum(each.status == "failed" for each in report.originals)
    if not failed:
        return 0
    return 2 if failed == len(report.originals) else 1


def _tell(each: FetchedOriginal) -> None:
    if each.reason:
        says = each.reason
    else:
        says = (
            f"{(each.bytes or 0) / 1000:.0f} kB, {each.passages} passages, as {each.original_id}"
            if each.passages
            else f"as {each.original_id}"
        )
    print(f"{each.status:10}{each.source_id}  {says}" + "".join(f"  ({warning})" for warning in each.warnings))
