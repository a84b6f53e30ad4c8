"""The Quality tab. Owns: reading what it shows when it is opened. Does not own: HTML, evals, receipts."""

# Annotations stay values here: gradio is imported inside functions.

from collections.abc import Sequence
from typing import Any

from assistant.errors import InputError
from assistant.settings import Settings
from evals.verdicts import Figure
from ui.gaps import group_gaps
from ui.markup import Markup, el, join
from ui.render_quality import feedback_summary_html, gaps_html, report_html
from ui.serving import Services
from ui.web.fragments import boxed, fragment


def quality_tab(services: Services, tab: Any) -> None:
    """The latest eval report, the corpus gaps, feedback: read anew each time the tab is opened."""
    fragment(el("h2", "Quality"))
    place = fragment(el("p", "Reading the latest report."), elem_id="quality")
    tab.select(lambda: boxed(quality(services)), None, place, show_progress="hidden", api_visibility="private")


def quality(services: Services) -> Markup:
    """Everything on the tab as it stands now."""
    name, figures = latest_report(services.settings)
    gaps = None if services.shared else group_gaps(services.log.refused())
    given = None if services.shared else services.feedback.all()
    return join([report_html(name, figures), gaps_html(gaps), feedback_summary_html(given)])


def latest_report(settings: Settings) -> tuple[str | None, Sequence[Figure]]:
    """The last finished eval run over this library: its name and its figures; nothing where there is none that can be read."""
    from evals.folder import find_run, read_run
    from evals.run import runs_folder

    try:
        folder = find_run(runs_folder(settings), None)
        return folder.name, read_run(folder).figures
    except InputError:
        return None, ()
