"""Dates as frameworks write them. Owns: which forms are allowed, and where each stands on a line of years.

Does not own: what a date is the date of. Forms: 2028, 2028-07, 2028-07-31, and a year that spans two, 2024/25.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?|/(?P<next>\d{2}))?")


def read_when(value: Any) -> str:
    """A date as written, from YAML's own dates and bare years too. Raises ValueError that says which forms are allowed."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    found = _FORM.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or (found["next"] and int(found["next"]) != (int(found["year"]) + 1) % 100):
        raise ValueError("write the date as 2028, 2028-07, 2028-07-31, or 2024/25 for a year that spans two")
    if found["day"]:
        try:
            date.fromisoformat(found[0])
        except ValueError:
            raise ValueError(f"{found[0]} is not a day of the calendar") from None
    return found[0]


When = Annotated[str, BeforeValidator(read_when)]


def on_the_line(when: str) -> float:
    """A date as a number of years. A bare year stands at its end, as a target "by 2028" does; 2024/25 stands in mid-2025."""
    found = _FORM.fullmatch(when)
    if found is None:
        raise ValueError(f"'{when}' is not a date of a framework")
    year = int(found["year"])
    if found["next"]:
        return year + 1.5
    if not found["month"]:
        return float(year + 1)
    return year + (int(found["month"]) - 1) / 12 + (int(found["day"] or 28) - 1) / 372
