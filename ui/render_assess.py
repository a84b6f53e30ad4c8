"""An assessment's document as HTML. Owns: its blocks, its evidence, the page that stands alone. Pure: values in, Markup out.

Does not own: what is in the document (see `assess_document.py`) or forms (see `render_assess_forms.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.nouns import Citation
from ui.answer_text import citation_line
from ui.assess_document import AssessDocument, Block, Bullets, Figure, Part, Quoted, Table, Words
from ui.markup import Markup, coded, el, join, link
from ui.render_pages import page
from ui.render_parts import source_address, unseen
from ui.wording import PRODUCT

ADVICE_WORDS = "advice, not evidence"


def document_html(document: AssessDocument, *, key: str, top: int = 2, actions: Markup | None = None) -> Markup:
    """The document as a section. `key` makes its ids unique on the page; `top`: the level of its heading."""
    heading = el(f"h{top}", document.title, id=f"a-{key}", tabindex="-1", class_="asked")
    return el(
        "article",
        heading,
        el("p", el("strong", document.subject), class_="subject") if document.subject else None,
        actions,
        *(part_html(part, key=key, top=top) for part in document.parts),
        sources_html(document.sources, key=key, top=top),
        notes_html(document, top=top),
        class_="assessment",
        aria_labelledby=f"a-{key}",
    )


def part_html(part: Part, *, key: str, top: int) -> Markup:
    """A headed part."""
    heading = el(f"h{min(6, top + part.level - 1)}", part.heading)
    return el("section", heading, *(block_html(block, key=key) for block in part.blocks), class_=f"part part-{part.level}")


def block_html(block: Block, *, key: str) -> Markup:
    """One block."""
    match block:
        case Words():
            return el("p", *_words(block, key=key), class_=f"is-{block.tag.replace(' ', '-')}" if block.tag else None)
        case Quoted():
            return el("blockquote", el("p", block.text), el("p", block.place, class_="hint"))
        case Bullets():
            items = (el("li", *_words(item, key=key)) for item in block.items)
            return el("ol" if block.numbered else "ul", *items)
        case Table():
            return _table(block)
        case Figure():
            return el("figure", block.svg, el("figcaption", block.words, class_="hint"))


def _words(words: Words, *, key: str) -> list[object]:
    numbers = [el("a", f"[{n}]", href=f"#e-{key}-{n}", class_="cite", aria_label=f"Evidence {n}") for n in words.numbers]
    tag = el("span", ADVICE_WORDS, class_="status status-advice") if words.tag == "our advice" else None
    tag = el("span", words.tag, class_="status") if words.tag == "quoted" else tag
    body: object = el("strong", words.text) if words.tag in {"result", "case"} else words.text
    return [body, *(part for number in numbers for part in (" ", number)), " " if tag else None, tag]


def _table(table: Table) -> Markup:
    head = el("thead", el("tr", *(el("th", name, scope="col") for name in table.head)))
    rows = [el("tr", el("th", row[0], scope="row"), *(el("td", cell) for cell in row[1:])) for row in table.rows]
    inner = el("table", el("caption", table.caption), head, el("tbody", *rows))
    return el("div", inner, class_="wide", tabindex="0", role="region", aria_label=table.caption)


def sources_html(sources: Sequence[Citation], *, key: str, top: int) -> Markup | None:
    """What is cited, numbered: the exact quote, how to name it, where to read it."""
    if not sources:
        return None
    items = [
        el(
            "li",
            el("span", f"[{c.n}] ", class_="n"),
            citation_line(c.model_copy(update={"url": None})),
            ". ",
            el("q", c.quote),
            " ",
            el("a", "Read it in the library", unseen(f": evidence {c.n}"), href=source_address(c.source_id, c.passage_id)),
            ". " if c.url else None,
            link(c.url, "Original", unseen(f" of evidence {c.n}, on another site")) if c.url else None,
            id=f"e-{key}-{c.n}",
            tabindex="-1",
        )
        for c in sources
    ]
    return el("section", el(f"h{top + 1}", "Evidence from the library"), el("ul", *items, class_="cited"), class_="part")


def notes_html(document: AssessDocument, *, top: int) -> Markup:
    """What a reader must know, and how it was made."""
    notes = el("ul", *(el("li", note) for note in document.notes)) if document.notes else None
    made = el("p", document.made, class_="hint made") if document.made else None
    return el("section", el(f"h{top + 1}", "About this result"), notes, made, class_="part")


def assess_page(title: str, body: Markup) -> str:
    """A page of the server for an instrument: the plain page with the instruments' style and script."""
    extra = join([el("link", rel="stylesheet", href="/static/assess.css"), el("script", src="/static/assess.js", defer=True)])
    return page(title, body).replace("</head>", f"{extra}</head>", 1)


def assessment_page(document: AssessDocument, *, key: str, actions: Markup | None = None) -> str:
    """A page of the server that holds one assessment."""
    return assess_page(document.title, document_html(document, key=key, top=1, actions=actions))


def refusal_html(says: str) -> Markup:
    """Input that cannot be used, in a sentence that says what to do."""
    icon = el("span", "!", aria_hidden="true", class_="icon")
    return el("article", el("p", icon, el("strong", "Not done. "), coded(says), class_="problem"), class_="assessment")


def standalone_page(document: AssessDocument, *, style: str, address: str = "") -> str:
    """A file to be sent on: its style inside, no links into a server that the reader may not have."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{document.title} – {PRODUCT}"),
        el("style", Markup(style.replace("</", "<\\/"))),
    )
    body = el("main", document_html(document, key="x", top=1), id="content")
    html = "<!doctype html>" + el("html", head, el("body", body, class_="plain adviser"), lang="en-GB")
    return html.replace('href="/sources/', f'href="{address}/sources/') if address else _without_library_links(html)


def _without_library_links(html: str) -> str:
    """The links into the library lead nowhere from a file: their words are left out with them."""
    before, *rest = html.split('<a href="/sources/')
    return join([Markup(before), *(Markup(each.partition("</a>")[2].removeprefix(". ")) for each in rest)])
