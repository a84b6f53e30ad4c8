"""Every page and state as it looks: axe-core on each, at 400 % zoom without scrolling sideways, pictures at three widths, light and dark, and on
paper. Raises with all that is wrong, at the end.

    python looks.py HOME FOLDER     HOME: a library's folder; FOLDER: where pictures go

Run as a process of its own: the tests refuse sockets in theirs.
"""

from __future__ import annotations

import base64
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from browser import Browser, server
from reportlab.pdfgen import canvas
from selenium.webdriver.common.keys import Keys

from evals.folder import write_run
from evals.verdicts import Figure

QUESTION = "What happened with Sure Start?"
REFUSED = "How many zebras does the mission board of Leeds own?"
OWN = "What does the okapi mission of Hull plant every year?"
SIZES = ((375, 812), (768, 1024), (1440, 900))
ZOOMED = (320, 256)  # 1,280 by 1,024 at 400 %
KEY = "a key of enough characters"


def main(home: Path, folder: Path) -> None:
    """Look at all states in both modes, and print the answer page."""
    findings: list[str] = []
    store_run(home)
    with server(home) as address, server(home, ADVISER_SERVE_KEY=KEY) as shared:
        for mode in ("light", "dark"):
            with Browser(dark=mode == "dark") as browser:
                for state in states(browser, address, shared):
                    findings += [f"{state}, {mode}: {each}" for each in look(browser, folder, f"{state}-{{}}-{mode}.png")]
                    if state == "answer-page" and mode == "light":
                        paper = browser.driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
                        (folder / "answer-page.pdf").write_bytes(base64.b64decode(paper["data"]))
    assert not findings, "\n".join(findings)


def look(browser: Browser, folder: Path, name: str) -> list[str]:
    """What is wrong with the page as it stands; its pictures go to the folder."""
    wrong = browser.axe()
    for width, height in SIZES:
        browser.size(width, height)
        time.sleep(0.25)
        browser.picture(folder / name.format(width))
        if width == SIZES[0][0]:
            wrong += [f"on a phone: {each}" for each in browser.axe()]
    browser.size(*ZOOMED)
    time.sleep(0.25)
    content, window = browser.width()
    if content > window:
        wrong.append(f"scrolls sideways at 400 %: {content} in {window}")
    browser.size(1440, 900)
    time.sleep(0.25)
    return wrong


def states(browser: Browser, address: str, shared: str) -> Iterator[str]:
    """Bring the browser into each state, and name it."""
    yield from asking(browser, address)
    receipt = browser.run("return document.querySelector('.turn[data-receipt]').dataset.receipt")
    yield from adding(browser)
    browser.open_tab("Quality")
    browser.wait("return document.querySelector('#quality table')")
    yield "quality"
    pages = {"answer-page": f"answers/{receipt}", "source-page": "sources/sure-start", "not-found": "answers/" + "0" * 16}
    for state, path in pages.items():
        browser.driver.get(address + path)
        yield state
    browser.driver.get(shared)
    yield "sign-in"


def asking(browser: Browser, address: str) -> Iterator[str]:
    """The Ask tab from the first visit to an answer, a refusal and a question that cannot be used."""
    browser.chat(address)
    yield "first-visit"
    browser.focus_box()
    browser.ask(QUESTION)
    yield "answer"
    browser.run("for (const e of document.querySelectorAll('details')) e.open = true")
    browser.run("document.querySelector('#filters button').click()")
    browser.run("document.querySelector('a.cite').click()")
    yield "card-open"
    browser.run("document.querySelector('#fresh').click()")
    browser.wait("return !document.querySelector('.turn')")
    browser.focus_box()
    browser.ask(REFUSED)
    yield "refusal"
    browser.run("document.querySelector('#filter-place textarea, #filter-place input').focus()")
    browser.keys("Nowhere at all")
    browser.focus_box()
    browser.keys(QUESTION, Keys.RETURN)
    browser.wait("return document.querySelector('#current .problem')")
    yield "not-answered"
    browser.chat(address)
    browser.focus_box()
    browser.ask(QUESTION)


def adding(browser: Browser) -> Iterator[str]:
    """The Library tab, what became of documents that were added, an answer from one with its page, the document's own page."""
    browser.open_tab("Library")
    yield "library"
    files = [page_of(browser.folder), browser.folder / "broken.pdf"]
    files[1].write_bytes(b"%PDF-no")
    browser.driver.find_element("css selector", "#upload-files").send_keys("\n".join(str(each) for each in files))
    browser.driver.find_element("css selector", ".upload-form [type=submit]").click()
    browser.wait("return document.querySelector('.upload-said').textContent.startsWith('Done')", seconds=90)
    yield "upload-report"
    own = browser.run("return document.querySelector('.upload-report a').href")
    browser.open_tab("Ask")
    browser.focus_box()
    browser.ask(OWN)
    browser.run("document.querySelector('#current a.cite').click()")
    browser.run("document.querySelector('.evidence:not([hidden]) .page-picture').open = true")
    browser.wait("return document.querySelector('.evidence:not([hidden]) .page-picture img').naturalWidth")
    yield "page-of-a-pdf"
    browser.open_tab("Library")
    back = browser.driver.current_url
    browser.driver.get(own)
    yield "own-document"
    browser.run("document.querySelector('.removal').open = true")
    browser.driver.find_element("css selector", ".removal button").click()
    browser.wait("return document.documentElement.dataset.ready")
    assert browser.driver.current_url == back
    browser.focus_box()
    browser.ask(QUESTION)


def page_of(folder: Path) -> Path:
    """A PDF of one page that says something."""
    path = folder / "okapi.pdf"
    page = canvas.Canvas(str(path), pagesize=(420, 595))
    page.setTitle("Okapi plan for Hull")
    for row, words in enumerate(("The okapi mission of Hull plants nine thousand trees", "every year. It began in 2019.")):
        page.drawString(60, 500 - 16 * row, words)
    page.save()
    return path


def store_run(home: Path) -> None:
    """A finished eval run to show."""
    folder = home / "evals" / "made-for-the-pictures"
    folder.mkdir(parents=True, exist_ok=True)
    figures = [
        Figure(suite="retrieval", measure="recall_at_5", value=0.956, low=0.94, high=0.97, cases=412),
        Figure(suite="abstention", measure="refused_when_it_should", value=0.91, low=0.86, high=0.95, cases=120),
        Figure(suite="grounding", measure="false_sentences_shown", value=None, cases=0),
    ]
    write_run(folder, facts={}, verdicts=[], figures=figures, curves=[], passages={}, times={})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
