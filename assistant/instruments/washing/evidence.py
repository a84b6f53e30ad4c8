"""The sentences that speak to a tell. Owns: which units count as evidence, on which side, and how clearly. Does not own: the mark.

A unit counts by what it is like (the examples), by its words (the phrases), or by both; what a mark needs beyond that is a rule:
a dated goal needs a figure, a date and something that happens to people or the world; a horizon needs years. Each unit is read
alone, or with the one before it where it begins with "she" or "it", so a changed sentence changes only what rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.instruments.assessment import Confidence
from assistant.instruments.washing.dates import years_counted, years_named
from assistant.instruments.washing.meaning import Likeness
from assistant.instruments.washing.patterns import Phrases, Read, read
from assistant.instruments.washing.spec import SIDES, Side
from assistant.instruments.washing.units import Unit

LIKE = 0.24  # likeness that counts alone
ALIKE = 0.10  # likeness that counts beside a phrase
UNSURE = 0.1  # how much more a unit with a sure phrase may be like the other side
FAINT = 0.04  # likeness that a sure phrase needs
RIVAL = 0.15  # how much more a unit may say on another tell
A_PHRASE = 0.2  # what a phrase adds to the clearness
# Units at most, clearness at least: among many units, one is like a tell by chance.
FLOORS = ((40, 0.0), (160, 0.34), (640, 0.38), (2560, 0.42))
CLEAR, FAIR = 0.5, 0.33  # clearness of a mark of high and of medium confidence
SHORT, LONG = 3, 5  # years ahead
_POINTS_BACK = re.compile(r"^\W*(?:s?he|they|it|its|his|her|their|this|these|that|those|such|both|together)\b", re.IGNORECASE)
_TARGET_WORD = re.compile(r"\b(?:no|none|nobody|no-one|zero|every|all|never|each|nothing|nowhere|not one|able)\b")
_COUNT = re.compile(
    r"(?<!tier )(?<!phase )(?<!step )(?<!module )(?<!chapter )(?<!section )(?<!table )(?<!stage )(?<!level )(?<!goal )(?<!action )#n"
)
_LEANS = re.compile(r"\b(?:this|that|it|they|them|these|those|none|share|figure|number|rate|so|such)\b")
_AHEAD = re.compile(
    r"\b(?:will|shall|should|must|want|is to|are to|so that|no longer|nobody|no one|(?:every|any|each|all)\s(?:\w+\s){1,4}can)\b"
)
_BY_DATE = re.compile(r"\b(?:by|until|till|before|within|in|from)\b[^.;]{0,40}#(?:date|span)")
_PAST = re.compile(r"\b(?:last (?:year|winter|summer|autumn|spring|month)|was|were|had|did|used to|in the past|lost)\b")
OUTPUTS, GOAL, HORIZON, MONEY = "outputs_as_outcomes", "no_dated_goal", "short_horizon", "no_budget_shift"
STOP, OLD, OWNER = "no_stop_rule", "new_titles_old_programme", "no_owner_with_power"
SILO, THEORY = "one_silos_metric", "no_theory_of_change"


@dataclass(frozen=True)
class Sign:
    """A unit that speaks to a tell. `with_before`: it is read, and quoted, together with the unit before it."""

    unit: Unit
    side: Side
    clearness: float
    with_before: bool = False

    @property
    def confidence(self) -> Confidence:
        """High where likeness and words agree, low where only a little speaks for it."""
        return "high" if self.clearness >= CLEAR else "medium" if self.clearness >= FAIR else "low"


class Signs:
    """The signs of a document, by tell and side."""

    def __init__(self, units: list[Unit], *, likeness: Likeness, phrases: Phrases, now: int) -> None:
        self._units = units
        self._likeness = likeness
        self._phrases = phrases
        self._now = now
        self._floor = next((floor for most, floor in FLOORS if len(units) <= most), FLOORS[-1][1])

    def of(self, tell: str, side: Side) -> list[Sign]:
        """The signs, clearest first; among equals in reading order."""
        rule = _RULES.get((tell, side), Signs._plain)
        found = [sign for row in range(len(self._units)) if (sign := rule(self, row, tell, side)) is not None]
        found = [sign for sign in found if sign.clearness >= self._floor]
        return sorted(found, key=lambda sign: (-sign.clearness, sign.unit.start))

    def _plain(self, row: int, tell: str, side: Side) -> Sign | None:
        """By likeness and phrases alone."""
        unit = self._units[row]
        mine, other = (self._likeness.score(row, tell, each) for each in (side, _other(side)))
        reading = read(unit.text)
        sure = self._phrases.says(reading, tell, side, sure=True)
        said = sure or self._phrases.says(reading, tell, side)
        if sure and mine > max(other - UNSURE, FAINT):
            return Sign(unit, side, max(mine, ALIKE) + A_PHRASE, with_before=_points_back(unit))
        if mine <= other or mine < (ALIKE if said else LIKE) or mine + A_PHRASE * said < self._likeness.best(row) - RIVAL:
            return None
        return Sign(unit, side, mine + A_PHRASE * said, with_before=_points_back(unit))

    def _result(self, row: int, tell: str, side: Side) -> Sign | None:
        """A change for people or the world: by likeness and words, or as a goal with figure and date."""
        dated = self._dated_goal(row, GOAL, "strong")
        reading = read(self._units[row].text)
        aimed = self._phrases.has(reading, "goal") or self._phrases.has(reading, "gauges") or _AHEAD.search(reading.marked)
        plain = self._plain(row, tell, side)
        if dated or plain is None:
            return dated
        rivals = (self._likeness.score(row, SILO, "weak"), self._likeness.score(row, THEORY, "strong"))
        if not aimed or _PAST.search(reading.marked) or max(rivals) >= self._likeness.score(row, OUTPUTS, "strong"):
            return None
        return plain

    def _ended(self, row: int, tell: str, side: Side) -> Sign | None:
        """What has been ended or changed for the mission, and not what would end on a condition."""
        reading = read(self._units[row].text)
        if self._phrases.says(reading, STOP, "strong", sure=True):
            return None
        likelier = self._likeness.score(row, STOP, "strong") > self._likeness.score(row, tell, side)
        return None if likelier and self._phrases.has(reading, "condition") else self._plain(row, tell, side)

    def _dated_goal(self, row: int, _tell: str, side: Side) -> Sign | None:
        """A figure, a date ahead, and something that happens to people or the world, in the unit or with the one before it."""
        unit = self._units[row]
        reading = read(unit.text)
        ahead = years_named(reading, now=self._now) + years_counted(reading, now=self._now)
        if not ahead or not (_has_target(reading) or _TARGET_WORD.search(reading.marked)):
            return None
        if self._phrases.says(reading, STOP, "strong", sure=True) or not self._looks_ahead(reading):
            return None
        alone = self._phrases.has(reading, "people_change")
        leaning = not alone and unit.before is not None and self._phrases.has(read(unit.before.text), "people_change")
        like = max(self._likeness.score(row, GOAL, "strong"), self._likeness.score(row, OUTPUTS, "strong"))
        if leaning and _LEANS.search(reading.marked):
            return Sign(unit, side, max(like, ALIKE) + A_PHRASE, with_before=True)
        if self._only_things_done(row, reading) or (like < LIKE and not alone and (like < ALIKE or not leaning)):
            return None
        return Sign(unit, side, max(like, ALIKE) + A_PHRASE * (alone or leaning), with_before=leaning or _points_back(unit))

    def _looks_ahead(self, reading: Read) -> bool:
        """Said of what is to come: with a word for it, or a date behind "by"; not a report of what was."""
        if _AHEAD.search(reading.marked):
            return True
        return not _PAST.search(reading.marked) and bool(self._phrases.has(reading, "goal") or _BY_DATE.search(reading.marked))

    def _only_things_done(self, row: int, reading: Read) -> bool:
        """The figure counts what is made or held rather than what comes of it."""
        weak, strong = (self._likeness.score(row, OUTPUTS, each) for each in SIDES)
        counts = self._phrases.says(reading, OUTPUTS, "weak") and not self._phrases.has(reading, "people_change")
        return weak > max(strong, ALIKE) or counts

    def _vague_goal(self, row: int, tell: str, side: Side) -> Sign | None:
        """A goal, whatever it is, unless it has both figure and date for a result."""
        if self._dated_goal(row, tell, "strong") is not None:
            return None
        unit = self._units[row]
        reading = read(unit.text)
        like = self._likeness.score(row, GOAL, "weak")
        if self._phrases.has(reading, "goal") or _AHEAD.search(reading.marked):
            like = max(like, self._likeness.score(row, OUTPUTS, "strong"))
        if self._phrases.has(reading, "goal"):
            like = max(like, self._likeness.score(row, OUTPUTS, "weak"))
        said = self._phrases.says(reading, tell, side)
        if like < (ALIKE if said else LIKE) or like < self._likeness.best(row) - RIVAL or _PAST.search(reading.marked):
            return None
        return Sign(unit, side, like + A_PHRASE * said)

    def _money(self, row: int, tell: str, side: Side) -> Sign | None:
        """Money that moves: with an amount, a share, or a word for moving."""
        sign = self._plain(row, tell, side)
        reading = read(self._units[row].text)
        named = "#money" in reading.marked or "#share" in reading.marked or self._phrases.has(reading, "moved")
        return sign if named else None

    def _owner(self, row: int, tell: str, side: Side) -> Sign | None:
        """Somebody who answers for it, with a word for a power."""
        sign = self._plain(row, tell, side)
        if sign is None or self._phrases.has(read(self._units[row].text), "power"):
            return sign
        return sign if sign.clearness >= CLEAR else None

    def _shared(self, row: int, tell: str, side: Side) -> Sign | None:
        """A measure, and that several share it."""
        reading = read(self._units[row].text)
        return self._plain(row, tell, side) if self._phrases.has(reading, "yardsticks") else None

    def _far(self, row: int, tell: str, side: Side) -> Sign | None:
        """A promise that reaches LONG years ahead, or something made to last."""
        unit = self._units[row]
        reading = read(unit.text)
        far = max(years_named(reading, now=self._now) + years_counted(reading, now=self._now), default=0)
        if far >= self._now + LONG:
            named = LIKE + A_PHRASE / 2 + max(self._likeness.score(row, tell, side), 0.0)
            return Sign(unit, side, named, with_before=_points_back(unit))
        like = self._likeness.score(row, tell, side)
        said = self._phrases.says(reading, tell, side)
        if like < (ALIKE if said else LIKE) or _PAST.search(reading.marked):
            return None
        return Sign(unit, side, like + A_PHRASE * said, with_before=_points_back(unit))

    def _near(self, row: int, tell: str, side: Side) -> Sign | None:
        """What is dated, or said to be done, within SHORT years."""
        unit = self._units[row]
        reading = read(unit.text)
        years = years_named(reading, now=self._now)
        if years and max(years) > self._now + SHORT:
            return None
        like = self._likeness.score(row, tell, side)
        if years and self._dated_goal(row, GOAL, "strong") is not None:
            like = max(like, ALIKE)
        said = bool(years) or self._phrases.says(reading, tell, side)
        if like < (ALIKE / 2 if said else LIKE):
            return None
        return Sign(unit, side, like + A_PHRASE * said)

    def between(self) -> list[Sign]:
        """Goals that are dated between SHORT and LONG years ahead: neither a short horizon nor a long one."""
        found = []
        for row, unit in enumerate(self._units):
            ahead = [year - self._now for year in years_named(read(unit.text), now=self._now)]
            sign = self._dated_goal(row, GOAL, "strong") if ahead and SHORT < max(ahead) < LONG else None
            found += [sign] if sign is not None else []
        return found


_RULES: dict[tuple[str, Side], Callable[[Signs, int, str, Side], Sign | None]] = {
    (OUTPUTS, "strong"): Signs._result,
    (GOAL, "strong"): Signs._dated_goal,
    (GOAL, "weak"): Signs._vague_goal,
    (MONEY, "strong"): Signs._money,
    (OLD, "strong"): Signs._ended,
    (OWNER, "strong"): Signs._owner,
    (SILO, "strong"): Signs._shared,
    (HORIZON, "strong"): Signs._far,
    (HORIZON, "weak"): Signs._near,
}


def _has_target(reading: Read) -> bool:
    return "#share" in reading.marked or bool(_COUNT.search(reading.marked))


def _points_back(unit: Unit) -> bool:
    return unit.before is not None and bool(_POINTS_BACK.match(unit.text))


def _other(side: Side) -> Side:
    return "strong" if side == "weak" else "weak"
