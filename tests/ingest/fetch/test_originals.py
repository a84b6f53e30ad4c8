"""Fetching originals from a real server: what is kept, what is asked for again, and what is left alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ARTICLE, Answer, Site, Versions, bomb, broken_off, endless, garbage, packed, silent, slow
from documents import write_pdf

from assistant import open_assistant
from assistant.disagreement import independent_sources
from assistant.errors import FetchError, InputError, NotFoundError
from assistant.settings import Settings
from ingest.doctor import examine
from ingest.fetch.addresses import locate_address
from ingest.fetch.originals import FetchedOriginal, FetchReport, fetch_originals
from ingest.fetch.visits import next_address
from ingest.fetch.web import Limits, request

QUICK = Limits(silence=1.0, seconds=2.0, bytes=2_000_000, pace=0.0, allow_loopback=True)
Catalogue = Callable[..., Settings]


def one(settings: Settings, limits: Limits = QUICK, note: str = "reef", **options: bool) -> FetchedOriginal:
    (found,) = fetch_originals(settings, [note], limits=limits, **options).originals
    return found


def test_an_original_is_kept_with_checksum_and_date_and_answers_linked_to_its_note(site: Site, catalogue: Catalogue) -> None:
    site.answers["/reef"] = Versions()
    settings = catalogue(reef=f"{site.url}/reef#part-2")
    found = one(settings)
    assert (found.status, found.original_id, found.reason) == ("fetched", "reef-original", None)
    assert found.path is not None
    assert Path(found.path).read_bytes() == ARTICLE
    record = json.loads((settings.home / "originals" / "reef-original.record").read_text())
    assert (record["sha256"], record["bytes"], record["etag"]) == (found.sha256, len(ARTICLE), '"1"')
    assert record["fetched_at"].startswith("20")
    assistant = open_assistant(settings)
    source = assistant.library.source("reef-original")
    assert source.details["original_of"] == "reef"
    assert (source.kind, source.title, source.organisation, source.licence) == (
        "original", "Publication reef", "Harbour Office", "CC BY 4.0",
    )  # fmt: skip
    assert any("41 lamps" in hit.text for hit in assistant.search("Zanzibar lighthouse lamps"))
    cited = [c for s in assistant.ask("How many lamps did the Zanzibar lighthouse mission light?").sentences for c in s.citations]
    note = cited[0].model_copy(update={"source_id": "reef", "work": None})
    assert independent_sources([*cited, note]) == 1, "a note and its original are one work"
    assert [f for f in examine(settings) if not f.well] == []


def test_what_has_not_changed_is_not_sent_again_and_what_has_replaces_it(site: Site, catalogue: Catalogue) -> None:
    page = site.answers["/reef"] = Versions()
    settings = catalogue(reef=f"{site.url}/reef")
    first, second = one(settings), one(settings)
    assert (first.status, second.status, page.seen) == ("fetched", "unchanged", [200, 304])
    assert second.fetched_at == first.fetched_at
    page.body, page.etag = ARTICLE.replace(b"41 lamps", b"52 lamps"), '"2"'
    assert one(settings).status == "fetched"
    texts = " ".join(hit.text for hit in open_assistant(settings).search("Zanzibar lighthouse lamps"))
    assert "52 lamps" in texts
    assert "41 lamps" not in texts


def test_a_kept_file_that_was_damaged_is_fetched_again(site: Site, catalogue: Catalogue) -> None:
    page = site.answers["/reef"] = Versions()
    settings = catalogue(reef=f"{site.url}/reef")
    Path(one(settings).path or "").write_bytes(b"damaged")
    assert one(settings).status in {"fetched", "unchanged"}
    assert page.seen == [200, 200]
    assert (settings.home / "originals" / "reef-original.html").read_bytes() == ARTICLE


def test_an_original_that_becomes_another_kind_of_file_takes_the_place_of_the_old_one(
    site: Site, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = site.answers["/reef"] = Versions()
    settings = catalogue(reef=f"{site.url}/reef")
    one(settings)
    page.body, page.etag, page.kind = write_pdf(tmp_path / "f.pdf").read_bytes(), '"2"', "application/octet-stream"
    assert one(settings).status == "fetched"
    assert [p.name for p in (settings.home / "originals").iterdir() if p.suffix != ".record"] == ["reef-original.pdf"]
    originals = [s for s in open_assistant(settings).library.sources().values() if s.kind == "original"]
    assert [s.format for s in originals] == ["pdf"]


@pytest.mark.parametrize(
    ("licence", "allowed", "status"),
    [
        ("unknown", False, "skipped"),
        ("unknown", True, "fetched"),
        ("all rights reserved", True, "skipped"),
        ("CC0", False, "fetched"),
    ],
)
def test_only_what_the_licence_or_the_user_allows_is_asked_for(
    licence: str, allowed: bool, status: str, site: Site, catalogue: Catalogue
) -> None:
    site.answers["/reef"] = Versions()
    settings = catalogue(licence, reef=f"{site.url}/reef")
    found = one(settings, allow_unknown_licence=allowed)
    assert found.status == status
    if status == "skipped":
        assert site.asked == []
        assert found.reason is not None
        assert licence in found.reason


def test_robots_rules_are_kept_and_read_once_a_site(site: Site, catalogue: Catalogue) -> None:
    site.answers["/robots.txt"] = lambda h: h.reply(200, b"User-agent: *\nDisallow: /private\n")
    site.answers["/private/a"] = site.answers["/open"] = Versions()
    settings = catalogue(a=f"{site.url}/private/a", b=f"{site.url}/open")
    report = fetch_originals(settings, ["a", "b"], limits=QUICK)
    assert [(f.source_id, f.status) for f in report.originals] == [("a", "failed"), ("b", "fetched")]
    assert "robots.txt" in (report.originals[0].reason or "")
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/open"]
    assert site.asked[0][1]["user-agent"].startswith("mission-adviser/")


def test_a_site_that_cannot_give_its_rules_is_left_alone(site: Site, catalogue: Catalogue) -> None:
    site.answers["/robots.txt"] = lambda h: h.reply(503)
    site.answers["/reef"] = Versions()
    assert "robots.txt" in (one(catalogue(reef=f"{site.url}/reef")).reason or "")
    assert site.pages() == []


def test_requests_to_one_site_are_spaced(site: Site, catalogue: Catalogue) -> None:
    site.answers["/robots.txt"] = lambda h: h.reply(200, b"User-agent: mission-adviser\nCrawl-delay: 0.4\n")
    site.answers["/a"] = site.answers["/b"] = Versions()
    settings = catalogue(a=f"{site.url}/a", b=f"{site.url}/b")
    fetch_originals(settings, ["a", "b"], limits=QUICK)
    times = {path: at for path, _, at in site.asked}
    assert times["/b"] - times["/a"] >= 0.39


FAULTS: dict[str, tuple[Answer, str]] = {
    "slow": (slow, "took longer than 2 seconds"),
    "silent": (silent, "was silent"),
    "endless": (endless, "larger than 2 MB"),
    "gzip bomb": (bomb, "larger than 2 MB"),
    "broken off": (broken_off, "broke off"),
    "garbage": (garbage, "no proper HTTP"),
    "wrong type": (lambda h: h.reply(200, b"\x89PNG\r\n\x1a\n" + bytes(50), Content_Type="image/png"), "'image/png'"),
    "lying type": (lambda h: h.reply(200, b"\x89PNG\r\n\x1a\n" + bytes(50), Content_Type="application/pdf"), "PNG image"),
    "unknown packing": (lambda h: h.reply(200, b"x", Content_Type="text/html", Content_Encoding="br"), "'br'"),
    "told too large": (lambda h: h.reply(200, b"a" * 2_000_001, Content_Type="text/html"), "larger than 2 MB"),
    "empty": (lambda h: h.reply(200, b"", Content_Type="text/html"), "empty"),
    "gone": (lambda h: h.reply(410), "no longer has it"),
    "refused": (lambda h: h.reply(403), "does not give it to programs"),
    "busy": (lambda h: h.reply(429), "left alone"),
    "failing": (lambda h: h.reply(500), "500"),
    "redirect nowhere": (lambda h: h.reply(302), "nowhere"),
    "redirect loop": (lambda h: h.reply(302, Location="/page"), "more than 5 times"),
    "redirect to a file": (lambda h: h.reply(302, Location="file:///etc/passwd"), "not a web address"),
    "redirect to a private machine": (lambda h: h.reply(302, Location="http://10.0.0.1/"), "private machine|leads to no machine"),
    "304 out of nowhere": (lambda h: h.reply(304), "304"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_its_limits_and_gives_one_line(
    fault: str, site: Site, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    import re

    answer, says = FAULTS[fault]
    site.answers["/page"] = answer
    settings = catalogue(reef=f"{site.url}/page")
    started = time.monotonic()
    found = one(settings)
    assert time.monotonic() - started < 20
    assert found.status == "failed"
    assert found.reason is not None
    assert re.search(says, found.reason), found.reason
    assert "\n" not in found.reason
    assert not list((settings.home / "originals").glob("*"))
    assert "reef-original" not in open_assistant(settings).library.sources()


def test_a_redirect_to_this_machine_is_not_followed(site: Site, catalogue: Catalogue) -> None:
    site.answers["/page"] = lambda h: h.reply(302, Location="http://127.0.0.1/inside")
    reply = request(locate_address(f"{site.url}/page", allow_loopback=True), QUICK, {})
    with pytest.raises(FetchError, match="private machine"):
        locate_address(next_address(reply))  # as every redirect is judged where loopback is not allowed
    found = one(catalogue(reef="http://127.0.0.1/page"), limits=Limits(silence=1.0, seconds=2.0, pace=0.0))
    assert "private machine" in (found.reason or "")


def test_a_compressed_page_and_redirects_within_reach_are_followed(site: Site, catalogue: Catalogue) -> None:
    site.answers["/old"] = lambda h: h.reply(301, Location="/new")
    site.answers["/new"] = packed
    settings = catalogue(reef=f"{site.url}/old")
    assert one(settings).status == "fetched"
    assert (settings.home / "originals" / "reef-original.html").read_bytes() == ARTICLE


def test_all_means_each_address_once_and_never_what_has_none(site: Site, catalogue: Catalogue) -> None:
    site.answers["/reef"] = Versions()
    settings = catalogue(a=f"{site.url}/reef", b=f"{site.url}/reef", c=None)
    report = fetch_originals(settings, [], everything=True, limits=QUICK)
    assert [(f.source_id, f.status) for f in report.originals] == [("a", "fetched"), ("b", "skipped")]
    assert site.pages() == ["/reef"]
    assert isinstance(FetchReport.model_validate_json(report.model_dump_json()), FetchReport)
    assert "no address" in (one(settings, note="c").reason or "")
    assert "already" in (one(settings, note="a-original").reason or "")


def test_a_name_that_is_not_in_the_catalogue_is_refused_before_anything_is_asked(site: Site, catalogue: Catalogue) -> None:
    settings = catalogue(reef=f"{site.url}/reef")
    with pytest.raises(NotFoundError, match="'rief'"):
        fetch_originals(settings, ["reef", "rief"], limits=QUICK)
    with pytest.raises(InputError, match="--all"):
        fetch_originals(settings, [], limits=QUICK)
    assert site.asked == []
