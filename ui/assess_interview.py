"""Asking a person the questions of an instrument. Owns: the order and wording of an interview, and the form to fill in instead.

Does not own: what the answers come to. `ask` and `say` are handed in: a terminal's, or a test's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.instruments.assessment import CANNOT_TELL, OwnQuote
from assistant.instruments.marks import GivenAnswer, Respondent
from ui.assess_document import place_words

Ask = Callable[[str], str]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Choice:
    """A mark that may be given: its id and its words."""

    mark: str
    words: str


@dataclass(frozen=True)
class Asked:
    """One question of an interview, with sentences of the person's own document that may answer it."""

    name: str
    title: str
    ask: str
    reason: str
    choices: Sequence[Choice]
    proposals: Sequence[OwnQuote] = ()


def ask_respondent(ask: Ask) -> Respondent:
    """Who answers."""
    return Respondent(
        name=ask("Your name (Enter to leave it out): ").strip(), role=ask("Your role (Enter to leave it out): ").strip()
    )


def interview(questions: Sequence[Asked], ask: Ask, say: Say) -> dict[str, GivenAnswer]:
    """An answer to every question; Enter means that it cannot be told."""
    given: dict[str, GivenAnswer] = {}
    for number, question in enumerate(questions, 1):
        say(f"\n{number} of {len(questions)}. {question.title}: {question.ask}\n   Why we ask: {question.reason}")
        for place, choice in enumerate(question.choices, 1):
            say(f"   {place}. {choice.words}")
        quotes = _chosen_quotes(question.proposals, ask, say)
        picked = _picked(len(question.choices), ask, say)
        if picked is None:
            given[question.name] = GivenAnswer()
            continue
        why = ask("   What shows it, in your words (Enter to leave out): ").strip()
        given[question.name] = GivenAnswer(mark=question.choices[picked - 1].mark, why=why, quotes=quotes)
    return given


def _picked(most: int, ask: Ask, say: Say) -> int | None:
    while True:
        reply = ask(f"   Your answer, 1 to {most} (Enter: cannot tell): ").strip()
        if not reply:
            return None
        if reply.isdigit() and 1 <= int(reply) <= most:
            return int(reply)
        say(f"   Type a number from 1 to {most}, or Enter alone.")


def _chosen_quotes(proposals: Sequence[OwnQuote], ask: Ask, say: Say) -> list[OwnQuote]:
    if not proposals:
        return []
    say("   Your document says:")
    for place, quote in enumerate(proposals, 1):
        say(f"   {'abc'[place - 1]}. “{quote.text}” ({place_words(quote)})")
    letters = {"abc"[place]: quote for place, quote in enumerate(proposals)}
    reply = ask("   Which of these are evidence for your answer? Letters, such as ac (Enter: none): ").casefold()
    return [letters[letter] for letter in dict.fromkeys(reply) if letter in letters]


def form(questions: Sequence[Asked], *, head: Mapping[str, str], title: str) -> str:
    """A YAML form to fill in and give back as --answers."""
    lines = [f"# {title}", "# Replace cannot_tell where you can, and say why: a bare mark is worth little.", ""]
    lines += [f"{name}: {value}" for name, value in head.items()]
    lines.append("marks:")
    for question in questions:
        lines += ["", f"  # {question.title}: {question.ask}"]
        lines += [f"  #   {choice.mark}: {_one_line(choice.words)}" for choice in question.choices]
        lines += [f"  # Your document: “{_one_line(quote.text)}” ({place_words(quote)})" for quote in question.proposals]
        lines += [f"  {question.name}:", f"    mark: {CANNOT_TELL}", "    why: ''"]
        lines += ["    quoted: []"] if question.proposals else []
    return "\n".join(lines) + "\n"


def _one_line(words: str) -> str:
    return " ".join(words.split())
