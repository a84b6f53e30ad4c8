"""The pictures of a framework are whole XML with a description, stay within their width, and draw no figure that is not there."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.reading import EXAMPLES, example_framework, framework_from
from ui.framework_graph import graph_svg
from ui.framework_tree import tree_svg
from ui.svg_text import width_of, wrap

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text></svg><script>alert(1)</script> "&\x07\u202e ' + "x" * 80
PICTURES = [(draw, narrow) for draw in (tree_svg, graph_svg) for narrow in (False, True)]


def bare(**changes: object) -> Framework:
    data = {
        "title": "T",
        "mission": {"goal": "G"},
        "outcomes": [{"id": "o", "statement": "S", "indicators": [_indicator(**changes)]}],
    }
    return framework_from(data)


def _indicator(**changes: object) -> dict[str, object]:
    return {"id": "i", "name": "N", "horizon": "long_term", **changes}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(("draw", "narrow"), PICTURES)
def test_a_picture_is_xml_with_a_name_and_a_description_that_says_all_of_it(name: str, draw, narrow: bool) -> None:  # type: ignore[no-untyped-def]
    framework = example_framework(name)
    root = ET.fromstring(draw(framework, narrow=narrow))
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    named, described = (ids[name] for name in (root.get("aria-labelledby") or "").split())
    assert named.tag == f"{SVG}title"
    assert described.tag == f"{SVG}desc"
    headline = framework.headline()
    assert headline is not None
    assert headline.name in (described.text or "")
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(("draw", "narrow"), PICTURES)
def test_nothing_runs_over_the_edge_and_letters_are_large_enough_to_read(name: str, draw, narrow: bool) -> None:  # type: ignore[no-untyped-def]
    root = ET.fromstring(draw(example_framework(name), narrow=narrow))
    width = float(root.get("width") or 0)
    assert width <= (375 if narrow else 960)
    for text in root.iter(f"{SVG}text"):
        size, x = float(text.get("font-size") or 0), float(text.get("x") or 0)
        long = width_of(text.text or "", size, bold=text.get("font-weight") == "700")
        left = {"end": x - long, "middle": x - long / 2}.get(text.get("text-anchor") or "", x)
        assert size >= 10
        assert left >= 0, text.text
        assert left + long <= width + 0.5, text.text
        assert float(text.get("y") or 0) <= float(root.get("height") or 0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_outcome_and_measure_stands_in_the_tree(name: str) -> None:
    framework = example_framework(name)
    for narrow in (False, True):
        root = ET.fromstring(tree_svg(framework, narrow=narrow))
        shown = "".join(text.text or "" for text in root.iter(f"{SVG}text")).replace(" ", "")
        for words in [o.statement for o in framework.outcomes] + [m.name for m in framework.measures()]:
            assert words.replace(" ", "") in shown


def test_the_graph_draws_the_path_from_baseline_to_target_in_its_direction() -> None:
    for value, aim, falls in ((10.0, 90.0, False), (90.0, 10.0, True)):
        framework = bare(baseline={"value": value, "unit": "u", "date": "2025"}, target={"value": aim, "date": "2030"})
        first, last = ET.fromstring(graph_svg(framework)).iter(f"{SVG}circle")
        assert float(first.get("cx") or 0) < float(last.get("cx") or 0)
        assert (float(first.get("cy") or 0) < float(last.get("cy") or 0)) == falls


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"target": {"value": 5, "date": "2030"}}, "No baseline yet: the line cannot be drawn"),
        ({"baseline": {"value": 5, "unit": "u", "date": "2025"}}, "No target yet: the line cannot be drawn"),
        ({"horizon": "early_signal"}, "No long-term indicator yet"),
    ],
)
def test_where_a_figure_is_missing_the_graph_says_so_and_draws_no_line(changes: dict[str, object], says: str) -> None:
    root = ET.fromstring(graph_svg(bare(**changes)))
    assert says in " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert list(root.iter(f"{SVG}circle")) == []


@pytest.mark.parametrize(
    "values",
    [(5.0, 5.0, "2025", "2030"), (5.0, 9.0, "2030", "2025"), (-1e14, 1e14, "2025", "2026"), (0.0001, 0.0002, "1900", "2100")],
)
def test_odd_figures_make_no_broken_picture(values: tuple[float, float, str, str]) -> None:
    first, last, start, end = values
    framework = bare(baseline={"value": first, "unit": "u", "date": start}, target={"value": last, "date": end})
    assert "nan" not in graph_svg(framework)
    ET.fromstring(graph_svg(framework))


@pytest.mark.parametrize(("draw", "narrow"), PICTURES)
def test_hostile_words_stay_words(draw, narrow: bool) -> None:  # type: ignore[no-untyped-def]
    framework = bare(name=HOSTILE, baseline={"value": 1, "unit": HOSTILE, "date": "2025"}, target={"value": 2, "date": "2030"})
    picture = draw(framework, narrow=narrow)
    assert "<script" not in picture
    assert "\u202e" not in picture
    assert list(ET.fromstring(picture).iter(f"{SVG}script")) == []


def test_lines_are_broken_at_words_and_long_words_within() -> None:
    lines = wrap("short words and one" + "x" * 60, 100, 14)
    assert all(width_of(line, 14) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == ("short words and one" + "x" * 60).replace(" ", "")
    assert wrap("", 100, 14) == []
