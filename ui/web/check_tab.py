"""The Check tab. Owns: the order of what stands on it. Does not own: the form as HTML, or what becomes of it (`ui/api/check.py`).

The form is a plain one that posts to the server's own page, so a draft goes to this product's route and not to Gradio's.
"""

# Annotations stay values here: gradio is imported inside functions.

from typing import Any

from ui.draft_words import NOTE
from ui.markup import el
from ui.render_check_form import LEAD, check_form, statuses_html
from ui.serving import Services
from ui.web.fragments import fragment


def check_tab(_services: Services, _tab: Any) -> None:
    """What it is for, the form, what the statuses mean."""
    content = el(
        "div",
        el("h2", "Check a draft"),
        el("p", LEAD),
        check_form(),
        statuses_html(),
        el("p", NOTE, class_="hint"),
        class_="draft-check",
    )
    fragment(content, elem_id="draft-check")
