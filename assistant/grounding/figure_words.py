"""The vocabulary of figures in English. Owns: number words, scales, currencies, measures, months. Does not own: reading."""

from __future__ import annotations

from decimal import Decimal

from assistant.text.words import listed

UNITS = {word: value for value, word in enumerate(listed("""zero one two three four five six seven eight nine ten eleven twelve
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen"""))}  # fmt: skip
TENS = {word: 10 * value for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"k": 1_000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
    "trillions": 2 * 10**12,
}
VAGUE_TOP = {
    "dozens": 199,
    "scores": 199,
    "hundreds": 1_999,
    "thousands": 999_999,
    "millions": 10**9 - 1,
    "billions": 10**12 - 1,
    "trillions": 10**15,
}
ORDINALS = {word: value for value, word in enumerate(listed("""first second third fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    twentieth"""), start=1)}  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7,
    "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100,
    "hundredths": 100,
}  # fmt: skip
TIMES = {
    "halve": Decimal("0.5"), "halves": Decimal("0.5"), "halved": Decimal("0.5"), "halving": Decimal("0.5"),
    "double": Decimal(2), "doubles": Decimal(2), "doubled": Decimal(2),
    "doubling": Decimal(2), "twice": Decimal(2), "twofold": Decimal(2), "thrice": Decimal(3), "triple": Decimal(3),
    "tripled": Decimal(3), "tripling": Decimal(3),
    "treble": Decimal(3), "trebled": Decimal(3), "threefold": Decimal(3), "quadruple": Decimal(4), "quadrupled": Decimal(4),
    "fourfold": Decimal(4), "fivefold": Decimal(5),
    "tenfold": Decimal(10),
}  # fmt: skip
MONTHS = {m: n for n, names in enumerate(("jan january", "feb february", "mar march", "apr april", "may", "jun june",
    "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"),
    start=1) for m in names.split()}  # fmt: skip
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
WEEKDAYS = frozenset(listed("monday tuesday wednesday thursday friday saturday sunday"))
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
YEAR_PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}
CURRENCIES = {
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR",
    "euros": "EUR",
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "a$": "AUD", "aud": "AUD", "c$": "CAD",
    "cad": "CAD", "nz$": "NZD", "nzd": "NZD",
    "r$": "BRL", "brl": "BRL", "reais": "BRL", "¥": "JPY", "yen": "JPY", "jpy": "JPY", "₹": "INR", "rupee": "INR",
    "rupees": "INR", "inr": "INR", "₩": "KRW", "won": "KRW",
    "yuan": "CNY", "cny": "CNY", "chf": "CHF", "kroner": "KR", "kronor": "KR", "krone": "KR", "krona": "KR", "kr": "KR",
    "dkk": "DKK", "sek": "SEK", "nok": "NOK",
    "rand": "ZAR", "zar": "ZAR", "r": "ZAR", "pence": "GBX", "p": "GBX",
}  # fmt: skip
CODES = frozenset(listed("gbp eur usd aud cad nzd brl jpy inr cny chf dkk sek nok zar"))
NATIONAL = {
    ("danish", "KR"): "DKK", ("swedish", "KR"): "SEK", ("norwegian", "KR"): "NOK", ("australian", "USD"): "AUD", ("canadian",
    "USD"): "CAD", ("us", "USD"): "USD",
    ("american", "USD"): "USD", ("singapore", "USD"): "SGD", ("egyptian", "GBP"): "EGP", ("british", "GBP"): "GBP", ("zealand",
    "USD"): "NZD", ("kong", "USD"): "HKD",
}  # fmt: skip
# Measures that change what a number says: a claim's must stand in the span too. `COUNTED` may be left unsaid by either.
_MEASURES = """second seconds|minute minutes|hour hours|day days|week weeks|fortnight fortnights|month months|year years|decade
    decades|century centuries|mm|cm|
    m metre metres meter meters|km kilometre kilometres kilometer kilometers|mile miles|inch inches|foot feet|yard yards|w watt
    watts|kw kilowatt kilowatts|
    mw megawatt megawatts|gw gigawatt gigawatts|tw terawatt terawatts|wh|kwh|mwh|gwh|twh|joule joules|g gram grams|kg kilogram
    kilograms|mg milligram milligrams|
    tonne tonnes ton tons t|hectare hectares ha|acre acres|litre litres liter liters|degree degrees
    °|m2|km2|ft2|mph|kph|am|pm|mb|gb|tb|ppm|bps|calorie calories"""
_COUNTED = """person people persons individual individuals|home homes|child children|pupil pupils schoolchild
    schoolchildren|student students|adult adults|woman women|man men|
    household households|family families|staff employee employees worker workers|member members|council councils|city
    cities|town towns|country countries nation nations|region regions|school schools|
    hospital hospitals|firm firms company companies business businesses|team teams|project projects|mission missions|target
    targets|goal goals|department departments|patient patients|claimant claimants|
    installation installations|resident residents|citizen citizens|participant participants|job jobs|case cases|death
    deaths|house houses|dwelling dwellings|car cars|
    bed beds|teacher teachers|nurse nurses|doctor doctors|programme programmes program programs|university universities|charity
    charities|village villages|study studies|paper papers|report reports|trial trials"""
MEASURES = {name: group.split()[0] for group in _MEASURES.split("|") for name in group.split()}
COUNTED = {name: group.split()[0] for group in _COUNTED.split("|") for name in group.split()}
_ALL_PEOPLE = frozenset(
    listed("child pupil student adult woman man staff member patient claimant resident citizen participant teacher nurse doctor")
)
# What a claim may call the things a span counts: the wider word for the narrower, never the other way round.
WIDER = {
    "person": _ALL_PEOPLE,
    "child": frozenset({"pupil"}),
    "student": frozenset({"pupil"}),
    "home": frozenset({"house", "dwelling", "household"}),
    "staff": frozenset({"teacher", "nurse", "doctor"}),
}
TIME = frozenset(listed("second minute hour day week fortnight month year decade century"))
RATES = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "pa": "year",
}
LABELLED = {
    "section": "section", "sections": "section", "article": "article", "chapter": "chapter", "page": "page", "table": "table",
    "annex": "annex", "stage": "stage", "phase": "phase",
    "level": "level", "tier": "tier", "grade": "grade", "part": "part", "step": "step", "version": "version", "number": "no",
    "no": "no", "nos": "no", "year": "year",
    "type": "type", "question": "question", "lesson": "lesson", "principle": "principle", "goal": "goal", "mission": "mission",
    "horizon": "horizon", "figure": "figure", "box": "box",
}  # fmt: skip
IN_BASE = {
    "month": (1, "month"),
    "year": (12, "month"),
    "decade": (120, "month"),
    "century": (1_200, "month"),
    "day": (1, "day"),
    "week": (7, "day"),
    "fortnight": (14, "day"),
}
