"""`adviser assess tools`: which tools fit a situation. Owns: its options and its door. Does not own: choosing (see `toolkit.py`)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ui.situation_arguments import add_situation_arguments, run_situation

if TYPE_CHECKING:
    from assistant.settings import Settings

FIELDS = ("obstacle", "level", "stage", "budget", "powers", "politics", "scale")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_situation_arguments(parser, FIELDS)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find and print."""
    from assistant.instruments.situation.toolkit import choose_tools
    from ui.situation_report import tools_report

    return run_situation(arguments, settings, fields=FIELDS, find=choose_tools, report=tools_report)
