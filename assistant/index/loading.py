"""Loading Chroma without what an embedded index has no use for. Owns: what is left out while it loads. Does not own: what is done with it.

Left out are the exporter that would send traces to a collector (it is never asked to, and brings gRPC with it), and the comparison of each method
with the one that it overrides, which tells Chroma's authors something and its users nothing. Together a quarter of Chroma's loading.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"


@contextmanager
def loading_lean() -> Iterator[None]:
    """While this lasts, chromadb may be imported (half a second or more); afterwards everything is as it was."""
    import overrides

    names: Any = overrides
    real = names.override, names.overrides
    names.override = names.overrides = _marked
    absent = EXPORTER not in sys.modules
    if absent:
        sys.modules[EXPORTER] = _no_exporter()
    try:
        yield
    finally:
        names.override, names.overrides = real
        if absent:
            del sys.modules[EXPORTER]


def _marked(method: Any) -> Any:
    """A method as the real decorator leaves it, unchecked."""
    method.__override__ = True
    return method


def _no_exporter() -> ModuleType:
    """Stands for the exporter: taking it is allowed, making one is not."""
    module = ModuleType(EXPORTER)

    class OTLPSpanExporter:
        def __init__(self, **_: Any) -> None:
            raise RuntimeError("Traces are never sent from here.")

    module.OTLPSpanExporter = OTLPSpanExporter  # type: ignore[attr-defined]
    return module
