"""The embedding model's view of single words in their sentence. Owns: a vector for each word piece beside the text's own vector.

Does not own: the model's files, or what the vectors are compared for.

The released model gives one vector a text. The vectors of its word pieces stand in its graph one step before; this names that
tensor as a second output. A model file is a protobuf message, and bytes appended to one add to its repeated fields, so the file is
read as it was released (and held against its recorded size first) and no second file is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.index.embedder import BATCH_TOKENS, LONGEST, MODEL_FOLDER
from assistant.index.onnx_model import MODEL_FILE, OnnxModel, batches

_LAST_LAYER = b"hidden6"


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field; contents here are under 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


# ModelProto.graph (7) . GraphProto.output (12) . ValueInfoProto: name (1), type (2) . TypeProto.tensor_type (1) . elem_type (1) = float (1)
_SECOND_OUTPUT = _field(7, _field(12, _field(1, _LAST_LAYER) + _field(2, _field(1, b"\x08\x01"))))


@dataclass(frozen=True)
class Tokened:
    """A text as unit vectors, float32: `whole` (384,), and `pieces` (number of word pieces, 384)."""

    whole: np.ndarray
    pieces: np.ndarray


class TokenModel(OnnxModel):
    """The embedding model with its word pieces' vectors. Opened at first use; safe to use from several threads."""

    def __init__(self, *, threads: int | None = None) -> None:
        """`threads`: how many processor cores one call uses; all of them when None. Raises ModelFileError."""
        super().__init__(MODEL_FOLDER, what="embedding model", longest=LONGEST, threads=threads)

    def read(self, texts: Sequence[str]) -> list[Tokened]:
        """Each text in the order given, its first 254 word pieces. Empty texts have no pieces. Raises ModelFileError."""
        tokenizer, session = self.open()
        ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
        found: dict[int, Tokened] = {}
        for rows in batches([len(each) for each in ids], tokens=BATCH_TOKENS):
            given = {"ids": np.array([ids[row] for row in rows], dtype=np.int64)}
            wholes, layers = session.run(None, given)
            for row, whole, layer in zip(rows, wholes, layers, strict=True):
                pieces = layer[1:-1]
                length = np.linalg.norm(pieces, axis=1, keepdims=True)
                found[row] = Tokened(np.asarray(whole), np.asarray(pieces / np.maximum(length, 1e-9)))
        return [found[row] for row in range(len(ids))]

    def _read(self, name: str, *, deep: bool) -> bytes:
        content = super()._read(name, deep=deep)
        return content + _SECOND_OUTPUT if name == MODEL_FILE else content
