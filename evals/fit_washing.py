"""Fits the mission-washing check's likeness to its example sentences. Owns: that fit and its file. Does not own: the examples (data).

`python -m evals.fit_washing` writes `assistant/instruments/washing/weights.npz`. Held-out extracts are never read here.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import numpy as np
import yaml

from assistant.index.embedder import Embedder
from assistant.instruments.washing.meaning import WEIGHTS, TextEmbedder, outputs
from assistant.instruments.washing.spec import SIDES

EXAMPLES = "washing-examples.yaml"
RIDGE = 2.0  # of 1, 2 and 3 the best agreement on the development extracts, whole and with deciding sentences left out


def read_examples() -> list[tuple[str, str]]:
    """(sentence, output) for each example; '' for those that say nothing on any tell."""
    data = yaml.safe_load(text_of_examples())
    found = [
        (text, f"{tell}.{side}") for tell, sides in data.items() if tell != "other" for side in SIDES for text in sides[side]
    ]
    return found + [(text, "") for text in data["other"]]


def text_of_examples() -> str:
    """The file's text."""
    return (files("corpus") / "instruments" / EXAMPLES).read_text("utf-8")


def fit(embedder: TextEmbedder) -> np.ndarray:
    """Weights, shape (dimension + 1, outputs)."""
    examples, names = read_examples(), outputs()
    vectors = embedder.embed([text for text, _ in examples]).astype(np.float64)
    rows = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1)
    wanted = np.array([[float(output == name) for name in names] for _, output in examples])
    solved: np.ndarray = np.linalg.solve(rows.T @ rows + RIDGE * np.eye(rows.shape[1]), rows.T @ wanted)
    return solved


def main() -> None:
    """Fit and write."""
    embedder = Embedder()
    facts = {
        "outputs": outputs(),
        "examples": hashlib.sha256(text_of_examples().encode()).hexdigest(),
        "embedder": embedder.fingerprint,
        "ridge": RIDGE,
    }
    np.savez_compressed(WEIGHTS, weights=fit(embedder).astype(np.float32), facts=json.dumps(facts, sort_keys=True))
    print(f"{len(read_examples())} examples, {len(outputs())} outputs: {WEIGHTS}")


if __name__ == "__main__":
    main()
