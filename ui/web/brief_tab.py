"""The Brief tab. Owns: what stands on it: the form for a new brief, and the way to those that are kept.

The form is a plain one that posts to the server's own pages, so what a client says goes to this product's routes and not to Gradio's.
"""

# Annotations stay values here: gradio is imported inside functions.

from typing import Any

from ui.markup import el
from ui.render_brief_form import brief_form
from ui.serving import Services
from ui.web.fragments import fragment

LEAD = (
    "A document for a client, written from the library section by section. Every factual sentence has a note, and every note is held to its "
    "source before anything is exported."
)


def brief_tab(services: Services, _: Any) -> None:
    """The form, and a link to what is kept."""
    owner = "this browser" if services.shared else "this computer"
    kept = el("p", el("a", "Your briefs", href="/briefs"), f" can be seen from {owner} only, and deleted there.", class_="hint")
    fragment(el("div", el("h2", "Brief"), el("p", LEAD), kept, brief_form(), class_="briefs"), elem_id="briefs")
