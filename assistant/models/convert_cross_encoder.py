"""Converts the cross-encoder that `evals/fit_cross_encoder.py` trained into int8 ONNX. Run by hand: cross_encoder/PROVENANCE.md.

Owns: which texts it is calibrated on. Does not own: the graph and its quantisation (`convert_minilm.py`) or the training.

    python assistant/models/convert_cross_encoder.py --weights FOLDER/weights.safetensors --pairs evals/cases/support \
        --out assistant/models/cross_encoder
"""

# mypy: disable-error-code="import-not-found"
# onnx and safetensors are not among the product's dependencies: only who runs this script needs them.

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load as load_safetensors
from tokenizers import Tokenizer

from assistant.index.cross_encoder import pair_ids
from assistant.models.convert_minilm import MiniLmGraph, calibrate, open_session, read_tokenizer, sha256, write_files

VERSION = 2  # raise when the weights, the graph or the quantisation change
CALIBRATED_ON = 400  # pairs
TOKENIZER = Path(__file__).with_name("minilm") / "tokenizer.json"


def calibration_pairs(folder: Path, tokenizer: Tokenizer) -> list[list[int]]:
    """Some of our own pairs as the model reads them: claim and statement as one text."""
    lines = [line for path in sorted(folder.glob("**/*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = np.random.default_rng(0).choice(len(lines), CALIBRATED_ON, replace=False)
    rows = [json.loads(lines[i]) for i in sorted(chosen)]
    return pair_ids(tokenizer, [(row["text"], row["statement"]) for row in rows])


def main() -> None:
    """Convert, write the files, print what went in and how far the int8 log odds are from the float32 ones."""
    parser = argparse.ArgumentParser(description="Convert the cross-encoder to int8 ONNX.")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    stored = given.weights.read_bytes()
    weights = load_safetensors(stored)
    tokenizer = read_tokenizer(TOKENIZER.read_text(encoding="utf-8"))
    texts = calibration_pairs(given.pairs, tokenizer)
    model = MiniLmGraph(weights, calibration=calibrate(weights, texts, head="head"), head="head").build()
    write_files(given.out, model, tokenizer, made_from={"weights.safetensors": sha256(stored)}, version=VERSION)
    sessions = [open_session(one) for one in (MiniLmGraph(weights, calibration=None, head="head").build(), model)]
    exact, small = (np.array([s.run(["logits"], {"ids": np.array([t])})[0][0] for t in texts]) for s in sessions)
    near = np.corrcoef(exact.ravel(), small.ravel())[0, 1]
    print(f"log odds of {len(texts)} pairs: mean difference {np.abs(exact - small).mean():.3f}, correlation {near:.4f}")


if __name__ == "__main__":
    main()
