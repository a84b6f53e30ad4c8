"""Encrypted PDFs: read with the password given, and refused in one line with none or a wrong one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command import run

sys.path.insert(0, str(Path(__file__).parent / "extract"))
from makers import lines, pdf


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    path.write_bytes(pdf(lambda c: lines(c, ["The Hoy ferry carried 412 people in May 2019."]), password="sesame"))
    return path


@pytest.mark.usefixtures("own_corpus")
def test_the_password_opens_an_encrypted_pdf_and_others_are_named(locked: Path) -> None:
    without = run("ingest", str(locked), "--json")
    assert (without.code, without.json()["files"][0]["status"]) == (2, "failed")
    assert "encrypted" in without.json()["files"][0]["reason"]
    wrong = run("ingest", str(locked), "--password", "simsim", "--json")
    assert "does not open it" in wrong.json()["files"][0]["reason"]
    right = run("ingest", str(locked), "--password", "sesame", "--json")
    assert (right.code, right.json()["files"][0]["status"]) == (0, "added")
    assert "sesame" not in right.out
    assert any("412 people" in hit["text"] for hit in run("search", "Hoy ferry people", "--json").json())
