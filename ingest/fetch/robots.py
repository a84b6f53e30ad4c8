"""What a site lets programs read. Owns: the rules of robots.txt (RFC 9309): groups, longest match, `*` and `$`, crawl delay.

Does not own: fetching the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

AGENT = "mission-adviser"
LONGEST_DELAY = 30.0
MOST_RULES = 5000


@dataclass
class _Group:
    """The rules for some programs."""

    agents: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float = 0.0


@dataclass(frozen=True)
class Robots:
    """A site's rules for this program: (allowed?, path pattern) each; `delay` in seconds between two requests."""

    rules: Sequence[tuple[bool, str]] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether a path (with its query) may be read: the longest rule that fits decides, and allowing wins a tie."""
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, target)]
        return max(fitting)[1] if fitting else True


NOTHING_FORBIDDEN = Robots()
ALL_FORBIDDEN = Robots(rules=((False, "/"),))


def read_robots(text: str, *, agent: str = AGENT) -> Robots:
    """The rules that a robots.txt gives for a program: its own groups together, else those for everyone."""
    groups = list(_groups(text))
    mine = [g for g in groups if any(name != "*" and name in agent.lower() for name in g.agents)]
    mine = mine or [g for g in groups if "*" in g.agents]
    rules = [rule for group in mine for rule in group.rules]
    return Robots(tuple(rules[:MOST_RULES]), min(LONGEST_DELAY, max((g.delay for g in mine), default=0.0)))


def _groups(text: str) -> Iterator[_Group]:
    current = _Group()
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if current.rules or current.delay:
                yield current
                current = _Group()
            current.agents.append(value.lower())
        elif name in {"allow", "disallow"} and value and current.agents:
            current.rules.append((name == "allow", value))
        elif name == "crawl-delay" and re.fullmatch(r"\d{1,4}(?:\.\d+)?", value):
            current.delay = float(value)
    yield current


def _fits(pattern: str, target: str) -> bool:
    """Whether a pattern matches from the start of a path; in time linear in both."""
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not target.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1] if anchored else pieces[1:]:
        at = target.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if not anchored:
        return True
    last = pieces[-1] if len(pieces) > 1 else ""
    return target.endswith(last) and len(target) - len(last) >= at and (len(pieces) > 1 or at == len(target))
