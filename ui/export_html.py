"""A document as one HTML page that needs nothing else: to be read, printed, or put on an intranet. Owns: its layout and style sheet.

Does not own: escaping (`markup.py`). Notes stand at the end; each number leads to its note and back.
"""

from __future__ import annotations

from ui.brief_document import Block, Contents, Document, Heading, PageBreak, Paragraph, Run, Runs, Table
from ui.markup import Markup, el, join, link

STYLE = """
:root{color-scheme:light}body{font:1.05rem/1.5 Georgia,'Times New Roman',serif;color:#1a1a1a;background:#fff;max-width:52rem;
margin:0 auto;padding:1.5rem}h1,h2,h3{color:#12385b;line-height:1.25}h1{font-size:1.9rem;margin-bottom:.2rem}h2{font-size:1.35rem;
margin-top:2rem}h3{font-size:1.1rem}.subtitle{font-size:1.2rem;color:#4a4a4a;margin-top:0}.small{font-size:.92rem;color:#4a4a4a}
.warning{color:#8a1c1c;font-weight:bold}.mark{font-size:.9em;color:#4a4a4a;font-style:italic}a{color:#0b4f8a}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;font-weight:bold;
padding:.4rem 0}th,td{border:1px solid #7b8794;padding:.35rem .5rem;text-align:left;vertical-align:top}thead th{background:#e3eaf1}
td p,th p{margin:.1rem 0}sup a{padding:0 .15em}.notes li{margin:.3rem 0;font-size:.92rem}
@media print{body{max-width:none;padding:0}.scroll{overflow:visible}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def html_of(document: Document) -> str:
    """The whole page."""
    seen: set[int] = set()
    body: list[Markup] = []
    bullets: list[Markup] = []
    for block in document.blocks:
        is_bullet = isinstance(block, Paragraph) and block.style == "bullet"
        if bullets and not is_bullet:
            body.append(el("ul", *bullets))
            bullets = []
        if is_bullet:
            assert isinstance(block, Paragraph)
            bullets.append(el("li", _runs(block.runs, seen)))
        else:
            body += _block(block, document, seen)
    body += [el("ul", *bullets)] if bullets else []
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", document.title),
        el("meta", name="author", content=document.author),
        Markup(f"<style>{STYLE}</style>"),
    )
    page = el("html", head, el("body", el("main", *body, _notes(document))), lang=document.language)
    return f"<!DOCTYPE html>\n{page}\n"


def _block(block: Block, document: Document, seen: set[int]) -> list[Markup]:
    if isinstance(block, Heading):
        return [el(f"h{block.level + 1}", block.text, id=block.anchor)]
    if isinstance(block, Paragraph):
        runs = _runs(block.runs, seen)
        return [el("h1", runs) if block.style == "title" else el("p", runs, class_=block.style)]
    if isinstance(block, Table):
        return [_table(block, seen)]
    if isinstance(block, Contents):
        listed = [el("li", el("a", h.text, href=f"#{h.anchor}")) for h in document.headings() if h.level == 1]
        return [el("nav", el("h2", "Contents", id="contents"), el("ul", *listed), aria_labelledby="contents")]
    assert isinstance(block, PageBreak)
    return []


def _table(table: Table, seen: set[int]) -> Markup:
    header = el("tr", *(el("th", name, scope="col") for name in table.header))
    rows = []
    for row in table.rows:
        cells = []
        for place, cell in enumerate(row):
            first = place == 0 and table.row_headers
            parts = [el("p", _runs(runs, seen)) for runs in cell]
            cells.append(el("th", *parts, scope="row") if first else el("td", *parts))
        rows.append(el("tr", *cells))
    caption = el("caption", table.caption) if table.captioned else None
    made = el("table", caption, el("thead", header), el("tbody", *rows))
    return el("div", made, class_="scroll", tabindex="0", role="region", aria_label=table.caption)


def _notes(document: Document) -> Markup | None:
    if not document.notes:
        return None
    items = [
        el(
            "li",
            _runs(runs, set()),
            " ",
            el("a", "Back to the text", href=f"#ref-{n}", aria_label=f"Back to note {n} in the text"),
            id=f"note-{n}",
        )
        for n, runs in sorted(document.notes.items())
    ]
    return el("section", el("h2", "Notes", id="notes"), el("ol", *items, class_="notes"), aria_labelledby="notes")


def _runs(runs: Runs, seen: set[int]) -> Markup:
    return join(_run(run, seen) for run in runs)


def _run(run: Run, seen: set[int]) -> Markup:
    if run.note:
        first = run.note not in seen and run.style != "strong"
        seen.add(run.note)
        number = el(
            "a", str(run.note), href=f"#note-{run.note}", id=f"ref-{run.note}" if first else None, aria_label=f"Note {run.note}"
        )
        return number if run.style == "strong" else el("sup", number)
    if run.href:
        return link(run.href, run.text)
    name = {"strong": "strong", "emphasis": "em"}.get(run.style)
    if name:
        return el(name, run.text)
    return el("span", run.text, class_="mark") if run.style == "mark" else join([run.text])
