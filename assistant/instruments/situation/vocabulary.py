"""The words a situation is described with. Owns: the choices and how each is said. Light: no other module is loaded for it."""

from __future__ import annotations

LEVELS = {
    "international": "international",
    "national": "national",
    "regional": "a region or combined authority",
    "local": "a city, town or council",
    "organisation": "one organisation",
}
SECTORS = {
    "health": "health",
    "early_years": "early years, education and young people",
    "housing": "housing and homelessness",
    "energy": "energy, heating and climate",
    "employment": "work and social security",
    "poverty": "poverty, families and disadvantage",
    "justice": "crime, violence and prisons",
    "research": "research and innovation",
    "economy": "industry and the local economy",
    "transport": "transport, streets and cities",
    "environment": "food, farming and nature",
    "government": "how government itself works",
}
STAGES = {
    "deciding": "deciding whether and what",
    "starting": "starting",
    "delivering": "delivering",
    "sustaining": "keeping it up, handing over or ending",
}
BUDGETS = {
    "none": "no new money",
    "small": "under 10 million pounds",
    "medium": "10 to 100 million pounds",
    "large": "100 million to 1 billion pounds",
    "very_large": "over 1 billion pounds",
}
POWERS = {
    "law": "make law",
    "rules": "regulate, plan or set standards",
    "money": "give grants, lend or invest",
    "buying": "buy",
    "services": "run services or own assets",
    "taxes_benefits": "set taxes or benefits",
    "convening": "bring other bodies together",
    "research": "fund or do research",
}
POLITICS = {
    "leader_backed": "the head of government, mayor or minister is behind it",
    "new_government": "a new government or administration",
    "cross_party": "agreement across parties",
    "in_law": "the goal stands in law or was adopted by parliament",
    "crisis": "a crisis or public failure",
    "contested": "the goal or the way is fought over",
    "money_tight": "cuts or tight money",
    "leader_changed": "a change of leader or government, or one ahead",
}
SCALES = {
    "small": "under 10,000 people or homes",
    "middle": "10,000 to 1 million people or homes",
    "large": "over 1 million people or homes",
}
OBSTACLES = {
    "solution_unknown": "nobody has a solution yet, though one could be recognised",
    "no_suppliers": "nobody makes or offers it at scale",
    "demand_uncertain": "it exists, but makers do not trust that it will be bought",
    "price": "it costs people or bodies too much",
    "habits": "many people have to change what they do",
    "fragmented": "services and budgets are split between bodies",
    "data_missing": "we cannot see who is reached or what changes",
    "no_consent": "people object, or have not been asked",
    "short_horizon": "it will not survive a change of leader or budget",
    "rules_block": "rules or standards stand in the way, or are missing",
    "delivery_slips": "it is agreed but does not happen",
    "unproven": "there are ideas, and we do not know which works",
}
NEEDS = {
    "peers": "exchange with people in the same position",
    "advice": "advice or somebody to work with",
    "governance": "help with how it is governed",
    "evaluation": "help with measuring and evaluation",
    "test_and_learn": "help with testing and learning",
    "participation": "help with involving people",
    "leadership": "development of leaders and staff",
    "tools": "tools, guides and cases",
    "money": "ways to fund or buy innovation",
}
OUTCOMES = {"succeeded": "succeeded", "mixed": "mixed results", "failed": "failed", "too_early": "too early to tell"}
FIELDS = {
    "country": "Country",
    "level": "Level",
    "sector": "Sector",
    "stage": "Stage",
    "budget": "Money",
    "powers": "Powers",
    "politics": "Politics",
    "scale": "Scale",
}
CHOICES = {
    "level": LEVELS,
    "sector": SECTORS,
    "stage": STAGES,
    "budget": BUDGETS,
    "powers": POWERS,
    "politics": POLITICS,
    "scale": SCALES,
    "obstacle": OBSTACLES,
    "needs": NEEDS,
}


def in_words(field: str, value: str) -> str:
    """How a value of a field is said; the value itself where it is free text."""
    return CHOICES.get(field, {}).get(value, value)
