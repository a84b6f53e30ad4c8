"""A run: open the library, ask, score, write. Owns: that order, what a run records of itself, its times. Does not own: any suite
or file format.
"""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.compose.judge import prompt_mark
from assistant.index.onnx_model import cores
from assistant.llm import ChatModel, open_chat_model
from assistant.receipts import product_version
from assistant.settings import Settings
from evals.baselines import meaning_alone, sources_of, tutorial, words_alone
from evals.cases import CASES
from evals.checkers import product_checker
from evals.context import Context, Plan
from evals.folder import ANSWERS, StoredRun, new_folder, read_run, write_order, write_run
from evals.libraries import packaged_library
from evals.own import VERSION as OWN_VERSION
from evals.own import read_own, score_own
from evals.product import Asked, Recorder
from evals.statistics import RESAMPLES, SEED, figures
from evals.suites import NAMES, suite
from evals.verdicts import SuiteResult

WITH_MODEL = 4  # questions at once where they mostly wait for a chat model
Tell = Callable[[str], None]
LIBRARIES = ("numpy", "onnxruntime", "chromadb", "tantivy", "ir-measures", "langchain-text-splitters", "pydantic")


@dataclass(frozen=True)
class Order:
    """What a person asked for. `resume`: the folder of a run that did not finish. `budget`: most questions to ask; `votes`: of
    the judge on each pair.
    """

    suites: tuple[str, ...] = NAMES
    plan: Plan = field(default_factory=Plan)
    resume: Path | None = None
    budget: int | None = None
    votes: int = 0
    with_model: bool = False


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.home / "evals"


@contextmanager
def open_context(
    settings: Settings, order: Order, *, answers: Path | None = None, judge: ChatModel | None = None
) -> Iterator[Context]:
    """A fresh packaged library in a temporary folder, with what suites need."""
    with tempfile.TemporaryDirectory(prefix="adviser-eval-", ignore_cleanup_errors=True) as temporary:
        assistant = packaged_library(settings, Path(temporary) / "packaged")
        try:
            yield context_of(assistant, settings, order, folder=Path(temporary), answers=answers, judge=judge)
        finally:
            assistant.library.engine.dispose()


def context_of(
    assistant: Assistant,
    settings: Settings,
    order: Order,
    *,
    folder: Path,
    answers: Path | None = None,
    judge: ChatModel | None = None,
) -> Context:
    """What suites need, over a library that is open."""
    words, meaning = words_alone(assistant), meaning_alone(assistant)
    searches = {"words alone": sources_of(assistant, words), "meaning alone": sources_of(assistant, meaning)}
    if "retrieval" in order.suites and not order.plan.quick and (steps := tutorial(assistant)) is not None:
        searches["LangChain tutorial"] = steps
    return Context(
        plan=order.plan,
        settings=settings,
        folder=folder,
        recorder=Recorder(assistant, file=answers, budget=order.budget, workers=WITH_MODEL if order.with_model else cores()),
        checker=product_checker(assistant.embedder),
        searches=searches,
        passage_searches={"words alone": words, "meaning alone": meaning},
        judge=judge,
        votes=order.votes,
    )


def questions_of(context: Context, names: Sequence[str]) -> list[Asked]:
    """Every question that these suites need asked, each once."""
    return list(dict.fromkeys(asked for name in names for asked in suite(name).asks(context)))


def run_own(settings: Settings, path: Path, *, base: Path) -> StoredRun:
    """Score another assistant's answers and write the run's folder under `base`."""
    del settings
    started, date, checker = time.perf_counter(), datetime.now(UTC), product_checker()
    result = score_own(read_own(path), checker)
    folder = new_folder(base, f"{date:%Y-%m-%d-%H%M%S}-own")
    facts = {
        "set": "own", "file": path.name, "suites": {"grounding": OWN_VERSION}, "seed": SEED, "resamples": RESAMPLES,
        "checker": checker.name if checker else None, "versions": _versions(),
    }  # fmt: skip
    times = {
        "date": date.isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - started, 1),
        "peak_memory_mb": peak_memory_mb(),
    }
    write_run(folder, facts=facts, **parts_of([result]), passages={}, times=times)
    return read_run(folder)


def run(
    settings: Settings, order: Order, *, base: Path, tell: Tell = lambda _: None, count: Callable[[int], None] = lambda _: None
) -> StoredRun:
    """Run the suites and write the run's folder under `base`. `count` hears how many questions there are before the first is
    asked.
    """
    started, date = time.perf_counter(), datetime.now(UTC)
    folder = order.resume or new_folder(base, f"{date:%Y-%m-%d-%H%M%S}-{order.plan.set_name}")
    write_order(folder, _order_facts(order, settings))
    # Without a model, asking is all computing: a question a core goes faster than all cores for one question.
    quiet = settings if order.with_model else settings.model_copy(update={"model": "", "threads": 1})
    with open_context(
        quiet, order, answers=folder / ANSWERS, judge=open_chat_model(settings) if order.votes else None
    ) as context:
        wanted = questions_of(context, order.suites)
        count(len(wanted))
        context.recorder.ask_all(wanted, tell=lambda: tell("asked"))
        seconds = {"asking": time.perf_counter() - started}
        results = score(context, order.suites, seconds=seconds, tell=tell)
        facts, passages = facts_of(context, order), cited_passages(context)
    times = {
        "date": date.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - started, 1),
        "asked_now": context.recorder.spent,
        "seconds_by_step": {name: round(value, 1) for name, value in seconds.items()}, "peak_memory_mb": peak_memory_mb(),
        "machine": platform.platform(),
    }  # fmt: skip
    write_run(folder, facts=facts, **parts_of(results), passages=passages, times=times)
    return read_run(folder)


def score(
    context: Context, names: Sequence[str], *, seconds: dict[str, float] | None = None, tell: Tell = lambda _: None
) -> list[SuiteResult]:
    """Run suites over an open context."""
    results = []
    for name in names:
        begun = time.perf_counter()
        results.append(suite(name).run(context))
        if seconds is not None:
            seconds[name] = time.perf_counter() - begun
        tell(name)
    return results


def parts_of(results: Sequence[SuiteResult]) -> dict[str, Any]:
    """Verdicts, figures and curves of several suites together."""
    verdicts = [v for result in results for v in result.verdicts]
    made = [*figures(verdicts), *(f for result in results for f in result.figures)]
    return {"verdicts": verdicts, "figures": made, "curves": [c for result in results for c in result.curves]}


def cited_passages(context: Context) -> dict[str, str]:
    """The texts of all passages that the recorded answers cite, by id."""
    answers = [r.answer for r in context.recorder.recorded if r.answer is not None]
    cited = {c.passage_id for answer in answers for s in answer.sentences for c in s.citations}
    return {i: passage.text for i, passage in sorted(context.product.library.passages_by_id(sorted(cited)).items())}


def facts_of(context: Context, order: Order) -> dict[str, Any]:
    """What the run was made of; nothing that differs between two equal runs."""
    meta = context.product.library.read_meta()
    return {
        "set": order.plan.set_name,
        "quick": order.plan.quick,
        "suites": {name: suite(name).VERSION for name in order.suites},
        "data": bool(order.plan.data),
        "sample": order.plan.sample if order.plan.data else None,
        "seed": SEED,
        "resamples": RESAMPLES,
        "cases": case_hashes(),
        "fingerprint": {key.partition(".")[2]: value for key, value in meta.items() if key.startswith("fingerprint.")},
        "checker": context.checker.name if context.checker else None,
        "judge": {"model": context.judge.name, "votes": context.votes, "prompt": prompt_mark()} if context.judge else None,
        **_models(context),
        "versions": _versions(),
    }


def _order_facts(order: Order, settings: Settings) -> dict[str, Any]:
    """What a run that is taken up again must share with its beginning, or its answers would be of two makes."""
    return {
        "set": order.plan.set_name,
        "quick": order.plan.quick,
        "most": order.plan.most,
        "suites": list(order.suites),
        "sample": order.plan.sample if order.plan.data else None,
        "model": settings.model if order.with_model else None,
        "judge": {"model": settings.model, "votes": order.votes} if order.votes else None,
        "version": product_version(),
        "cases": case_hashes(),
    }


def case_hashes() -> dict[str, str]:
    """A hash of each case file, so that two runs can be told to have asked the same."""
    import hashlib

    return {
        p.relative_to(CASES).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()[:12] for p in sorted(CASES.rglob("*.yaml"))
    }


def _models(context: Context) -> Mapping[str, Any]:
    made = context.recorder.made_with()
    return {"models": made.models, "prompt_hashes": made.prompt_hashes} if made else {}


def _versions() -> dict[str, str]:
    return {
        "mission-adviser": product_version(),
        "python": platform.python_version(),
        **{name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def peak_memory_mb() -> int | None:
    """The most memory this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    scale = 1 if platform.system() == "Darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1_000_000)
