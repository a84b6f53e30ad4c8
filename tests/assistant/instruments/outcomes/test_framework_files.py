"""A framework comes in from YAML or JSON, goes out and comes back the same; what is wrong is said in a line that says where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frameworks import build, clean

from assistant.errors import InputError, NotFoundError
from assistant.instruments.outcomes.dates import on_the_line, read_when
from assistant.instruments.outcomes.reading import (
    EXAMPLES,
    LARGEST,
    example_framework,
    example_text,
    parse_framework,
    read_framework,
    write_framework,
    write_yaml,
)


def problem(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_framework(text, name="plan.yaml")
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("plan.yaml")
    return message


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_back_the_same_from_json_and_from_yaml(name: str) -> None:
    framework = example_framework(name)
    assert parse_framework(write_framework(framework)) == framework
    assert parse_framework(write_yaml(framework)) == framework
    assert write_framework(parse_framework(write_framework(framework))) == write_framework(framework)


def test_hostile_and_odd_text_comes_back_exactly() -> None:
    data = clean()
    data["title"] = "=1+1 <b>“x”</b> \u2028 ' : #{ é 猫"
    framework = build(data)
    assert parse_framework(write_framework(framework)).title == data["title"]
    assert parse_framework(write_yaml(framework)).title == data["title"]


def test_a_bare_year_and_a_date_of_yaml_are_read_as_they_are_written() -> None:
    text = write_yaml(build(clean())).replace("date: '2035'", "date: 2035-03-31").replace("by: '2035'", "by: 2035")
    framework = parse_framework(text)
    assert framework.mission.by == "2035"
    assert framework.outcomes[0].indicators[0].target is not None
    assert framework.outcomes[0].indicators[0].target.date == "2035-03-31"


def test_a_wrong_number_says_where_it_stands_and_what_was_found() -> None:
    data = clean()
    data["outcomes"][0]["indicators"][0]["baseline"]["value"] = "about thirty"
    said = problem(json.dumps(data))
    assert "outcomes 1 (water), indicators 1 (safe-days), baseline, value: give a number alone (found 'about thirty')" in said


def test_a_misspelt_field_is_named_before_the_one_that_it_leaves_out() -> None:
    data = clean()
    data["outcomes"][0]["indicators"][0]["horzon"] = data["outcomes"][0]["indicators"][0].pop("horizon")
    assert "'horzon' is not a field here; check its spelling" in problem(json.dumps(data))


def test_a_missing_field_is_named_at_its_place() -> None:
    data = clean()
    del data["outcomes"][0]["statement"]
    assert problem(json.dumps(data)) == "plan.yaml: outcomes 1 (water): 'statement' is missing."


def test_an_id_used_twice_and_a_guard_of_nothing_are_refused() -> None:
    data = clean()
    data["learning"][0]["id"] = "heard"
    assert "the id 'heard' is used twice" in problem(json.dumps(data))
    data = clean()
    data["counter_metrics"][0]["guards"] = ["nothing"]
    assert "guards 'nothing', and no indicator has that id. There are: safe-days, spill-hours" in problem(json.dumps(data))


def test_broken_yaml_and_json_name_the_line() -> None:
    assert "line 2: not readable YAML" in problem("title: Plan\nmission: {goal: [x}\n")
    assert "line 3: not readable JSON" in problem('{"title": "x",\n"mission":\n}')


def test_anchors_repeated_keys_depth_and_length_are_refused() -> None:
    assert "alias" in problem("title: &a x\nmission: {goal: *a}\n")
    assert "'title' is given twice" in problem("title: x\ntitle: y\n")
    assert "nested too deeply" in problem("[" * 5000)
    assert "longer than" in problem("x" * (LARGEST + 1))
    assert "holds no framework" in problem("- a\n- b\n")
    assert "holds no framework" in problem("")


@pytest.mark.parametrize("value", ["soon", "2028-13", "2028-02-31", "2024/26", "28", True, 12.5, None])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        read_when(value)


def test_dates_stand_in_their_order() -> None:
    dates = ["2023/24", "2024", "2025-03", "2025-03-31", "2024/25", "2025", "2026-01-01"]
    places = [on_the_line(date) for date in dates]
    assert on_the_line("2024-12-31") < on_the_line("2025") <= on_the_line("2026-01-01")
    assert places[0] < places[1] < places[2] < places[3] < places[4] < places[5]


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"There is no file gone\.yaml"):
        read_framework(tmp_path / "gone.yaml")
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_framework(tmp_path / "odd.yaml")
    with pytest.raises(NotFoundError, match="no example"):
        example_text("../secret")
