"""What the instruments' pages share. Owns: a form's fields, a result as a page, kept first where that was asked for.

Does not own: any instrument's route.
"""

# Annotations stay values here: FastAPI reads those of functions made inside functions.

import secrets
from typing import TYPE_CHECKING

from assistant.instruments.assessment import Assessment
from assistant.library.works import WorkStore
from ui.api.assess import owner_of
from ui.assess_document import assessment_document
from ui.assess_fields import Fields, one
from ui.assess_output import drift_of_work, save
from ui.markup import Markup, el, join
from ui.render_assess import assess_page, assessment_page, document_html
from ui.render_assess_forms import kept_actions
from ui.serving import Services

if TYPE_CHECKING:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

IN_PAGE = "x-in-page"
MOST_FIELDS = 400


def shown(found: Assessment, fields: Fields, request: "Request", services: Services) -> "HTMLResponse":
    """A result as a page, kept first where that was asked for."""
    from fastapi.responses import HTMLResponse

    store = WorkStore(services.assistant.library.engine)
    work, drift = None, None
    if one(fields, "keep") == "yes":
        owner = owner_of(request, services)
        work = save(found, store, owner=owner, work_id=one(fields, "work") or None)
        drift = drift_of_work(store, work, owner=owner)
    document = assessment_document(found, drift=drift)
    key = work or secrets.token_hex(4)
    actions = kept_words(work, found.instrument) if work else None
    if in_page(request):
        html = assess_page(document.title, document_html(document, key=key, top=3, actions=actions))
    else:
        html = assessment_page(document, key=key, actions=actions)
    return HTMLResponse(html)


def in_page(request: "Request") -> bool:
    """Whether the page's script sent the form and shows the result below it."""
    return request.headers.get(IN_PAGE) == "yes"


async def read_fields(request: "Request") -> Fields:
    """A form's text fields."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=1)
    fields: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
    return fields


def form_page(title: str, form: Markup) -> "HTMLResponse":
    from fastapi.responses import HTMLResponse

    return HTMLResponse(assess_page(title, join([el("h1", title), form])))


def headed(title: str, body: Markup, request: "Request") -> Markup:
    return join([el("h3" if in_page(request) else "h1", title, tabindex="-1", class_="asked"), body])


def kept_words(work: str, kind: str) -> Markup:
    return el("div", el("p", "Kept. ", el("a", "Its own page", href=f"/assess/works/{work}"), "."), kept_actions(work, kind))


def top_level(request: "Request") -> int:
    return 3 if in_page(request) else 1
