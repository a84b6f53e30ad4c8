"""What one question may cost. Owns: counting tokens and seconds against their limits, and what they cost in money.
Does not own: the limits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from assistant.llm import Usage
from assistant.nouns import Depth
from assistant.settings import Price, Settings

MOST_WRITTEN: dict[Depth, int] = {"short": 900, "full": 2000}  # tokens of a reply: twice what the asked-for sentences need
MOST_REWORDED = 600
LEAST_WRITTEN = 200  # with less left than this, nothing is asked


@dataclass
class Budget:
    """Tokens and time left to one question. `until` is on the clock of `time.monotonic()`."""

    tokens: int
    until: float
    used: Usage = field(default_factory=Usage)

    @classmethod
    def of(cls, settings: Settings) -> Budget:
        """A fresh budget, its clock running from now."""
        return cls(tokens=settings.model_budget, until=time.monotonic() + settings.model_seconds)

    @property
    def left(self) -> int:
        """Tokens that may still be used."""
        return max(0, self.tokens - self.used.total)

    @property
    def seconds_left(self) -> float:
        """Seconds that may still pass."""
        return self.until - time.monotonic()

    def spend(self, usage: Usage) -> None:
        """Count what a request used."""
        self.used = self.used + usage


def cost_of(used: Usage, *, model: str, prices: dict[str, Price]) -> dict[str, object]:
    """What a receipt says of the cost. Money is "unknown" for a model without a price: never a guess."""
    price = prices.get(model)
    cost: dict[str, object] = {
        "tokens": used.total,
        "prompt_tokens": used.prompt,
        "completion_tokens": used.completion,
        "estimated": used.estimated,
    }
    if price is None:
        return cost | {"money": "unknown"}
    money = (used.prompt * price.input + used.completion * price.output) / 1_000_000
    return cost | {"money": round(money, 6), "currency": price.currency}
