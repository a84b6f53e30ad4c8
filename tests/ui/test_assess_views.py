"""Assessments as page, Markdown and terminal: the same content, everything escaped, pictures with the table that says the same."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from assessments import HOSTILE, answers, litmus, maturity
from rich.console import Console

from assistant.assistant import Assistant
from assistant.instruments.assessment import Assessment, OwnQuote
from assistant.instruments.drift import drift_of
from ui.assess_document import Figure, Table, assessment_document
from ui.assess_figures import Spoke, radar
from ui.assess_markdown import document_markdown
from ui.render_assess import assessment_page, document_html, standalone_page
from ui.sealed import Seal
from ui.terminal import document_view

SVG = "{http://www.w3.org/2000/svg}"


class Outline(HTMLParser):
    """Ids, links within the page, headings and scripts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.headings: list[int] = []
        self.scripts: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(held["id"] or "")
        if (held.get("href") or "").startswith("#"):
            self.targets.append((held["href"] or "")[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script":
            self.scripts.append(held.get("src"))


@pytest.fixture
def several(packaged: Assistant) -> Assessment:
    return maturity(packaged, answers("Anna", 1, 2, 3, 4, 1, 2, 3, 4), answers("Ben", 3, 2, 3, 4, 1, 2, 3, 4))


def test_a_page_holds_hostile_text_as_text_and_every_number_leads_to_its_evidence(several: Assessment) -> None:
    page = assessment_page(assessment_document(several), key="k")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    outline = Outline(page)
    assert outline.scripts == ["/static/assess.js"]
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)
    assert len([target for target in outline.targets if target.startswith("e-k-")]) > 20
    assert outline.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_within_the_tab_the_headings_begin_lower(packaged: Assistant) -> None:
    outline = Outline(document_html(assessment_document(litmus(packaged)), key="k", top=3))
    assert min(outline.headings) == 3


def test_the_radar_says_in_words_what_it_shows_and_draws_no_line_through_what_is_not_known(several: Assessment) -> None:
    document = assessment_document(several)
    figure = next(block for part in document.parts for block in part.blocks if isinstance(block, Figure))
    drawn = ElementTree.fromstring(figure.svg)
    assert drawn.get("role") == "img"
    described = drawn.findtext(f"{SVG}desc") or ""
    assert "Purpose and definition: level 1" in described
    assert "Long-term resilience: cannot tell" in described
    assert len(drawn.findall(f"{SVG}path")) == 7, "eight can be told, so seven pairs of neighbours"
    table = next(block for part in document.parts for block in part.blocks if isinstance(block, Table))
    assert table.rows[0][:4] == ("Purpose and definition", "Level 1 of 4: in words", "1", "3")
    assert table.rows[8][1] == "Cannot tell"


def test_a_dot_stands_further_out_for_a_higher_level() -> None:
    def distance(level: int) -> float:
        drawn = ElementTree.fromstring(radar([Spoke(str(n), level) for n in range(9)], top=4, name="r", title="t"))
        dot = next(each for each in drawn.iter(f"{SVG}circle") if each.get("class") == "fig-dot")
        return abs(float(dot.get("cy", "0")))

    assert distance(1) < distance(2) < distance(3) < distance(4)


def test_drift_is_shown_as_a_picture_and_a_table_with_its_warnings(packaged: Assistant) -> None:
    versions = [maturity(packaged, answers("Anna", *[level] * 9)) for level in (1, 3)] + [
        maturity(packaged, answers("Ben", *[2] * 9))
    ]
    document = assessment_document(versions[-1], drift=drift_of(versions))
    part = next(part for part in document.parts if part.heading == "Drift")
    drawn = ElementTree.fromstring(next(block.svg for block in part.blocks if isinstance(block, Figure)))
    assert "Purpose and definition: 1, 3, 2" in (drawn.findtext(f"{SVG}desc") or "")
    assert len(list(drawn.iter(f"{SVG}circle"))) == 27
    table = next(block for block in part.blocks if isinstance(block, Table))
    assert table.rows[0][-1] == "+1"
    assert any("Other people answered" in getattr(block, "text", "") for block in part.blocks)


def test_markdown_holds_the_same_parts_and_no_markup_of_others(several: Assessment) -> None:
    document = assessment_document(several)
    written = document_markdown(document)
    assert [
        part.heading for part in document.parts if f"{'#' * part.level} " + part.heading not in written.replace("\\", "")
    ] == []
    assert "<script>" not in written
    assert "**bold**" not in written
    for citation in document.sources:
        assert re.search(rf"^{citation.n}\. ", written, re.M)


def test_the_terminal_shows_result_steps_and_evidence(packaged: Assistant) -> None:
    out = io.StringIO()
    Console(file=out, width=100, markup=False).print(document_view(assessment_document(litmus(packaged, solution="known"))))
    shown = " ".join(out.getvalue().split())
    assert "A programme is the right approach here." in shown
    assert "advice, not evidence" in shown
    assert "Evidence from the library" in shown


def test_a_page_to_send_on_needs_nothing_from_the_server(packaged: Assistant) -> None:
    page = standalone_page(assessment_document(litmus(packaged)), style="p{color:red}")
    assert 'href="/' not in page
    assert 'src="/' not in page
    assert Outline(page).scripts == []
    assert "Read it in the library" not in page


def test_a_sealed_quote_comes_back_as_it_was_and_no_other_does() -> None:
    quote = OwnQuote(file="a.md", text=HOSTILE, start=3, end=3 + len(HOSTILE), page=1)
    seal = Seal()
    closed = seal.closed(quote)
    assert seal.opened(closed) == quote
    for forged in (closed[:-1] + ("0" if closed[-1] != "0" else "1"), "x" + closed, "", Seal().closed(quote)):
        with pytest.raises(Exception, match="older than the server"):
            seal.opened(forged)
