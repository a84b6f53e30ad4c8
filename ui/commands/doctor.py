"""`adviser doctor`. Owns: printing what was checked and its exit code. Does not own: checking or repairing (see `ingest/doctor.py`)."""

from __future__ import annotations

import argparse

from assistant.settings import Settings
from ingest.doctor import examine, repair


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check, repairing first when asked. 0: all well; 2: something is wrong, and the line says what to do."""
    findings = repair(settings) if arguments.repair else examine(settings)
    if arguments.json:
        import json

        print(json.dumps([finding.__dict__ for finding in findings], indent=1))
    else:
        for finding in findings:
            print(f"{'ok ' if finding.well else 'BAD'}  {finding.what}: {finding.says}")
    return 0 if all(finding.well for finding in findings) else 2
