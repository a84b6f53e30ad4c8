"""Marks as people give them. Owns: the shape of an answer to one criterion, and how sure a mark may be, by rule.

Does not own: what the marks come to (each instrument).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.errors import InputError
from assistant.instruments.assessment import CANNOT_TELL, Confidence, OwnQuote, Statement
from assistant.instruments.own_document import OwnDocument
from assistant.nouns import Noun

LONGEST_WORDS = 4000


class Respondent(Noun):
    """Who answers. Without a name an answer is nobody's statement."""

    name: str = Field(default="", max_length=200)
    role: str = Field(default="", max_length=200)


def _as_text(mark: Any) -> Any:
    return str(mark) if isinstance(mark, int) and not isinstance(mark, bool) else mark


class GivenAnswer(Noun):
    """One respondent's answer to one criterion. In a file the mark alone may stand for the whole."""

    mark: Annotated[str, BeforeValidator(_as_text)] = Field(
        default=CANNOT_TELL, max_length=60, description="A mark of the rubric (a level as a number), or 'cannot_tell'."
    )
    why: str = Field(default="", max_length=LONGEST_WORDS, description="In the respondent's own words.")
    quotes: list[OwnQuote] = Field(default_factory=list, description="From the respondent's own document.")
    quoted: list[str] = Field(
        default_factory=list,
        description="Words of the document that is given beside the answers; they are looked up in it and become quotes.",
    )


def _spelt_out(given: Any) -> Any:
    """`support: shared` and `level: 3` in a file mean an answer with that mark and nothing else."""
    if given is None:
        return {}
    return {"mark": str(given)} if isinstance(given, str | int) else given


Given = Annotated[GivenAnswer, BeforeValidator(_spelt_out)]


def statements_of(answer: GivenAnswer, respondent: Respondent) -> list[Statement]:
    """What a named person said; nothing where there is no name or no words."""
    if not (respondent.name.strip() and answer.why.strip()):
        return []
    return [Statement(who=respondent.name.strip(), role=respondent.role.strip(), text=answer.why.strip())]


def confidence_of(answer: GivenAnswer, respondent: Respondent) -> Confidence:
    """High: the person's document says it. Medium: someone gives a reason. Low: a bare mark, or none."""
    if answer.mark == CANNOT_TELL:
        return "low"
    if answer.quotes:
        return "high"
    return "medium" if answer.why.strip() or statements_of(answer, respondent) else "low"


def looked_up(answer: GivenAnswer, document: OwnDocument | None) -> GivenAnswer:
    """The answer with every quote checked against the document and the quoted words found in it.

    Raises InputError for words that do not stand in the document, and for quoted words without one.
    """
    if document is None and answer.quoted:
        raise InputError("An answer quotes a document, and none was given. Give the document beside the answers.")
    if document is None:
        return answer
    quotes = list(answer.quotes)
    for quote in quotes:
        if quote.file == document.file and not document.holds(quote):
            raise InputError(f"“{quote.text[:80]}” does not stand at its place in {document.file}. Quote it again.")
    for words in answer.quoted:
        found = document.find(words)
        if found is None:
            raise InputError(f"“{words[:80]}” does not stand in {document.file}. Copy the sentence from it word for word.")
        quotes.append(found)
    return answer.model_copy(update={"quotes": quotes, "quoted": []})
