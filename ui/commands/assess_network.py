"""`adviser assess network`: who to learn from, and a guide for a session with peers.

Owns: its options and its door. Does not own: matching (see `learning.py`)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ui.situation_arguments import add_situation_arguments, run_situation

if TYPE_CHECKING:
    from assistant.settings import Settings

FIELDS = ("needs", "obstacle", "level", "sector", "stage", "budget", "powers", "politics", "scale")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_situation_arguments(parser, FIELDS)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Find and print."""
    from assistant.instruments.situation.learning import find_networks
    from ui.situation_report import network_report

    return run_situation(arguments, settings, fields=FIELDS, find=find_networks, report=network_report)
