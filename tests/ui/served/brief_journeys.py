"""The Brief tab in a real browser: a form becomes a brief by keyboard alone; axe-core on every state; nothing wider than a phone.

    python brief_journeys.py HOME FOLDER     HOME: a library's folder; FOLDER: where pictures go

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from browser import Browser, server
from selenium.webdriver.common.keys import Keys

OUTLINE = "return document.querySelector('#brief-outline').value"
THERE = "return document.querySelector('#s-answer') !== null"


def main(home: Path, folder: Path) -> None:
    """From the tab to a changed brief, with keys alone."""
    findings: list[str] = []
    with server(home) as address, Browser() as browser:
        browser.chat(address)
        browser.open_tab("Brief")
        browser.wait("return document.querySelector('#brief-topic')", seconds=60)
        findings += browser.axe()
        browser.picture(folder / "brief-tab.png")
        browser.tab_to("#brief-topic")
        browser.keys("Housing First")
        browser.wait(f"{OUTLINE}.includes('answer | The answer in three points')")
        browser.keys(Keys.RETURN)
        browser.wait(THERE, seconds=240)
        findings += browser.axe()
        browser.picture(folder / "brief-page.png")
        browser.tab_to("#st-answer-1 .tools > summary", most=200)
        browser.keys(Keys.RETURN)
        time.sleep(0.3)
        findings += browser.axe()
        browser.picture(folder / "brief-open.png")
        browser.tab_to("#st-answer-1 button[value=drop]")
        browser.keys(Keys.RETURN)
        browser.wait("return document.body.textContent.includes('Dropped.')", seconds=120)
        assert not browser.run("return document.querySelector('#st-answer-1')")
        browser.size(400, 900)
        time.sleep(0.3)
        content, window = browser.width()
        assert content <= window + 1, f"the page is {content} wide in a window of {window}"
        browser.picture(folder / "brief-phone.png")
        browser.run("location.href = '/briefs'")
        browser.wait("return document.title.includes('Your briefs')")
        findings += browser.axe()
        assert browser.elsewhere(address) == []
        assert browser.complaints() == []
    assert findings == [], findings


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
