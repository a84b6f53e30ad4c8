"""Chroma loads without its exporter of traces and without comparing its methods, and leaves Python as it was."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, pathlib, sys
import numpy as np
import overrides
within = sys.modules["overrides.overrides"]
before = overrides.override, overrides.overrides
compared = []
compare = within._validate_method
within._validate_method = lambda *given: (compared.append(given), compare(*given))[1]
from assistant.index.loading import EXPORTER
from assistant.index.vectors import VectorIndex
index = VectorIndex(pathlib.Path(sys.argv[1]))
from chromadb.telemetry import opentelemetry
try:
    opentelemetry.OTLPSpanExporter(endpoint="http://127.0.0.1:1")
    made = True
except RuntimeError:
    made = False
index.add(["a"], np.array([[1.0, 0.0]]))
print(json.dumps({
    "restored": before == (overrides.override, overrides.overrides),
    "compared": len(compared),
    "grpc": "grpc" in sys.modules,
    "left behind": EXPORTER in sys.modules,
    "made": made,
    "found": [name for name, _ in index.search(np.array([1.0, 0.0]), k=1)],
}))
"""


def test_chroma_loads_lean_works_and_can_send_no_traces(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "vectors")], capture_output=True, text=True, timeout=120, check=True
    )
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told.pop("compared") < 5, "forty methods are compared where nothing is left out"
    assert told == {"restored": True, "grpc": False, "left behind": False, "made": False, "found": ["a"]}
