"""What people do with the product, in a real browser. Each function is one journey and raises where it fails.

    python journeys.py NAME HOME [FOLDER]     HOME: a library's folder; FOLDER: where pictures go

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from browser import Browser, server
from selenium.webdriver.common.keys import Keys

QUESTION = "What happened with Sure Start?"
REFUSED = "How many zebras does the mission board of Leeds own?"
HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


def keyboard(home: Path, _: Path) -> None:
    """Ask, open citation 2, follow up, filter, export, give feedback: by keyboard alone."""
    with server(home) as address, Browser() as browser:
        browser.chat(address)
        browser.tab_to(".skip", most=3)
        browser.keys(Keys.RETURN)
        assert browser.run("return document.activeElement.matches('#question textarea')"), "the skip link leads to the box"
        browser.ask(QUESTION)
        assert browser.run("return document.activeElement.matches('.asked')"), "the answer's heading has the focus"
        assert browser.run("return document.querySelector('#status').textContent").startswith("Answer ready")

        browser.tab_to("a.cite[data-cite$='-2']")
        browser.keys(Keys.RETURN)
        assert browser.run("return document.activeElement.matches('.card[id$=\"-2\"]')"), "the number opens its card"
        assert browser.run("return !!document.activeElement.querySelector('mark')"), "the quote is marked"
        browser.keys(Keys.ESCAPE)
        assert browser.run("return document.activeElement.matches('a.cite')"), "Escape leads back to the sentence"

        browser.tab_to("#question textarea")
        browser.ask("What did its evaluation find?")
        assert browser.run("return document.querySelectorAll('[data-turn]').length") == 2

        browser.tab_to("#filters button")
        browser.keys(Keys.RETURN)
        browser.tab_to("#filter-kind input")
        browser.keys(Keys.SPACE)
        assert browser.run("return document.activeElement.checked"), "a filter is chosen"
        browser.tab_to("#question textarea", back=True)
        browser.ask(QUESTION)

        browser.tab_to("#current .actions a[download]")
        browser.keys(Keys.RETURN)
        for _ in range(100):
            if list(browser.folder.glob("answer-*.md")):
                break
            time.sleep(0.1)
        written = next(iter(browser.folder.glob("answer-*.md"))).read_text("utf-8")
        assert "## Evidence" in written

        browser.tab_to("#current .feedback summary")
        browser.keys(Keys.RETURN)
        browser.tab_to("#current .feedback input[type=radio]")
        browser.keys(Keys.SPACE)
        browser.tab_to("#current .feedback [type=submit]")
        browser.keys(Keys.RETURN)
        browser.wait("return document.querySelector('#current .sent').textContent.startsWith('Thank you')")
        assert browser.elsewhere(address) == []
        assert browser.complaints() == []


def accessible(home: Path, folder: Path) -> None:
    """axe-core on every page and state, in light and dark; 400 % zoom; pictures at three widths."""
    findings: list[str] = []
    with server(home) as address, server(home, ADVISER_SERVE_KEY="a key of enough characters") as shared:
        for dark in (False, True):
            mode = "dark" if dark else "light"
            with Browser(dark=dark) as browser:

                def look(state: str, browser: Browser = browser, mode: str = mode) -> None:
                    findings.extend(f"{state}, {mode}: {each}" for each in browser.axe())
                    for width, height in ((375, 812), (768, 1024), (1440, 900)):
                        browser.size(width, height)
                        time.sleep(0.25)
                        browser.picture(folder / f"{state}-{width}-{mode}.png")
                    browser.size(320, 256)  # 1,280 by 1,024 at 400 %
                    time.sleep(0.25)
                    content, window = browser.width()
                    if content > window:
                        findings.append(f"{state}, {mode}: scrolls sideways at 400 %: {content} in {window}")
                    browser.size(1440, 900)
                    time.sleep(0.25)

                browser.chat(address)
                look("first-visit")
                browser.focus_box()
                browser.ask(QUESTION)
                browser.run("for (const e of document.querySelectorAll('details')) e.open = true")
                browser.run("document.querySelector('#filters button').click()")
                browser.run("document.querySelector('a.cite').click()")
                look("answer")
                receipt = browser.run("return document.querySelector('.turn').dataset.receipt")
                browser.focus_box()
                browser.ask(REFUSED)
                look("refusal")
                browser.run("document.querySelector('#filter-place textarea, #filter-place input').focus()")
                browser.keys("Nowhere at all")
                browser.focus_box()
                browser.keys(QUESTION, Keys.RETURN)
                browser.wait("return document.querySelector('#current .problem')")
                look("not-answered")
                browser.open_tab("Library")
                look("library")
                browser.open_tab("Quality")
                look("quality")
                for state, path in (
                    ("answer-page", f"answers/{receipt}"),
                    ("source-page", "sources/sure-start"),
                    ("not-found", "answers/" + "0" * 16),
                ):
                    browser.driver.get(address + path)
                    look(state)
                browser.driver.get(shared)
                look("sign-in")
    assert not findings, "\n".join(findings)


def hostile(home: Path, _: Path) -> None:
    """Scripts in a question, a file's name and its text are shown as text; nothing runs and nothing is sent elsewhere."""
    with server(home) as address, Browser() as browser:
        browser.chat(address)
        file = browser.folder / "zebra<img src=x onerror=window.hacked=1>.html.txt"
        file.write_text(
            f"The zebra mission of Leeds {HOSTILE} costs 12 million pounds. ![x](http://evil.example/p.png)\n", "utf-8"
        )
        browser.open_tab("Library")
        browser.driver.find_element("css selector", "#upload-files").send_keys(str(file))
        browser.driver.find_element("css selector", ".upload-form [type=submit]").click()
        browser.wait("return document.querySelector('.upload-said').textContent.startsWith('Done: 1 of 1')", seconds=60)
        browser.open_tab("Ask")
        browser.focus_box()
        browser.ask(f"What does the zebra mission of Leeds cost? {HOSTILE}")
        browser.wait("return document.querySelector('#current .asked').textContent.includes('<script>')")
        browser.focus_box()
        browser.ask("What does the zebra mission of Leeds cost?")
        receipt = browser.run("return document.querySelector('#current .turn').dataset.receipt")
        seen = browser.run("return document.querySelector('#evidence').textContent")
        assert "zebra mission" in seen, "the uploaded document answers"
        for path in ("", f"answers/{receipt}"):
            assert browser.run("return window.hacked === undefined && !document.querySelector('img')"), path
            browser.driver.get(address + path)
        assert browser.elsewhere(address) == []
        assert [each for each in browser.complaints() if "Security Policy" in each] == []


def sessions(home: Path, _: Path) -> None:
    """Two people at once see nothing of each other; a history is kept in one browser and can be deleted; stopping works."""
    with server(home) as address, Browser() as one, Browser() as two:
        one.chat(address)
        two.chat(address)
        one.focus_box()
        one.ask(QUESTION)
        two.focus_box()
        two.ask("What is Vision Zero in Sweden?")
        assert "Vision Zero" not in one.run("return document.body.textContent")
        assert "Sure Start" not in two.run(
            "return [...document.querySelectorAll('.turn, .evidence')].map(e => e.textContent).join()"
        )
        one.driver.refresh()
        one.wait("return document.documentElement.dataset.ready && document.querySelectorAll('#history-list a').length")
        assert one.run("return document.querySelector('#history-list').textContent") == QUESTION
        assert one.run("return document.querySelectorAll('.turn').length") == 0
        one.run("document.querySelector('[data-forget]').click()")
        assert one.run("return localStorage.getItem('adviser-history')") is None
        assert one.run("return document.querySelectorAll('#history-list a').length") == 0


if __name__ == "__main__":
    journeys = {"keyboard": keyboard, "accessible": accessible, "hostile": hostile, "sessions": sessions}
    journeys[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else Path())
