"""What people do with the product, in a real browser. Each function is one journey and raises where it fails.

    python journeys.py NAME HOME [FOLDER]     HOME: a library's folder; FOLDER: where pictures go

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from browser import Browser, server
from looks import OWN, QUESTION, REFUSED, page_of
from selenium.webdriver.common.keys import Keys

from evals.scripted_chat_server import Asked, End, Say, Step, Wait, scripted_chat_server

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


def hostile(home: Path, _: Path) -> None:
    """Scripts in a question, a file's name, its title and its text are shown as text; nothing runs, then or later, and nothing is sent elsewhere."""
    with server(home) as address, Browser() as browser:
        browser.chat(address)
        files = [
            browser.folder / "zebra<img src=x onerror=window.hacked=1>.html.txt",
            browser.folder / "<svg onload=window.hacked=1>.html",
        ]
        files[0].write_text(
            f"The zebra mission of Leeds {HOSTILE} costs 12 million pounds. ![x](http://evil.example/p.png)\n", "utf-8"
        )
        title = HOSTILE.replace("<", "&lt;")
        files[1].write_text(
            f"<title>{title}</title><p>The okapi mission of Hull costs 3 million pounds a year. {title}</p>", "utf-8"
        )
        browser.open_tab("Library")
        browser.driver.find_element("css selector", "#upload-files").send_keys("\n".join(str(each) for each in files))
        browser.driver.find_element("css selector", ".upload-form [type=submit]").click()
        browser.wait("return document.querySelector('.upload-said').textContent.startsWith('Done: 2 of 2')", seconds=90)
        pages = browser.run("return [...document.querySelectorAll('.upload-report a')].map(e => e.href)")
        browser.driver.find_element("css selector", "#library-mine input").click()
        browser.driver.find_element("css selector", "#library-show").click()
        browser.wait("return document.querySelector('#library-list').textContent.includes('<script>')")
        _unharmed(browser, "library")
        browser.open_tab("Ask")
        for question in (
            f"What does the zebra mission of Leeds cost? {HOSTILE}",
            "What does the okapi mission of Hull cost?",
            REFUSED + HOSTILE,
        ):
            browser.focus_box()
            browser.ask(question)
            _unharmed(browser, question)
        assert "okapi mission" in browser.run("return document.querySelector('#conversation').textContent"), (
            "what was added answers"
        )
        browser.open_tab("Quality")
        receipts = browser.run("return [...document.querySelectorAll('.turn[data-receipt]')].map(e => e.dataset.receipt)")
        for path in ("", *(f"answers/{receipt}" for receipt in receipts), *(page.removeprefix(address) for page in pages)):
            browser.driver.get(address + path)
            time.sleep(0.5)
            _unharmed(browser, path)
        assert browser.elsewhere(address) == []
        assert [each for each in browser.complaints() if "Security Policy" in each] == []


def _unharmed(browser: Browser, where: str) -> None:
    assert browser.run("return window.hacked === undefined && !document.querySelector('img, svg[onload], .fragment script')"), (
        where
    )


def own(home: Path, _: Path) -> None:
    """A document added in one browser answers there, with its page's picture, and is not found in another."""
    with server(home) as address, Browser() as one, Browser() as two:
        one.chat(address)
        one.open_tab("Library")
        one.driver.find_element("css selector", "#upload-files").send_keys(str(page_of(one.folder)))
        one.driver.find_element("css selector", ".upload-form [type=submit]").click()
        one.wait("return document.querySelector('.upload-said').textContent.startsWith('Done: 1 of 1')", seconds=90)
        for browser, finds in ((one, True), (two, False)):
            browser.chat(address)
            browser.focus_box()
            browser.ask(OWN)
            assert ("nine thousand" in browser.run("return document.querySelector('#current').textContent")) is finds
        assert "this browser only" in one.run("return document.querySelector('#current').textContent")
        two.open_tab("Library")
        two.wait("return document.querySelector('#library-list').textContent.includes('sources')")
        assert "Okapi" not in two.run("return document.body.textContent")
        receipt = one.run("return document.querySelector('#current .turn').dataset.receipt")
        for browser, title in ((one, "Answer from the library"), (two, "Not found")):
            browser.driver.get(f"{address}answers/{receipt}")
            assert browser.run("return document.querySelector('h1').textContent") == title


def waiting(home: Path, _: Path) -> None:
    """With a chat model: what is being done is said, each sentence comes as soon as it is checked, and stopping keeps the question."""

    def slow(asked: Asked) -> list[Step]:
        lines = [f"{text} [{token}]\n" for token, text in list(asked.passages.items())[:3]]
        return [Wait(2), Say("## answer\n" + lines[0]), Wait(2), Say(lines[1]), Wait(60), Say(lines[2]), End()]

    with scripted_chat_server(slow) as model:
        settings = {"ADVISER_MODEL": "scripted", "ADVISER_MODEL_BASE_URL": model.base_url, "ADVISER_MODEL_TIMEOUT": "90"}
        with server(home, **settings) as address, Browser() as browser:
            browser.chat(address)
            browser.focus_box()
            browser.keys(QUESTION, Keys.RETURN)
            browser.wait("return document.querySelector('#current .waiting .doing')?.textContent.includes('Reading')")
            assert browser.run("return document.querySelector('#current .turn').getAttribute('aria-busy')") == "true"
            assert "Reading" in browser.run("return document.querySelector('#status').textContent")
            for count in (1, 2):
                browser.wait(f"return document.querySelectorAll('#current .waiting .sentence').length === {count}")
            assert browser.axe() == []
            browser.driver.find_element("css selector", "#stop").click()
            browser.wait("return document.querySelector('#status').textContent === 'Stopped.'")
            assert browser.run("return document.querySelector('#question textarea').value") == QUESTION
            assert not browser.run("return document.querySelector('#current .waiting')")
            time.sleep(1)
            assert browser.run("return document.querySelectorAll('#current .sentence').length") == 2, "nothing comes after a stop"


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
        assert one.run("return document.querySelector('#history-list a').textContent") == QUESTION
        assert one.run("return document.querySelectorAll('.turn').length") == 0
        one.focus_box()
        one.ask("What is directionality?")
        one.wait("return document.querySelectorAll('#history-list a').length === 2")
        one.run("document.querySelector('#history-list [data-forget]').click()")
        assert one.run("return document.querySelector('#history-list').textContent").startswith(QUESTION), (
            "one is deleted, the other stays"
        )
        one.run("document.querySelector('[data-forget=all]').click()")
        assert one.run("return localStorage.getItem('adviser-history')") is None
        assert one.run("return document.querySelectorAll('#history-list a').length") == 0


if __name__ == "__main__":
    journeys = {"keyboard": keyboard, "hostile": hostile, "own": own, "waiting": waiting, "sessions": sessions}
    journeys[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else Path())
