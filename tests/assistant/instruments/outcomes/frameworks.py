"""A small framework in which no check finds anything, as plain data to spoil. Owns: that data."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from assistant.instruments.outcomes.framework import Framework
from assistant.instruments.outcomes.reading import framework_from

CLEAN: dict[str, Any] = {
    "title": "Clean rivers",
    "mission": {
        "goal": "Everyone can swim in the county's rivers",
        "by": "2035",
        "place": "The county",
        "owner": "Council leader",
    },
    "outcomes": [
        {
            "id": "water",
            "statement": "River water is safe to swim in",
            "indicators": [
                {
                    "id": "safe-days",
                    "name": "Days in the season on which the water is safe",
                    "horizon": "long_term",
                    "baseline": {"value": 31, "unit": "days a season", "date": "2025"},
                    "target": {"value": 120, "date": "2035"},
                    "source": "Environment Agency sampling",
                    "owner": "Council leader",
                    "frequency": "yearly",
                    "behaviour": "Water firms and farmers",
                    "bodies": ["Water company", "Farmers", "Council"],
                    "sole_control": False,
                },
                {
                    "id": "spill-hours",
                    "name": "Hours of sewage spills",
                    "horizon": "early_signal",
                    "baseline": {"value": 4000, "unit": "hours a month", "date": "2025-12"},
                    "source": "Event monitors",
                    "owner": "Water company",
                    "frequency": "monthly",
                    "behaviour": "The water company",
                    "bodies": ["Water company"],
                },
            ],
        }
    ],
    "learning": [
        {"id": "why", "name": "Which farms lose soil", "loop_days": 14, "informs": "Where advisers go", "owner": "Council"}
    ],
    "participation": [
        {"id": "heard", "name": "Swimmers who chose a site", "kind": "participation", "owner": "Council"},
        {"id": "pledged", "name": "Landowners who pay for a fence", "kind": "shared_ownership", "owner": "Farmers"},
    ],
    "counter_metrics": [
        {
            "id": "illness",
            "name": "Stomach illness among swimmers",
            "guards": ["safe-days"],
            "source": "Surgeries",
            "owner": "Public health",
            "frequency": "monthly",
        }
    ],
}


def clean() -> dict[str, Any]:
    """A copy to spoil."""
    return deepcopy(CLEAN)


def build(data: dict[str, Any]) -> Framework:
    """As a framework."""
    return framework_from(data)
