"""A framework with its findings as one page that stands alone, for the screen and the printer. Owns: its layout. Pure.

Does not own: what stands in it. Of each picture both layouts are in the page, and the width of the screen chooses.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.review import FrameworkReview
from ui.framework_graph import graph_svg
from ui.framework_report import Block, report_blocks
from ui.framework_tree import tree_svg
from ui.markup import Markup, el, join

STYLE = """
:root{color-scheme:light}body{font:1rem/1.5 system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1a1a1a;background:#fff;
margin:0 auto;max-width:64rem;padding:1rem}h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #767676;padding:.4rem;
text-align:left;vertical-align:top}th{background:#eef4f5}li{margin:.4rem 0;overflow-wrap:anywhere}.narrow{display:none}
:focus-visible{outline:3px solid #0b5c6b}
@media (max-width:50rem){.wide{display:none}.narrow{display:block}.table table,.table tbody,.table tr,.table td,.table th{display:block}
.table thead{display:none}.table td{border-top:0}.table td:first-child{border-top:2px solid #0b5c6b}
.table td::before{content:attr(data-head) ": ";font-weight:700}}
@media print{body{max-width:none;padding:0;font-size:10pt}.wide{display:block}.narrow{display:none}tr,li,svg{break-inside:avoid}}
"""


def framework_html(review: FrameworkReview) -> str:
    """The page."""
    return blocks_html(review.framework.title, report_blocks(review), framework=review.framework)


def blocks_html(title: str, blocks: Iterable[Block], *, framework: Framework | None = None) -> str:
    """Any report of blocks as a page; with a framework, its pictures where the blocks ask for them."""
    body = el("main", *(_block(block, framework) for block in blocks))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Markup(STYLE)),
    )
    return "<!doctype html>\n" + el("html", head, el("body", body), lang="en-GB") + "\n"


def pictures_html(framework: Framework, which: str) -> Markup:
    """A picture in both layouts, for any page that shows `.wide` or `.narrow` by its width."""
    draw = tree_svg if which == "tree" else graph_svg
    return join(
        el("div", draw(framework, narrow=narrow, name=f"{which}-{size}"), class_=size)
        for size, narrow in (("wide", False), ("narrow", True))
    )


def _block(block: Block, framework: Framework | None) -> Markup:
    return el(
        "section",
        el(f"h{block.level}", block.heading),
        pictures_html(framework, block.marks) if block.marks and framework else None,
        *(el("p", paragraph) for paragraph in block.paragraphs if not block.marks),
        _table(block) if block.rows else None,
        el("ul", *(_item(item) for item in block.items)) if block.items else None,
    )


def _item(item: str) -> Markup:
    first, *under = item.split("\n")
    return el("li", first, el("ul", *(el("li", words) for words in under)) if under else None)


def _table(block: Block) -> Markup:
    head = el("thead", el("tr", *(el("th", name, scope="col") for name in block.head)))
    rows = [el("tr", *(el("td", cell, data_head=name) for name, cell in zip(block.head, row, strict=True))) for row in block.rows]
    return el("div", el("table", head, el("tbody", *rows)), class_="table", tabindex="0", role="region", aria_label=block.heading)
