"""A real browser on the real server, as processes of their own. Owns: starting both, keys, waiting, axe, screenshots."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

AXE_PACKAGE = "axe_playwright_python"  # a package that carries axe-core; nothing else of it is used
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
)
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextmanager
def server(home: Path, **settings: str) -> Iterator[str]:
    """`adviser serve` on a free port; gives its address, and stops it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "ADVISER_HOME": str(home),
        **settings,
    }
    command = [sys.executable, "-P", "-m", "ui.cli", "serve", "--port", "0"]
    complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed below
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True, cwd=home.parent)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if " ready at " not in line:
            complaints.seek(0)
            raise AssertionError(f"the server said: {line!r} {complaints.read()[-2000:]}")
        yield line.split(" ready at ")[1].split()[0]
    finally:
        process.terminate()
        process.wait(30)
        complaints.close()


class Browser:
    """Headless Chromium with a profile of its own, which can reach this machine only."""

    def __init__(self, *, width: int = 1440, height: int = 900, dark: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="adviser-browser-"))
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS, NOWHERE_ELSE, f"--user-data-dir={self.folder / 'profile'}"):
            options.add_argument(flag)
        options.add_experimental_option(
            "prefs", {"download.default_directory": str(self.folder), "download.prompt_for_download": False}
        )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.size(width, height)
        self.dark(on=dark)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.driver.quit()
        shutil.rmtree(self.folder, ignore_errors=True)

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def dark(self, *, on: bool) -> None:
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def chat(self, address: str) -> None:
        """Open the chat and wait until it can be used."""
        self.driver.get(address)
        self.wait("return document.documentElement.dataset.ready")
        time.sleep(0.3)

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, script: str, *, seconds: float = 20) -> Any:
        """Until a script gives something true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.run(script)
            if found:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"{script}\n{self.complaints()}")

    def keys(self, *pressed: str) -> None:
        """Press keys on whatever has the focus."""
        for each in pressed:
            ActionChains(self.driver).send_keys(each).perform()

    def tab_to(self, what: str, *, most: int = 120, back: bool = False) -> None:
        """Press Tab until the focus is on an element that matches; every stop on the way must show that it has the focus."""
        for _ in range(most):
            if back:
                ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
            else:
                self.keys(Keys.TAB)
            here = self.run(
                "const e = document.activeElement, s = getComputedStyle(e), l = e.closest('label');"
                "const ring = s.outlineStyle !== 'none' || (l && getComputedStyle(l).outlineStyle !== 'none');"
                "return [e.matches(arguments[0]), e === document.body || ring, e.outerHTML.slice(0, 120)]",
                what,
            )
            assert here[1], f"no visible focus on {here[2]}"
            if here[0]:
                return
        raise AssertionError(f"Tab does not reach {what}")

    def ask(self, question: str) -> None:
        """Type a question into the box, which has the focus, and wait for its answer."""
        before = self.run("return document.querySelectorAll('.turn[data-receipt]').length")
        self.keys(question, Keys.RETURN)
        self.wait(f"return document.querySelectorAll('.turn[data-receipt]').length > {before}")
        time.sleep(0.3)

    def focus_box(self) -> None:
        self.run("document.querySelector('#question textarea').focus()")

    def open_tab(self, name: str) -> None:
        """Open a tab; a narrow page draws its tabs late, and some of them behind a "more" button."""
        all_of_them = "[...document.querySelectorAll('[role=tab], .overflow-menu button')]"
        tab = f"{all_of_them}.find(e => e.textContent.trim() === {json.dumps(name)})"
        self.wait(f"return {tab}")
        self.run(f"{tab}.click()")
        time.sleep(0.8)

    def axe(self) -> list[str]:
        """Serious and critical findings of axe-core on the page as it stands, with every element."""
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": _axe_source()})
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "const failed = e => done([{impact: 'critical', id: String(e), nodes: []}]);"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations), failed)"
        )
        return [
            f"{each['impact']}: {each['id']}: {[node['html'][:200] for node in each['nodes']]}"
            for each in found
            if each["impact"] in {"serious", "critical"}
        ]

    def width(self) -> tuple[int, int]:
        """Width of the content and of the window: the page does not scroll sideways when the first is not the larger."""
        content, window = self.run("return [document.documentElement.scrollWidth, window.innerWidth]")
        return content, window

    def picture(self, path: Path) -> None:
        """The whole page as a PNG, to at most 6,000 pixels down."""
        high = self.run("return Math.min(6000, document.documentElement.scrollHeight)")
        clip = {"x": 0, "y": 0, "width": self.run("return innerWidth"), "height": high, "scale": 1}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        path.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self) -> list[str]:
        """What the browser's console says that is not mere information."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in {"WARNING", "SEVERE"}]

    def elsewhere(self, address: str) -> list[str]:
        """Addresses that were asked for and are not this server's."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith((address, "data:", "blob:", "chrome:", "about:"))]


def _axe_source() -> str:
    """The script of axe-core."""
    found = find_spec(AXE_PACKAGE)
    assert found is not None, "pip install '.[dev]'"
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")
