"""The instruments in a real browser: by keyboard, on a phone, with axe-core on every state.

    python instrument_journeys.py HOME FOLDER     HOME: a library's folder; FOLDER: where pictures go

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from browser import Browser, server
from selenium.webdriver.common.keys import Keys

STRATEGY = (
    "# Warm homes\n\nSmart meter readings show the temperature of 3,000 homes every week, broken down by ward and tenure.\n"
)
RESULT = "return document.querySelector('details[open] .assess-result :is(.assessment, form)')"


def open_section(browser: Browser, number: int) -> None:
    """Open the instruments' tab with one section open."""
    browser.open_tab("Instruments")
    browser.wait("return document.querySelectorAll('.instruments > details').length === 7", seconds=60)
    browser.run(f"document.querySelectorAll('.instruments > details')[{number}].open = true")
    time.sleep(0.3)


def by_keyboard(home: Path) -> None:
    """The litmus test with keys alone: open, answer, send, and the result has the focus."""
    with server(home) as address, Browser() as browser:
        browser.chat(address)
        browser.open_tab("Instruments")
        browser.wait("return document.querySelector('.instruments summary')", seconds=60)
        browser.tab_to(".instruments summary")
        browser.keys(Keys.RETURN)
        browser.tab_to("#litmus-subject")
        browser.keys("Warm homes")
        browser.tab_to("[name=mark-obstacle]")
        browser.keys(Keys.ARROW_UP)
        assert browser.run("return document.activeElement.checked && document.activeElement.value") == "weak_delivery"
        browser.tab_to("#litmus-why-obstacle")
        browser.keys("We know what to do.")
        browser.tab_to("details[open] button[type=submit]")
        browser.keys(Keys.RETURN)
        browser.wait("return document.querySelector('.assess-result .assessment')", seconds=60)
        time.sleep(0.3)
        assert browser.run("return document.activeElement.closest('.assess-result') !== null"), "the result has the focus"
        assert "Done" in browser.run("return document.querySelector('.assess .said').textContent")
        assert browser.elsewhere(address) == []
        assert browser.complaints() == []


def accessible(home: Path, folder: Path) -> None:
    """axe-core on form and result of every instrument; nothing wider than a phone."""
    strategy = folder / "strategy.md"
    strategy.write_text(STRATEGY, "utf-8")
    findings: list[str] = []
    with server(home) as address:
        for width, dark in ((1280, False), (390, True)):
            with Browser(width=width, dark=dark) as browser:
                browser.chat(address)
                for number, name in enumerate(("litmus", "washing", "maturity", "outcomes", "cases", "tools", "network")):
                    open_section(browser, number)
                    fill(browser, name, strategy)
                    browser.run("document.querySelector('.instruments > details[open] form [type=submit]').click()")
                    browser.wait(RESULT, seconds=90)
                    time.sleep(0.5)
                    findings += [f"{name} at {width}: {found}" for found in browser.axe()]
                    content, window = browser.width()
                    assert content <= window, f"{name} scrolls sideways at {width}"
                    browser.picture(folder / f"instrument-{name}-{width}.png")
                assert browser.complaints() == []
    assert findings == []


def fill(browser: Browser, name: str, strategy: Path) -> None:
    """The least that each form needs."""
    if name in {"washing", "maturity"}:
        found = browser.driver.find_element("css selector", ".instruments > details[open] input[type=file]")
        found.send_keys(str(strategy))
    elif name == "outcomes":
        from assistant.instruments.outcomes.reading import example_text

        browser.run("document.querySelector('#outcomes-framework').value = arguments[0]", example_text("home-heating"))
    elif name != "litmus":
        browser.run(f"document.querySelector('#{name}-country').value = 'England'")
        browser.run(f"document.querySelector('#{name}-level').value = 'local'")


if __name__ == "__main__":
    by_keyboard(Path(sys.argv[1]))
    accessible(Path(sys.argv[1]), Path(sys.argv[2]))
