"""The Quality tab. Owns: reading what it shows when it is opened. Does not own: HTML, evals, receipts."""

# Annotations stay values here: gradio is imported inside functions.

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ui.gaps import group_gaps
from ui.markup import Markup, el, join
from ui.render_quality import feedback_summary_html, gaps_html, report_html
from ui.serving import Services
from ui.web.app import boxed, fragment

REPORTS = "evals"


def quality_tab(services: Services, tab: Any) -> None:
    """The latest eval report, the corpus gaps, feedback: read anew each time the tab is opened."""
    fragment(el("h2", "Quality"))
    place = fragment(el("p", "Reading the latest report."), elem_id="quality")
    tab.select(lambda: boxed(quality(services)), None, place, show_progress="hidden", api_visibility="private")


def quality(services: Services) -> Markup:
    """Everything on the tab as it stands now."""
    name, figures = latest_report(services.settings.home)
    gaps = None if services.shared else group_gaps(services.log.refused())
    given = None if services.shared else services.feedback.all()
    return join([report_html(name, figures), gaps_html(gaps), feedback_summary_html(given)])


def latest_report(home: Path) -> tuple[str | None, Mapping[str, object] | None]:
    """The newest readable report among `evals/*.json` in the library's folder: its name and what it holds."""
    found = sorted((home / REPORTS).glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found:
        try:
            report = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(report, dict):
            return path.stem, report
    return None, None
