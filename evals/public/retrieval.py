"""Public retrieval sets. Owns: one library a set (`retrieval/*.corpus.jsonl` with `*.queries*.jsonl`), and its verdicts. Does not
own: measures.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from assistant.identifiers import safe_source_id
from evals.baselines import meaning_alone, sources_of, tutorial, words_alone
from evals.context import Context
from evals.libraries import library_of
from evals.product import Recorder
from evals.public.rows import rows, sample
from evals.ranked import ranked_sources, scored
from evals.scoring import Scorer
from evals.verdicts import PRODUCT, CaseVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping

DEPTH = 50


def public_retrieval(context: Context, scorer: Scorer) -> list[CaseVerdict]:
    """Verdicts on a sample of each set's questions over a library of all its documents."""
    assert context.plan.data is not None
    found: list[CaseVerdict] = []
    for corpus in sorted((context.plan.data / "retrieval").glob("*.corpus.jsonl")):
        name = corpus.name.removesuffix(".corpus.jsonl")
        library = library_of(context.settings, context.folder / name, documents(corpus))
        found += _scored(context, library, name, corpus, scorer)
    return found


def documents(corpus: Path) -> dict[str, str]:
    """Source id → text, the title first where there is one. A document without any text is left out: nothing can find it."""
    texts = {source_name(row["id"]): [row.get("title", ""), row["text"]] for row in rows(corpus)}
    return {name: "\n\n".join(part for part in parts if part.strip()) for name, parts in texts.items() if "".join(parts).strip()}


def source_name(document_id: str) -> str:
    """The source id that a document of this id gets."""
    return safe_source_id(f"d{document_id}")


def _scored(context: Context, library: Assistant, name: str, corpus: Path, scorer: Scorer) -> list[CaseVerdict]:
    queries = [q for path in sorted(corpus.parent.glob(f"{name}.queries*.jsonl")) for q in rows(path) if q.get("relevant")]
    taken = sample(queries, context.plan.sample)
    relevant: Mapping[str, Mapping[str, int]] = {
        f"{name} {q['id']}": {source_name(i): int(grade) for i, grade in q["relevant"].items()} for q in taken
    }
    recorder = Recorder(library)
    found = {f"{name} {q['id']}": recorder.search(q["query"], DEPTH) for q in taken}
    lost = {case: each for case, each in found.items() if each.crashed}
    verdicts = scored(
        relevant,
        {c: ranked_sources(f) for c, f in found.items()},
        system=PRODUCT,
        tags={},
        lost=lost,
        scorer=scorer,
        suffix=f", {name}",
    )
    others = {
        "words alone": sources_of(library, words_alone(library)),
        "meaning alone": sources_of(library, meaning_alone(library)),
    }
    if (steps := tutorial(library)) is not None:
        others["LangChain tutorial"] = steps
    for system, search in others.items():
        ranked = {f"{name} {q['id']}": search(q["query"], DEPTH) for q in taken}
        verdicts += scored(relevant, ranked, system=system, tags={}, lost={}, scorer=scorer, suffix=f", {name}")
    return verdicts
