"""Does `adviser check` judge a draft rightly? Owns: running the labelled draft sentences through the real checker, and the counts.

Does not own: the checker or the sentences (`cases/drafts/sentences.yaml`).

python -m evals.bench.drafts [--set dev|heldout|all] [--show]

Three figures matter. False "supported": a changed or absent sentence called supported; there should be none. Recall: honest
paraphrases called supported. Contradictions found: changed sentences called contradicted with the right source quoted first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.draft.check import DraftChecker
from assistant.draft.nouns import CheckedSentence
from assistant.instruments.own_document import OwnDocument, OwnSentence

CASES = Path(__file__).resolve().parents[1] / "cases" / "drafts" / "sentences.yaml"


@dataclass(frozen=True)
class DraftCase:
    """A sentence with what should be said of it."""

    id: str
    set: str
    kind: str
    text: str
    gold: str = ""
    change: str = ""


@dataclass(frozen=True)
class Judged:
    """A case and what the checker said."""

    case: DraftCase
    said: CheckedSentence

    @property
    def false_support(self) -> bool:
        """Whether something that the library does not say was called supported."""
        return self.case.kind != "honest" and self.said.status == "supported"

    @property
    def right(self) -> bool:
        """Whether the status is the one wanted, with the right source quoted where one is."""
        wanted = {"honest": ("supported",), "changed": ("contradicted",), "absent": ("not_found", "partly")}[self.case.kind]
        cited = {citation.source_id for citation in self.said.citations}
        return self.said.status in wanted and (self.case.kind == "absent" or self.case.gold in cited)


def read_cases(path: Path = CASES, *, of: str = "all") -> list[DraftCase]:
    """The labelled sentences of a set."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [DraftCase(**row) for row in rows if of in {"all", row["set"]}]


def run(checker: DraftChecker, cases: Sequence[DraftCase]) -> list[Judged]:
    """Every case judged by itself, as a draft of one sentence."""
    found = []
    for case in cases:
        draft = OwnDocument(
            file=f"{case.id}.txt", sha256="", text=case.text, sentences=[OwnSentence(start=0, end=len(case.text))]
        )
        found.append(Judged(case, checker.check(draft).sentences[0]))
    return found


def table(judged: Iterable[Judged]) -> str:
    """The counts, a line a kind and a last line on false support."""
    every = list(judged)
    lines = [f"{'kind':10}{'n':>4}{'right':>7}  statuses"]
    for kind in ("honest", "changed", "absent"):
        some = [each for each in every if each.case.kind == kind]
        counts = {
            s: n
            for s in ("supported", "partly", "contradicted", "not_found", "not_a_claim")
            if (n := sum(e.said.status == s for e in some))
        }
        lines.append(f"{kind:10}{len(some):>4}{sum(each.right for each in some):>7}  {counts}")
    false = [each.case.id for each in every if each.false_support]
    return "\n".join([*lines, f"false “supported”: {len(false)} {', '.join(false)}"])


def main() -> None:
    """Runs the cases over the packaged library and prints the counts."""
    from assistant import open_assistant

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="all", choices=("dev", "heldout", "all"))
    parser.add_argument("--show", action="store_true", help="print every sentence that was not judged as wanted")
    arguments = parser.parse_args()
    assistant = open_assistant()
    judged = run(DraftChecker(library=assistant.library, retriever=assistant.retriever), read_cases(of=arguments.set))
    for each in judged if arguments.show else ():
        if not each.right:
            print(f"{each.case.id} {each.said.status}: {each.case.text}\n    {'; '.join(each.said.because)}")
            print("".join(f"    {c.source_id}: {c.quote[:160]}\n" for c in each.said.citations[:1]), end="")
    print(table(judged))


if __name__ == "__main__":
    main()
