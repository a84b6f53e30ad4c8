"""Converts the cross-encoder that `evals/fit_cross_encoder.py` trained into int8 ONNX. Run by hand: cross_encoder/PROVENANCE.md.

Owns: the two graphs (a text alone; a question's word pieces with a statement's) and which texts they are calibrated on. Does not own: how a
layer is quantised (`convert_minilm.py`) or the training.

    python assistant/models/convert_cross_encoder.py --trained FOLDER --out assistant/models/cross_encoder

The lowest SHARED layers read question and statement apart, so a statement's word pieces, which do not depend on the question, can be kept: they
leave the first graph as the uint8 steps that the second multiplies. In the layers above only the question's word pieces are worked out, each
looking at the question's and at the statement's (PreTTR, arXiv:2004.14255; MORES, arXiv:2010.04815).
"""

# mypy: disable-error-code="import-not-found"
# onnx and safetensors are not among the product's dependencies: only who runs this script needs them.

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper
from safetensors.numpy import load as load_safetensors
from tokenizers import Tokenizer

from assistant.index.cross_encoder import ENCODING_FILE, READING_FILE, asked_ids, statement_ids
from assistant.models.convert_minilm import (
    ACTIVATION_STEPS,
    DIMENSION,
    HEADS,
    LAYERS,
    MiniLmGraph,
    calibrate,
    open_session,
    read_tokenizer,
    sha256,
    smoothing,
    write_files,
)

VERSION = 3  # raise when the weights, the graphs or the quantisation change
SHARED = 3  # lowest layers, which read a text alone
TOKENIZER = Path(__file__).with_name("minilm") / "tokenizer.json"
EACH_HEAD = DIMENSION // HEADS
UPPER = range(SHARED, LAYERS)
Pair = tuple[list[int], list[int]]


class EncodingGraph(MiniLmGraph):
    """A text alone: its word pieces (`tokens`, float32), and these as the steps that the other graph reads (`read_steps`, uint8)."""

    def build(self) -> bytes:
        """The whole graph."""
        writer, hidden = self.writer, self.layers(SHARED)
        shape: list[str | int] = ["texts", "tokens", DIMENSION]
        if self.calibration is None:
            self.quantised_tensors.append(hidden)
            return writer.finish(self.to_calibrate())
        factor, scale = smoothing(self.calibration[hidden])
        inverse = writer.constant("inverse", (1 / factor).astype(np.float32))
        smooth = writer.add("Mul", [hidden, inverse], "smooth")
        writer.add("QuantizeLinear", [smooth, writer.number("scale", scale), "middle"], "read_steps")
        writer.add("Identity", [hidden], "tokens")
        return writer.finish({"tokens": shape, "read_steps": shape}, bytes_="read_steps")


class ReadingGraph(MiniLmGraph):
    """A question with statements. In: `asked` float32 (1, tokens, channels), `statements` as the encoding graph's steps (texts, tokens, channels;
    float32 while there is no calibration) and `padding` float32 (texts, 1, 1, tokens), 0 or far below. Out: `logits` (texts, 1).
    """

    def build(self) -> bytes:
        """The whole graph."""
        writer = self.writer
        for name, value in {
            "heads": [0, 0, HEADS, EACH_HEAD],
            "joined": [0, 0, DIMENSION],
            "ones": [1, 1, 1],
            "token_axis": [1],
        }.items():
            writer.constant(name, np.array(value, np.int64))
        many = writer.add("Shape", ["statements"], "many", start=0, end=1)
        writer.add("Concat", [many, "ones"], "as_many", axis=0)
        keys, values = self._statements()
        hidden = "asked"
        for place, layer in enumerate(UPPER):
            hidden = self._reading_layer(layer, hidden, keys[place], values[place])
        writer.add("ReduceMean", [hidden, "token_axis"], "mean", keepdims=0)
        matrix = writer.constant("head", self.weights["head.weight"].T)
        bias = writer.constant("head_bias", self.weights["head.bias"])
        writer.add("Add", [writer.add("MatMul", ["mean", matrix], "headed"), bias], "logits")
        kind = TensorProto.FLOAT if self.calibration is None else TensorProto.UINT8
        inputs: list[Any] = [
            helper.make_tensor_value_info("asked", TensorProto.FLOAT, [1, "asked_tokens", DIMENSION]),
            helper.make_tensor_value_info("statements", kind, ["texts", "tokens", DIMENSION]),
            helper.make_tensor_value_info("padding", TensorProto.FLOAT, ["texts", 1, 1, "tokens"]),
        ]
        return writer.finish({"logits": ["texts", 1], **self.to_calibrate()}, inputs=inputs)

    def to_calibrate(self) -> dict[str, list[str | int] | None]:
        """As for one text, but tensors here have the tokens of either."""
        return {name: [f"{name}_{axis}" for axis in ("texts", "tokens", "channels")] for name in super().to_calibrate()}

    def _statements(self) -> tuple[list[str], list[str]]:
        """The statements' keys and values of every layer: one product, then apart."""
        writer = self.writer
        names = [f"reading.{layer}.{part}" for layer in UPPER for part in ("key", "value")]
        matrix = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        bias = writer.constant("statements_bias", np.concatenate([self.weights[f"{name}.bias"] for name in names]))
        if self.calibration is None:
            self.quantised_tensors.append("statements")
            product = writer.add("MatMul", ["statements", writer.constant("statements_matrix", matrix)], "statements_product")
        else:
            seen = self.calibration["statements"]
            factor, scale = smoothing(seen)
            writer.constant("middle", np.array(ACTIVATION_STEPS + 1, np.uint8))
            product = self._product(
                "statements",
                writer.number("statements_scale", scale),
                "statements",
                matrix * factor[:, None],
                seen.moments / np.outer(factor, factor),
            )
        writer.add("Add", [product, bias], "statements_biased")
        writer.nodes.append(
            helper.make_node("Split", ["statements_biased"], names, name="apart", axis=-1, num_outputs=len(names))
        )
        keys = [self._headed(name, [0, 2, 3, 1]) for name in names[0::2]]
        return keys, [self._headed(name, [0, 2, 1, 3]) for name in names[1::2]]

    def _headed(self, tensor: str, order: Sequence[int]) -> str:
        """(texts, tokens, channels) by heads, its axes in another order."""
        shaped = self.writer.add("Reshape", [tensor, "heads"], f"{tensor}_heads")
        return self.writer.add("Transpose", [shaped], f"{tensor}_turned", perm=list(order))

    def _own(self, layer: int, hidden: str, part: str, order: Sequence[int]) -> str:
        weights = f"encoder.layer.{layer}.attention.self.{part}"
        bias = self.writer.constant(f"{weights}_bias", self.weights[f"{weights}.bias"])
        return self._headed(self.writer.add("Add", [self._linear(hidden, weights), bias], f"{part}{layer}"), order)

    def _reading_layer(self, layer: int, hidden: str, keys: str, values: str) -> str:
        writer, prefix = self.writer, f"encoder.layer.{layer}."
        query = self._own(layer, hidden, "query", [0, 2, 1, 3])
        scaled = writer.add("Mul", [query, writer.number("scaling", EACH_HEAD**-0.5)], f"scaled{layer}")
        own = writer.add("MatMul", [scaled, self._own(layer, hidden, "key", [0, 2, 3, 1])], f"own{layer}")
        own = writer.add("Expand", [own, "as_many"], f"own_each{layer}")
        theirs = writer.add("Add", [writer.add("MatMul", [scaled, keys], f"seen{layer}"), "padding"], f"padded{layer}")
        both = writer.add("Concat", [own, theirs], f"both{layer}", axis=-1)
        shares = writer.add("Softmax", [both], f"shares{layer}", axis=-1)
        sizes = [writer.add("Shape", [name], f"{name}_size", start=3, end=4) for name in (own, theirs)]
        split = writer.add("Concat", sizes, f"sizes{layer}", axis=0)
        parts = [f"own_share{layer}", f"their_share{layer}"]
        writer.nodes.append(helper.make_node("Split", [shares, split], parts, name=f"split{layer}", axis=-1))
        mine = writer.add("MatMul", [parts[0], self._own(layer, hidden, "value", [0, 2, 1, 3])], f"from_own{layer}")
        summed = writer.add("Add", [mine, writer.add("MatMul", [parts[1], values], f"from_theirs{layer}")], f"summed{layer}")
        turned = writer.add("Transpose", [summed], f"summed_turned{layer}", perm=[0, 2, 1, 3])
        context = writer.add("Reshape", [turned, "joined"], f"context{layer}")
        attended = self._residual(f"attended{layer}", context, hidden, f"{prefix}attention.output")
        return self._widened(layer, attended)


def calibration_pairs(path: Path, tokenizer: Tokenizer) -> list[Pair]:
    """Questions with statements, as the training wrote them: word pieces of both."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = asked_ids(tokenizer, [row["question"] for row in rows])
    return list(zip(asked, statement_ids(tokenizer, [row["statement"] for row in rows]), strict=True))


def given_to_reading(encoded: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[dict[str, np.ndarray]]:
    """Inputs of the reading graph for pairs that are encoded."""
    return [
        {"asked": asked, "statements": told, "padding": np.zeros((1, 1, 1, told.shape[1]), np.float32)} for asked, told in encoded
    ]


def main() -> None:
    """Convert, write the files, print what went in and how far the int8 log odds are from the float32 ones on these pairs."""
    parser = argparse.ArgumentParser(description="Convert the cross-encoder to int8 ONNX.")
    parser.add_argument("--trained", type=Path, required=True, help="folder with weights.safetensors and pairs.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    stored = (given.trained / "weights.safetensors").read_bytes()
    weights = load_safetensors(stored)
    tokenizer = read_tokenizer(TOKENIZER.read_text(encoding="utf-8"))
    pairs = calibration_pairs(given.trained / "pairs.jsonl", tokenizer)
    seen = calibrate(EncodingGraph(weights, calibration=None), ({"ids": np.array([ids])} for pair in pairs for ids in pair))
    last = f"hidden{SHARED}"
    exact = open_session(EncodingGraph(weights, calibration=None).build())
    encoded = [tuple(exact.run([last], {"ids": np.array([ids])})[0] for ids in pair) for pair in pairs]
    reading = given_to_reading([(asked, statement) for asked, statement in encoded])
    read = calibrate(ReadingGraph(weights, calibration=None), reading)
    seen[last] = read["statements"]  # only a statement leaves the first graph in steps
    models = {
        ENCODING_FILE: EncodingGraph(weights, calibration=seen).build(),
        READING_FILE: ReadingGraph(weights, calibration=read).build(),
    }
    write_files(given.out, models, tokenizer, made_from={"weights.safetensors": sha256(stored)}, version=VERSION)
    whole = open_session(ReadingGraph(weights, calibration=None).build())
    small = [open_session(model) for model in models.values()]
    steps = [
        tuple(small[0].run([name], {"ids": np.array([ids])})[0] for name, ids in zip(("tokens", "read_steps"), pair, strict=True))
        for pair in pairs
    ]
    odds = [
        np.array([session.run(["logits"], each)[0].item() for each in inputs])
        for session, inputs in ((whole, reading), (small[1], given_to_reading([(asked, told) for asked, told in steps])))
    ]
    near = np.corrcoef(odds[0], odds[1])[0, 1]
    print(f"log odds of {len(pairs)} pairs: mean difference {np.abs(odds[0] - odds[1]).mean():.3f}, correlation {near:.4f}")


if __name__ == "__main__":
    main()
