"""Loading Chroma without what an embedded index has no use for. Owns: what is left out while it loads. Does not own: what is done with it.

Left out are the exporter that would send traces to a collector (it is never asked to, and brings gRPC with it), and the comparison of each method
with the one that it overrides, which tells Chroma's authors something and its users nothing. Together a quarter of Chroma's loading. Where a
later Chroma does without these, it loads as it is.
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
    """While this lasts, chromadb may be imported (half a second or more); afterwards everything is as it was. One thread at a time."""
    compares: Any
    try:
        import overrides as compares
    except ImportError:
        compares = ModuleType("overrides")
    real = {name: getattr(compares, name) for name in ("override", "overrides") if hasattr(compares, name)}
    for name in real:
        setattr(compares, name, _marked)
    absent = EXPORTER not in sys.modules
    if absent:
        sys.modules[EXPORTER] = _NoExporter(EXPORTER)
    try:
        yield
    finally:
        for name, value in real.items():
            setattr(compares, name, value)
        if absent:
            sys.modules.pop(EXPORTER, None)


def _marked(method: Any = None, **_: Any) -> Any:
    """A method as the real decorator leaves it, unchecked; with arguments alone, what does so."""
    if method is None:
        return _marked
    method.__override__ = True
    return method


class _NoExporter(ModuleType):
    """Stands for the exporter: taking a name from it is allowed, making a thing is not."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _refused


def _refused(*_: Any, **__: Any) -> None:
    raise RuntimeError("Traces are never sent from here.")
