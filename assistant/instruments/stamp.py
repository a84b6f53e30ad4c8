"""The receipt of an assessment. Owns: putting it together from the library and the clock. Does not own: the assessment."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from assistant.instruments.assessment import Assessment, AssessmentReceipt
from assistant.instruments.own_document import OwnDocument
from assistant.library.library import Library
from assistant.receipts import product_version

FINGERPRINT = "fingerprint."


def stamped(
    assessment: Assessment, library: Library, *, started: float, documents: Iterable[OwnDocument] = (), model: str | None = None
) -> Assessment:
    """The assessment with what produced it. `started`: `time.perf_counter()` at the beginning; `model`: where one phrased evidence."""
    return assessment.model_copy(update={"receipt": receipt_of(library, started=started, documents=documents, model=model)})


def receipt_of(
    library: Library, *, started: float, documents: Iterable[OwnDocument] = (), model: str | None = None
) -> AssessmentReceipt:
    """What produced a result: library, version, documents, time."""
    facts = library.read_meta()
    return AssessmentReceipt(
        created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        product_version=product_version(),
        fingerprint={key.removeprefix(FINGERPRINT): value for key, value in facts.items() if key.startswith(FINGERPRINT)},
        composer="rules_and_model" if model else "rules",
        model=model,
        documents={document.file: document.sha256 for document in documents},
        timings_ms={"total": round((time.perf_counter() - started) * 1000, 1)},
    )
