"""Do unrelated documents change answers? Owns: asking the field questions before and after they are added, and the shares printed.

    python -m evals.bench.unrelated --corpus ../shared/data/retrieval/cranfield.corpus.jsonl [--documents 1000] [--set heldout]

The documents of a public retrieval set (one passage or so each) are added to a fresh packaged library as a person's own. Printed: the share of
questions whose outcome changes, whose statements change, and the figures before and after. Does not own: the measures of a good answer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.errors import InputError
from assistant.nouns import Answer
from assistant.settings import load_settings
from evals.cases import QuestionCase, UnanswerableCase, read_cases
from evals.facts import LEAD, share_shown
from evals.libraries import packaged_library
from evals.public.retrieval import documents
from ingest.run import ingest_files


def main() -> None:
    """Ask, add, ask again, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--set", default="heldout")
    given = parser.parse_args()
    questions = read_cases(given.set, "questions", QuestionCase)
    asked = [case.question for case in questions]
    asked += [case.question for case in read_cases(given.set, "unanswerable", UnanswerableCase)]
    with tempfile.TemporaryDirectory(prefix="adviser-bench-") as folder:
        settings = load_settings().model_copy(update={"model": ""})
        plain = packaged_library(settings, Path(folder) / "home")
        passages = plain.library.counts()[0]
        before = answers(plain, asked)
        again = answers(plain, asked)
        plain.library.engine.dispose()
        report = ingest_files(plain.settings, written(given.corpus, given.documents, Path(folder) / "documents"))
        if failed := [file.path for file in report.files if file.status == "failed"]:
            raise InputError(f"{len(failed)} documents could not be ingested, {failed[0]} first. Mend the data.")
        fuller = packaged_library(settings, Path(folder) / "home")
        added = fuller.library.counts()[0] - passages
        after = answers(fuller, asked)
    print(f"{len(asked)} questions of {given.set}; {passages:,} passages, {added:,} unrelated ones added")
    print(f"asked twice of the same library: {share(before, again, statements):.2%} of answers change")
    print(f"other outcome: {share(before, after, lambda a: a.outcome):.2%}")
    print(f"other statements: {share(before, after, statements):.2%}; other first statement: {share(before, after, first):.2%}")
    for name, found in (("before", before), ("after", after)):
        early = [
            share_shown(c.facts, "\n".join(s.text for s in a.sentences[:LEAD])) == 1
            for c, a in zip(questions, found, strict=False)
        ]
        print(f"facts in the first three sentences, {name}: {sum(early) / len(early):.3f}")
    cited = [c for a in after for s in a.sentences for c in s.citations]
    unrelated = sum(is_added(c.source_id, fuller) for c in cited)
    print(f"citations of unrelated documents: {unrelated} of {len(cited)}")


def answers(assistant: Assistant, asked: Sequence[str]) -> list[Answer]:
    """Each question asked once."""
    return [assistant.ask(question) for question in asked]


def written(corpus: Path, most: int, folder: Path) -> list[Path]:
    """The first documents of a public set as text files."""
    folder.mkdir(parents=True)
    paths = []
    for name, text in list(documents(corpus).items())[:most]:
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def share(one: Sequence[Answer], other: Sequence[Answer], part: Callable[[Answer], object]) -> float:
    """The share of answers of which a part differs."""
    return sum(part(a) != part(b) for a, b in zip(one, other, strict=True)) / len(one)


def statements(answer: Answer) -> list[str]:
    """What an answer says."""
    return [s.text for s in answer.sentences]


def first(answer: Answer) -> str:
    """What it says first."""
    return answer.sentences[0].text if answer.sentences else ""


def is_added(source_id: str, assistant: Assistant) -> bool:
    """Whether a source was added by a person."""
    return assistant.library.sources()[source_id].origin == "user"


if __name__ == "__main__":
    main()
