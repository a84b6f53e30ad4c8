"""The gate. Owns: holding a run's figures to the floors of `floors.yaml`. Does not own: the floors, or making the run.

A line is red when its figure is below its floor (or above its ceiling), was not scored, or does not vary: a measure that gives
every case and
every dummy the same value cannot fail, so it measures nothing. Any crash is red.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from assistant.errors import InputError
from evals.verdicts import PRODUCT, Figure

FLAT = "does not vary: every case and every dummy got the same value"
FLOORS = Path(__file__).parent / "floors.yaml"


class Floor(BaseModel):
    """What a figure must reach (`at_least`) or stay under (`at_most`), and what it was when the floor was set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None
    measured: float
    lower_end: bool = False

    @model_validator(mode="after")
    def _one_side(self) -> Floor:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either at_least or at_most")
        return self


@dataclass(frozen=True)
class GateLine:
    """One floor, the figure it met, and what is wrong ('' when it holds)."""

    suite: str
    measure: str
    wanted: str
    value: float | None
    wrong: str


def read_floors(path: Path = FLOORS) -> list[Floor]:
    """The floors in their order. Raises InputError that names the entry."""
    from ingest.corpus_reader import load_yaml

    try:
        return TypeAdapter(list[Floor]).validate_python(load_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Mend the file.") from None


def check_gate(figures: Sequence[Figure], floors: Sequence[Floor], *, suites: Sequence[str]) -> list[GateLine]:
    """A line for each floor of these suites, and one for each suite that crashed."""
    whole = {(f.suite, f.measure, f.system): f for f in figures if not f.part}
    lines = []
    for floor in floors:
        if floor.suite not in suites:
            continue
        mine = whole.get((floor.suite, floor.measure, PRODUCT))
        others = [f for key, f in whole.items() if key[:2] == (floor.suite, floor.measure) and key[2] != PRODUCT]
        lines.append(_line(floor, mine, others))
    for name in suites:
        crashed = max((f.crashed for key, f in whole.items() if key[0] == name and key[2] == PRODUCT), default=0)
        wrong = f"{crashed} crashed; see verdicts.jsonl" if crashed else ""
        lines.append(GateLine(name, "crashes", "none", float(crashed), wrong))
    floored = {(floor.suite, floor.measure) for floor in floors}
    flat = [f for f in unvarying(figures) if (f.suite, f.measure) not in floored]
    return [*lines, *(GateLine(f.suite, f.measure, "variance", f.value, FLAT) for f in flat)]


def unvarying(figures: Sequence[Figure]) -> list[Figure]:
    """The product's whole measures that cannot fail: every case and every dummy got the same value."""
    whole = [f for f in figures if not f.part and f.value is not None]
    mine = [f for f in whole if f.system == PRODUCT and not f.varies and f.cases > 1 and f.low is not None]
    return [f for f in mine if not any(o.value != f.value for o in whole if (o.suite, o.measure) == (f.suite, f.measure))]


def _line(floor: Floor, figure: Figure | None, others: Sequence[Figure]) -> GateLine:
    wanted = f"≥ {floor.at_least:g}" if floor.at_least is not None else f"≤ {floor.at_most:g}"
    if floor.lower_end:
        wanted += " (lower end)"
    value = None if figure is None else figure.low if floor.lower_end else figure.value
    return GateLine(floor.suite, floor.measure, wanted, value, _wrong(floor, figure, value, others))


def _wrong(floor: Floor, figure: Figure | None, value: float | None, others: Sequence[Figure]) -> str:
    if figure is None or value is None:
        return "not scored"
    if floor.at_least is not None and value < floor.at_least:
        return f"{floor.at_least - value:.3f} below its floor"
    if floor.at_most is not None and value > floor.at_most:
        return f"{value - floor.at_most:.3f} above its ceiling"
    if not figure.varies and not any(other.value is not None and other.value != figure.value for other in others):
        return FLAT
    return ""
