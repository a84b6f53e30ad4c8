"""The forms of the instruments as HTML. Owns: their fields, labels and hints. Pure: values in, Markup out.

Does not own: what is done with them (`ui/api/assess_pages.py`). They are plain forms: they work without a script, by keyboard and on
a phone; with `static/assess.js` the result appears below the form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.instruments.assessment import CANNOT_TELL, OwnQuote
from ui.assess_document import place_words
from ui.assess_interview import Asked
from ui.markup import Markup, el, join

LONGEST = 4000
FILES = ".pdf,.docx,.doc,.odt,.rtf,.md,.txt,.html,.pptx,.eml"
DOCUMENT_NOTE = "PDF, Word or text. It is read for this result only: it does not enter the library and is not kept."

DOWNLOADS = {".docx": "Word", ".pdf": "PDF", ".md": "Markdown", ".html": "a web page"}


WITHOUT_PDF = frozenset({"cases", "tools", "network"})


def answers_form(
    name: str,
    questions: Sequence[Asked],
    *,
    about: str,
    seal: Callable[[OwnQuote], str] | None = None,
    work_id: str = "",
    found_in: str = "",
) -> Markup:
    """The form of the litmus test or the maturity assessment. `seal` writes a quote for a checkbox, where there are proposals."""
    return form(
        name,
        el("p", f"Sentences of {found_in} are proposed below. Tick those that show the level you mark.", class_="hint")
        if found_in
        else None,
        field("subject", about, name=name, longest=500),
        el(
            "div",
            field("name", "Your name", name=name, longest=200),
            field("role", "Your role", name=name, longest=200),
            class_="pair",
        ),
        *(_question(name, number, question, seal) for number, question in enumerate(questions, 1)),
        el("input", type="hidden", name="work", value=work_id) if work_id else None,
        _join_box(name) if work_id and name == "maturity" else None,
        keep_box(name, ticked=bool(work_id)),
        button="Work it out",
    )


def upload_form(name: str, *, action: str, label: str, button: str, hint: str = DOCUMENT_NOTE, keep: bool = False) -> Markup:
    """A form for one document."""
    key = action.strip("/").replace("/", "-")
    return form(
        name,
        el("label", label, for_=f"{key}-file"),
        el("input", type="file", id=f"{key}-file", name="file", required=True, accept=FILES, aria_describedby=f"{key}-hint"),
        el("p", hint, id=f"{key}-hint", class_="hint"),
        keep_box(key) if keep else None,
        action=action,
        button=button,
    )


def form(name: str, *parts: Markup | None, button: str, action: str = "", downloads: Sequence[tuple[str, str]] = ()) -> Markup:
    """A form with its place for the result. `downloads`: endings with their words; each sends the same form and gets a file."""
    more = [
        el("button", f"Download as {words}", type="submit", name="as", value=ending, data_native="yes")
        for ending, words in downloads
    ]
    inner = el(
        "form",
        *parts,
        el("p", el("button", button, type="submit", class_="primary"), *more, class_="actions"),
        el("p", role="status", class_="said"),
        method="post",
        action=action or f"/assess/{name}",
        enctype="multipart/form-data",
        class_="assess-form",
    )
    return el("div", inner, el("div", class_="assess-result"), class_="assess")


def field(field_name: str, label: str, *, name: str, longest: int, rows: int = 1, hint: str = "", value: str = "") -> Markup:
    """A labelled text field; several rows make a text area."""
    key = f"{name}-{field_name}"
    described = f"{key}-hint" if hint else None
    box = (
        el("textarea", value, id=key, name=field_name, rows=rows, maxlength=longest, aria_describedby=described)
        if rows > 1
        else el("input", type="text", id=key, name=field_name, maxlength=longest, value=value, aria_describedby=described)
    )
    return el(
        "div", el("label", label, for_=key), box, el("p", hint, id=described, class_="hint") if hint else None, class_="field"
    )


def choice(field_name: str, label: str, options: Sequence[tuple[str, str]], *, name: str, any_words: str = "Any") -> Markup:
    """A labelled list of which one may be chosen."""
    key = f"{name}-{field_name}"
    items = [el("option", any_words, value=""), *(el("option", words, value=value) for value, words in options)]
    return el("div", el("label", label, for_=key), el("select", *items, id=key, name=field_name), class_="field")


def boxes(field_name: str, legend: str, options: Sequence[tuple[str, str]], *, name: str) -> Markup:
    """A group of which several may be ticked."""
    items = [
        el(
            "label",
            el("input", type="checkbox", name=field_name, value=value, id=f"{name}-{field_name}-{value}"),
            " ",
            words,
            class_="tick",
        )
        for value, words in options
    ]
    return el("fieldset", el("legend", legend), *items)


def keep_box(name: str, *, ticked: bool = False) -> Markup:
    """Whether the result is kept."""
    words = " Keep the result, so that I can come back to it, repeat it or delete it"
    box = el("input", type="checkbox", name="keep", value="yes", id=f"{name}-keep", checked=ticked)
    return el("p", el("label", box, words, class_="tick"))


def _join_box(name: str) -> Markup:
    """Whether this person's answers stand beside those of the last round, or begin a new one."""
    words = " Add my answers to those of the last round (leave it open to begin a new round)"
    return el("p", el("label", el("input", type="checkbox", name="join", value="yes", id=f"{name}-join"), words, class_="tick"))


def _question(name: str, number: int, question: Asked, seal: Callable[[OwnQuote], str] | None) -> Markup:
    marks = [(choice.mark, choice.words) for choice in question.choices]
    radios = [_radio(name, question.name, mark, words, chosen=False) for mark, words in marks]
    radios.append(_radio(name, question.name, CANNOT_TELL, "I cannot tell", chosen=True))
    quotes = [
        el(
            "label",
            el("input", type="checkbox", name=f"quote-{question.name}", value=seal(quote)),
            " ",
            el("q", quote.text),
            " ",
            el("span", place_words(quote), class_="hint"),
            class_="tick",
        )
        for quote in question.proposals
        if seal
    ]
    return el(
        "fieldset",
        el("legend", el("span", f"{number}. {question.title}. ", class_="n"), question.ask),
        el("p", question.reason, class_="hint"),
        *radios,
        el("div", el("p", "Your document says:"), *quotes, class_="proposals") if quotes else None,
        field(f"why-{question.name}", "What shows it, in your words", name=name, longest=LONGEST, rows=2),
    )


def _radio(name: str, question: str, mark: str, words: str, *, chosen: bool) -> Markup:
    key = f"{name}-{question}-{mark}"
    return el(
        "label", el("input", type="radio", id=key, name=f"mark-{question}", value=mark, checked=chosen), " ", words, class_="tick"
    )


def kept_html(works: Sequence[tuple[str, str, str, str]]) -> Markup:
    """What is kept: (id, day, kind, title) each, with links to look and forms to delete."""
    if not works:
        return el("p", "Nothing is kept yet.", class_="hint")
    items = [
        el("li", el("a", title or kind, href=f"/assess/works/{work_id}"), " ", el("span", f"({kind}, {day})", class_="hint"))
        for work_id, day, kind, title in works
    ]
    return el("ul", *items)


def kept_actions(work_id: str, kind: str) -> Markup:
    """What can be done with a kept result, on its page."""
    return join(
        [
            el(
                "div",
                *(
                    el(
                        "a",
                        f"Download as {words}",
                        href=f"/assess/works/{work_id}{ending}",
                        download=f"{kind}-{work_id}{ending}",
                        class_="button",
                    )
                    for ending, words in DOWNLOADS.items()
                    if ending != ".pdf" or kind not in WITHOUT_PDF
                ),
                el("a", "Repeat it", href=f"/assess/{kind}?work={work_id}", class_="button")
                if kind in {"litmus", "maturity"}
                else None,
                class_="actions",
            ),
            el(
                "form",
                el("button", "Delete it, with all its versions", type="submit"),
                method="post",
                action=f"/assess/works/{work_id}/delete",
                class_="no-print",
            ),
        ]
    )
