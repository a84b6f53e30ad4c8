"""The report in a real browser: nothing sticks out, nothing is asked of the network, axe finds nothing. Run by `test_report.py` as a process
of its own, in which the browser's own port is open."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "served"))
from browser import Browser

SIZES = ((1440, False), (1440, True), (375, False), (375, True))


def main(page: str, pictures: str) -> None:
    for width, dark in SIZES:
        with Browser(width=width, height=900, dark=dark) as browser:
            browser.driver.get(Path(page).as_uri())
            browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
            wide, inner = browser.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= inner, f"at {width} px the page is {wide} px wide"
            small = browser.run(
                "return [...document.querySelectorAll('table.bars td, table.bars th, p, h3')]"
                ".filter(e => parseFloat(getComputedStyle(e).fontSize) < 12).length"
            )
            assert small == 0, f"{small} pieces of text are smaller than 12 px at {width} px"
            assert browser.axe() == []
            asked = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
            assert asked == [], asked
            for name, what in (("bars", "table.bars tr"), ("curves", "svg .line"), ("marks", "mark"), ("cards", ".glance li")):
                assert browser.run(f"return document.querySelectorAll('{what}').length") > 0, name
            browser.picture(Path(pictures) / f"report-{width}{'-dark' if dark else ''}.png")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
