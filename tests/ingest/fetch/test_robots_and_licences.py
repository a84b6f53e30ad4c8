"""Robots rules as RFC 9309 has them, and licence words as catalogues write them."""

from __future__ import annotations

import time

import pytest

from ingest.fetch.licences import read_licence
from ingest.fetch.robots import read_robots

RULES = """
# rules
User-agent: *
Disallow: /
Allow: /public/

User-agent: Mission-Adviser
User-agent: otherbot
Disallow: /private
Allow: /private/report.pdf
Disallow: /*?print=
Disallow: /*.zip$
Disallow:
Crawl-delay: 900
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True), ("/private", False), ("/private/x", False), ("/private/report.pdf", True), ("/a?print=1", False),
        ("/a.zip", False), ("/a.zip?x", True), ("/public", True),
    ],
)  # fmt: skip
def test_the_longest_rule_of_our_own_group_decides(target: str, allowed: bool) -> None:
    assert read_robots(RULES).allows(target) is allowed


def test_others_follow_the_rules_for_everyone_and_a_delay_is_bounded() -> None:
    assert not read_robots(RULES, agent="someone").allows("/x")
    assert read_robots(RULES, agent="someone").allows("/public/x")
    assert read_robots(RULES).delay == 30.0
    assert read_robots("").allows("/anything")
    assert read_robots("<html>not rules</html>").allows("/anything")


def test_a_hostile_pattern_is_matched_in_no_time() -> None:
    rules = read_robots("User-agent: *\nDisallow: /" + "*a" * 2000 + "b$\n")
    started = time.perf_counter()
    assert rules.allows("/" + "a" * 5000)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("Open Government Licence v3.0 (publisher default)", "open"),
        ("Open Parliament Licence (publisher default)", "open"),
        ("European Commission reuse policy, Decision 2011/833/EU (publisher default)", "open"),
        ("CC BY 3.0 IGO (as recorded by TAPipedia)", "open"),
        ("Creative Commons By Share Alike (Demos open access)", "open"),
        ("US Government work, not subject to copyright (as stated on a GAO copy)", "open"),
        ("CC0", "open"),
        ("open access (as recorded by APO)", "open"),
        ("unknown", "unknown"),
        ("unknown (introductory chapter open access)", "unknown"),
        ("free published version", "unknown"),
        ("", "unknown"),
        ("all rights reserved (as recorded by APO)", "closed"),
        ("open access to read; all rights reserved", "closed"),
    ],
)
def test_licence_words_are_read_on_the_safe_side(words: str, reading: str) -> None:
    assert read_licence(words) == reading
