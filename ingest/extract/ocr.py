"""Scanned pages: the door to the `tesseract` program.

Owns: page images in, paragraphs out, and what is said when it is not installed.

Does not own: pages that have text. Works within a share of the time a file is given; what did not fit is named in a warning.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Block, Break
from ingest.extract.cleaning import clean
from ingest.extract.pdfium import library

SECONDS = 40.0  # for all pages of a file together
SECONDS_A_PAGE = 25.0
DOTS_PER_INCH = 200
MOST_PIXELS = 12_000_000
LANGUAGES = ("eng", "fra", "deu", "spa", "cym")
_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Scanned:
    """Blocks of the pages that were recognised, by page number; warnings; and what to do where nothing was."""

    blocks: Mapping[int, list[Block]] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    remedy: str = ""


@dataclass(frozen=True)
class _Setup:
    """How the program is called: with which languages, and whether it turns pages upright (layout 1) or not (3)."""

    program: str
    languages: str
    layout: str


def recognise(pdf: Any, numbers: Sequence[int]) -> Scanned:
    """Recognise the text of pages of an open PDF (numbers from 1). Never raises: what cannot be had is a warning."""
    if not numbers:
        return Scanned()
    program = shutil.which("tesseract")
    if program is None:
        advice = "install Tesseract (on Debian or Ubuntu: apt install tesseract-ocr) and ingest it again"
        return Scanned(
            warnings=(f"{_count(numbers)} without text, perhaps scanned; to read scans, {advice}",),
            remedy=f"No page of it has text: it seems to be scanned. To read scans, {advice}.",
        )
    return _read(pdf, numbers, program)


def _read(pdf: Any, numbers: Sequence[int], program: str) -> Scanned:
    until = time.monotonic() + SECONDS
    setup = _setup(program)
    blocks: dict[int, list[Block]] = {}
    late: list[int] = []
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        ahead = []
        for number in numbers:
            if time.monotonic() > until:
                late.append(number)
                continue
            image = _image(pdf, number)
            if image is not None:
                ahead.append((number, pool.submit(_text, setup, image, until)))
            if len(ahead) >= 2 * (os.cpu_count() or 1):  # keep few page images in memory
                ahead[0][1].result()
        for number, job in ahead:
            text = job.result()
            if text is None:
                late.append(number)
            elif found := _blocks(text, number):
                blocks[number] = found
    return _told(blocks, numbers, late)


def _told(blocks: dict[int, list[Block]], numbers: Sequence[int], late: Sequence[int]) -> Scanned:
    warnings = []
    if blocks:
        warnings.append(f"{_count(list(blocks))} read by text recognition (Tesseract); check quotations against the page")
    if late:
        warnings.append(f"{_count(late)} not recognised in the time allowed; run OCR on the file with another program first")
    blank = len(numbers) - len(blocks) - len(late)
    if blank > 0:
        warnings.append(f"{blank} page{'' if blank == 1 else 's'} without any text, not even by text recognition")
    return Scanned(blocks, warnings, "No page of it has text, and text recognition found none. Check that its pages show text.")


def _count(numbers: Sequence[int]) -> str:
    return f"{len(numbers)} page{'' if len(numbers) == 1 else 's'}"


def _setup(program: str) -> _Setup:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    installed = set((listed.stdout + listed.stderr).split())
    wanted = "+".join([name for name in LANGUAGES if name in installed][:3]) or "eng"
    return _Setup(program, wanted, "1" if "osd" in installed else "3")


def _image(pdf: Any, number: int) -> bytes | None:
    """A page as a grey PGM image, or None where it cannot be drawn or is blank."""
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        pixels = bitmap.to_numpy()
        page.close()
    except library().PdfiumError:
        return None
    if pixels.ndim == 3:
        pixels = pixels[:, :, 0]
    if pixels.min() == pixels.max():
        return None
    head: bytes = b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0])
    return head + bytes(pixels.tobytes())


def _text(setup: _Setup, image: bytes, until: float) -> str | None:
    seconds = min(SECONDS_A_PAGE, until - time.monotonic())
    if seconds <= 0.5:
        return None
    command = [setup.program, "stdin", "stdout", "-l", setup.languages, "--psm", setup.layout, "--dpi", str(DOTS_PER_INCH)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=image, capture_output=True, timeout=seconds, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _blocks(text: str, number: int) -> list[Block]:
    blocks = []
    for paragraph in re.split(r"\n\s*\n", text):
        mended = clean(re.sub(r"(?<=[a-z])[-‐]\n(?=[a-z])", "", paragraph))
        if len(re.findall(r"[^\W\d_]", mended)) >= _FEWEST_LETTERS:
            blocks.append(Block(mended, breaks=[Break(0, number)]))
    return blocks
