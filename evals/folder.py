"""A run on disk. Owns: its dated folder and its files. Does not own: what is in them.

run.json        set, suites, seeds, versions, library fingerprint, models, prompt hashes    the same bytes for the same run
verdicts.jsonl  one verdict a line                                                        the same
figures.json    figures and curves                                                        the same
answers.jsonl   what was answered, without times                                          the same
passages.json   the passages that the answers cite                                        the same
order.json      what was asked for; a run is only taken up again with the same          the same
times.json      when, seconds by suite, peak memory, machine                              differs from run to run, and only this
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from evals.product import Recorded, read_recorded
from evals.verdicts import CaseVerdict, Curve, Figure

ANSWERS, FINISHED, ORDER = "answers.jsonl", "figures.json", "order.json"
WITH_TIMES = frozenset({"times.json", "report.html"})


@dataclass(frozen=True)
class StoredRun:
    """A finished run, read back."""

    folder: Path
    facts: dict[str, Any]
    verdicts: tuple[CaseVerdict, ...]
    figures: tuple[Figure, ...]
    curves: tuple[Curve, ...]
    times: dict[str, Any]
    answers: tuple[Recorded, ...] = ()
    passages: dict[str, str] = field(default_factory=dict)

    def figure(self, suite: str, measure: str, *, system: str = "product", part: str = "") -> Figure | None:
        """One figure, if this run has it."""
        wanted = (suite, measure, system, part)
        return next((f for f in self.figures if (f.suite, f.measure, f.system, f.part) == wanted), None)


def new_folder(base: Path, name: str) -> Path:
    """A fresh folder `name`, numbered when there is one already."""
    for number in range(1, 1000):
        folder = base / (name if number == 1 else f"{name}-{number}")
        if not folder.exists():
            folder.mkdir(parents=True)
            return folder
    raise InputError(f"{base} holds too many runs named {name}. Give another --out.")


def write_order(folder: Path, order: dict[str, Any]) -> None:
    """Keep what was asked for, or hold it to what is kept. Raises InputError that names what differs from the run to be taken up."""
    path = folder / ORDER
    if not path.exists():
        _dump(path, order)
        return
    kept = json.loads(path.read_text("utf-8"))
    wrong = sorted(name for name in {*kept, *order} if kept.get(name) != json.loads(json.dumps(order.get(name))))
    if wrong:
        raise InputError(
            f"The run {folder.name} was begun otherwise: {', '.join(wrong)} differ. Give the same again, or start a new run."
        )


def write_run(
    folder: Path, *, facts: dict[str, Any], verdicts: Iterable[CaseVerdict], figures: Iterable[Figure], curves: Iterable[Curve],
    passages: dict[str, str], times: dict[str, Any],
) -> None:  # fmt: skip
    """Write all files; figures.json, which says that the run is finished, last."""
    _dump(folder / "run.json", facts)
    _dump(folder / "times.json", times)
    _dump(folder / "passages.json", passages)
    lines = [
        json.dumps(v.model_dump(exclude_defaults=True), ensure_ascii=False, sort_keys=True, allow_nan=False) for v in verdicts
    ]
    (folder / "verdicts.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
    _dump(folder / FINISHED, {"figures": [f.model_dump() for f in figures], "curves": [c.model_dump() for c in curves]})


def read_run(folder: Path) -> StoredRun:
    """A finished run. Raises InputError when the folder holds none."""
    if not (folder / FINISHED).exists():
        raise InputError(f"{folder} holds no finished eval run. Give the folder that `adviser eval` printed.")
    try:
        whole = json.loads((folder / FINISHED).read_text("utf-8"))
        lines = (folder / "verdicts.jsonl").read_text("utf-8").splitlines()
        return StoredRun(
            folder=folder,
            facts=json.loads((folder / "run.json").read_text("utf-8")),
            verdicts=tuple(CaseVerdict.model_validate_json(line) for line in lines),
            figures=tuple(Figure.model_validate(f) for f in whole["figures"]),
            curves=tuple(Curve.model_validate(c) for c in whole["curves"]),
            times=json.loads((folder / "times.json").read_text("utf-8")),
            answers=read_recorded(folder / ANSWERS),
            passages=json.loads((folder / "passages.json").read_text("utf-8")),
        )
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise InputError(f"The run in {folder} cannot be read ({type(error).__name__}). Run it again.") from None


def differing_files(first: Path, second: Path) -> list[str]:
    """Names of the files that are not the same bytes in both runs, but for those that hold times."""
    names = sorted({p.name for folder in (first, second) for p in folder.iterdir()} - WITH_TIMES)
    return [name for name in names if _bytes(first / name) != _bytes(second / name)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def find_run(base: Path, name: str | None) -> Path:
    """A run by its folder or its name; the last finished one for None. Raises InputError."""
    if name is not None:
        found = Path(name) if Path(name).is_dir() else base / name
        if not found.is_dir():
            raise InputError(f"There is no eval run '{name}' in {base}. {_named(run_names(base))}")
        return found
    names = run_names(base)
    if not names:
        raise InputError(f"There is no eval run in {base}. Run `adviser eval` first.")
    return base / names[-1]


def run_names(base: Path) -> list[str]:
    """Names of the finished runs, oldest first."""
    if not base.is_dir():
        return []
    done = [p for p in base.iterdir() if (p / FINISHED).exists()]
    return [p.name for p in sorted(done, key=lambda p: ((p / FINISHED).stat().st_mtime_ns, p.name))]


def _named(names: Sequence[str]) -> str:
    return f"The last are: {', '.join(names[-3:])}." if names else "Run `adviser eval` first."


def _dump(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n", "utf-8")
