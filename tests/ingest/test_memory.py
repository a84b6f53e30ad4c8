"""A long ingest does not grow by what nobody holds. Measured in a process of its own, with vectors that cost nothing to make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json, sys
from pathlib import Path
from assistant.process import prepare_process
prepare_process()

import numpy as np
from assistant.index.embedder import Embedder
from assistant.settings import Settings
from evals.bench.made_documents import write_made
from ingest.packaged import build_packaged_library
from ingest.run import ingest_files

folder = Path(sys.argv[1])
(folder / "documents").mkdir()
write_made(folder / "documents", each=90)
made = np.random.default_rng(1)

def embed(self, texts):
    rows = made.standard_normal((len(texts), 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)

Embedder.embed = embed
settings = Settings(home=folder / "home", corpus="none")
build_packaged_library(settings)
held = []

def note(report):
    lines = Path("/proc/self/status").read_text().splitlines()
    held.append(next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024)

ingest_files(settings, sorted((folder / "documents").iterdir()), progress=note)
print(json.dumps(held))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_stays_while_the_library_grows(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, timeout=300, check=True)
    held = json.loads(ran.stdout.splitlines()[-1])
    assert len(held) == 360
    early, late = max(held[60:120]), max(held[300:])
    assert late - early < 25, f"{early:.0f} MB after 120 documents, {late:.0f} MB after 360: it was over 60 MB more"
