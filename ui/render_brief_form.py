"""The form for a new brief. Owns: its fields as HTML. Does not own: reading them (`brief_fields.py`), or the tab they stand in."""

from __future__ import annotations

from assistant.briefs.template_file import packaged_template, template_names
from ui.brief_fields import outline_of
from ui.markup import Markup, el

LENGTHS = (("short", "Short"), ("standard", "Standard"), ("long", "Long"))
FIRST = "ministerial-note"


def brief_form() -> Markup:
    """The whole form. The script puts the chosen template's outline into its field; without one, an empty outline is the template's."""
    templates = [packaged_template(name) for name in template_names()]
    options = [
        el("option", f"{t.title} (about {t.pages} pages)", value=t.id, selected=t.id == FIRST, data_outline=outline_of(t))
        for t in templates
    ]
    lengths = [el("option", words, value=value, selected=value == "standard") for value, words in LENGTHS]
    return el(
        "form",
        _line("topic", "What it is about", "For example: Housing First for our city", needed=True),
        _line("decision", "The decision at stake", "Shown as the client’s words, never as evidence"),
        _line("client", "Client"),
        _line("audience", "Who will read it"),
        _area("situation", "The situation", 4, "Notes on where the client stands."),
        el("label", "Template", for_="brief-template"),
        el("select", *options, id="brief-template", name="template"),
        _area(
            "outline",
            "Outline",
            8,
            "One section a line. Move, rename or delete lines; a line of your own is asked of the library.",
        ),
        el("label", "Length", for_="brief-length"),
        el("select", *lengths, id="brief-length", name="length"),
        _line("cases", "Cases to compare", "Ids from the Library tab; empty takes the nearest"),
        el("p", el("button", "Write the brief", type="submit", class_="primary")),
        method="post",
        action="/briefs",
        class_="brief-form new-brief",
    )


def _line(name: str, words: str, hint: str = "", *, needed: bool = False) -> Markup:
    told = el("span", hint, class_="hint", id=f"brief-{name}-hint") if hint else None
    field = el(
        "input",
        id=f"brief-{name}",
        name=name,
        maxlength="300" if name in {"topic", "client"} else "500",
        required=needed,
        aria_describedby=f"brief-{name}-hint" if hint else None,
    )
    return el("p", el("label", words, for_=f"brief-{name}"), told, field)


def _area(name: str, words: str, rows: int, hint: str) -> Markup:
    field = el("textarea", id=f"brief-{name}", name=name, rows=str(rows), maxlength="8000", aria_describedby=f"brief-{name}-hint")
    return el("p", el("label", words, for_=f"brief-{name}"), el("span", hint, class_="hint", id=f"brief-{name}-hint"), field)
