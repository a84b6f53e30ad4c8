"""What the chats of `serve.py` ask. Owns: those questions, and the documents that each chat has of its own. Pure but for the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

QUESTIONS = [
    "How do we avoid mission-washing?",
    "Did Finland's Housing First work?",
    "What does a delivery unit do?",
    "What makes a delivery unit fail?",
    "What has Camden learned from its missions?",
    "What happened with Sure Start?",
    "What did the Teenage Pregnancy Strategy achieve?",
    "What is a mission board?",
    "What is directionality?",
    "What is outcome-based procurement?",
    "What is the portfolio approach?",
    "What is test and learn?",
    "Why was Copenhagen's carbon neutral goal given up?",
    "What did Operation Warp Speed do?",
    "What did the Prime Minister's Delivery Unit do?",
    "What is a stocktake?",
    "What do critics say about the Future Generations Act in Wales?",
    "What is Vision Zero in Sweden?",
    "What did the Rough Sleepers Unit do?",
    "What is a challenge prize?",
]
FOLLOW_UP = "And when did it begin?"
_FRAMES = (
    "What happened with {}?",
    "What do critics say about {}?",
    "What can a council learn from {}?",
    "Who is responsible for {}?",
    "What are the limits of {}?",
    "How would you explain {} to a minister?",
)
_ANIMALS = (
    "zebra",
    "heron",
    "okapi",
    "lynx",
    "ibis",
    "gnu",
    "tapir",
    "otter",
    "bison",
    "quokka",
    "civet",
    "dingo",
    "eland",
    "fossa",
    "genet",
    "hyrax",
    "kudu",
    "lemur",
    "marmot",
    "numbat",
)
_TOWNS = (
    "Leeds",
    "York",
    "Hull",
    "Rye",
    "Deal",
    "Bath",
    "Bury",
    "Stoke",
    "Luton",
    "Poole",
    "Derby",
    "Wells",
    "Ely",
    "Truro",
    "Dover",
    "Crewe",
    "Wigan",
    "Bolton",
    "Ripon",
    "Oxford",
)


@dataclass(frozen=True)
class OwnDocument:
    """A document that one chat alone may find, and the question that it answers."""

    name: str
    text: str
    question: str
    figure: str


def own_document(number: int) -> OwnDocument:
    """The document of chat `number`: its animal, its town, its figure."""
    animal, town = _ANIMALS[number % len(_ANIMALS)], _TOWNS[(number + number // len(_ANIMALS)) % len(_TOWNS)]
    figure = f"{1000 + 37 * number} thousand pounds"
    text = f"The {animal} mission of {town} costs {figure} a year. The {animal} mission of {town} began in {1990 + number % 30}."
    return OwnDocument(f"plan-{number}.txt", text, f"What does the {animal} mission of {town} cost?", figure)


def distinct(most: int, home: Path) -> list[str]:
    """So many questions, every one another, about the sources of the packaged library."""
    from assistant.assistant import open_assistant
    from assistant.settings import load_settings

    sources = open_assistant(load_settings(home=home)).library.sources().values()
    titles = [source.title for source in sources if source.origin == "packaged"]
    made = [frame.format(title) for frame in _FRAMES for title in titles]
    rounds = [made[at % len(made)] + (f" ({at // len(made)})" if at >= len(made) else "") for at in range(most)]
    return rounds[:most]
