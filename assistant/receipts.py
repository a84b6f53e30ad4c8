"""What produced an answer. Owns: putting a receipt together. Does not own: storing it (the library does) or printing it (`ui` does)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from assistant.compose.writing import ChatRecord
from assistant.nouns import Answer, Completion, Evidence, EvidenceRecord, Receipt, Verdict


@lru_cache(maxsize=1)
def product_version() -> str:
    """The installed version; 'unknown' when run from a folder that was never installed."""
    try:
        return version("mission-adviser")
    except PackageNotFoundError:
        return "unknown"


def make_receipt(
    answer: Answer,
    *,
    route: str,
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    fingerprint: dict[str, str],
    generation: int,
    embedder: str,
    reader: str,
    chat: ChatRecord | None = None,
    completion: Completion | None = None,
) -> Receipt:
    """The receipt of an answer: question, library fingerprint, evidence, verdicts, models, timings, cost."""
    return Receipt(
        id=answer.receipt_id,
        created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        version=product_version(),
        question=answer.question,
        fingerprint=fingerprint,
        generation=generation,
        route=route,
        evidence=[_record(each) for each in evidence],
        verdicts=list(verdicts),
        models={
            "embedding": embedder,
            "cross_encoder": reader,
            "chat": chat.model if chat else None,
            "chat_error": chat.error or None if chat else None,
            "judge": chat.judge or None if chat else None,
        },
        prompt_hashes=chat.prompt_hashes if chat else {},
        cost=chat.cost if chat else {"tokens": 0, "money": 0},
        completion=completion,
        owner=next((each.source.owner for each in evidence if each.source.owner), None),
        private_sources=sorted({each.source.id for each in evidence if each.source.owner}),
        answer=answer,
    )


def _record(evidence: Evidence) -> EvidenceRecord:
    return EvidenceRecord(
        passage_id=evidence.passage.id,
        source_id=evidence.source.id,
        rank=evidence.rank,
        score=evidence.score,
        found_by=list(evidence.found_by),
    )
