"""Documents made for measuring: of any number, each unlike the others, in formats that the real ones have few of.

Owns: their words and their files. Does not own: measuring.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

CHAPTERS, SENTENCES, ROWS = 8, 7, 60
_WHO = ("The council", "A housing trust", "The combined authority", "A school board", "The health agency", "A ferry operator")
_DID = ("piloted", "paid for", "reviewed", "extended", "closed", "measured", "published", "renegotiated")
_WHAT = ("home heating visits", "family hubs", "bus lanes", "reading clubs", "retrofit loans", "advice lines", "wetlands")
_HOW = ("with residents", "after a long delay", "under budget", "in twelve wards", "against advice", "with two neighbours")


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(each) for each in (_WHO, _DID, _WHAT, _HOW)]
    return (
        f"{' '.join(words)} in {chance.randint(1980, 2024)}, and {chance.randint(2, 9900):,} people took part in the first year."
    )


def _chapters(chance: random.Random) -> list[tuple[str, str]]:
    return [
        (f"{chance.choice(_WHAT).capitalize()}, part {number + 1}", " ".join(_sentence(chance) for _ in range(SENTENCES)))
        for number in range(CHAPTERS)
    ]


def _markdown(chance: random.Random) -> str:
    return "\n\n".join(f"## {head}\n\n{text}" for head, text in _chapters(chance))


def _text(chance: random.Random) -> str:
    return "\n\n".join(f"{head}\n\n{text}" for head, text in _chapters(chance))


def _html(chance: random.Random) -> str:
    main = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in _chapters(chance))
    menu = "".join(f'<li><a href="/{number}">{chance.choice(_WHAT)}</a></li>' for number in range(20))
    return (
        f"<html><head><title>{_sentence(chance)}</title></head><body><nav><ul>{menu}</ul></nav><main>{main}</main></body></html>"
    )


def _csv(chance: random.Random) -> str:
    rows = [
        f"{chance.choice(_WHO)},{chance.choice(_WHAT)},{chance.randint(1980, 2024)},{chance.randint(2, 9900)},{chance.choice(_HOW)}"
        for _ in range(ROWS)
    ]
    return "\n".join(["Organisation,Programme,Year,People reached,Remark", *rows])


MAKERS: Mapping[str, Callable[[random.Random], str]] = {"csv": _csv, "html": _html, "md": _markdown, "txt": _text}


def write_made(folder: Path, *, each: int) -> None:
    """Write so many documents of each format into a folder."""
    for ending, maker in MAKERS.items():
        for number in range(each):
            chance = random.Random(f"{ending} {number}")  # noqa: S311 - documents, not secrets
            (folder / f"made-{number:05}.{ending}").write_text(maker(chance), encoding="utf-8")
