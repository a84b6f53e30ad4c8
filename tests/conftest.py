"""What every test stands on: no network, a home of its own, and the packaged library built once for all of them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

sys.path.insert(0, str(Path(__file__).parent / "offline"))
import refuse_sockets  # sockets are refused from here on
from documents import write_markdown
from isolation import forget_open_folders

from assistant import open_assistant
from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.run import ingest_files

OFFLINE = str(Path(__file__).parent / "offline")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's library would be: nothing is there yet. The working folder is the test's own; no setting is inherited."""
    for name in [name for name in os.environ if name.startswith("ADVISER_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("ADVISER_HOME", str(home))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    monkeypatch.setenv("PYTHONPATH", OFFLINE)
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def loopback() -> Iterator[None]:
    """127.0.0.1 is open for one test, which speaks to a server of its own; every other address stays refused."""
    refuse_sockets.loopback = True
    yield
    refuse_sockets.loopback = False


@pytest.fixture(scope="session")
def packaged_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a packaged library, built once for all the processes of a test run. Copy it; never open it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    template = shared / "packaged-home"
    with FileLock(shared / "packaged-home.lock"):
        if not (template / "built").exists():
            shutil.rmtree(template, ignore_errors=True)
            open_assistant(Settings(home=template)).library.engine.dispose()
            (template / "built").touch()
    return template


@pytest.fixture
def packaged_home(packaged_template: Path, home: Path) -> Path:
    """This test's home, with the packaged library in it."""
    shutil.copytree(packaged_template, home)
    return home


@pytest.fixture(scope="session")
def packaged(packaged_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The packaged library, open. Shared: ask and search only."""
    home = tmp_path_factory.mktemp("packaged") / "home"
    shutil.copytree(packaged_template, home)
    assistant = open_assistant(Settings(home=home, threads=1))
    yield assistant
    assistant.library.engine.dispose()


@pytest.fixture(autouse=True)
def _chroma_forgets() -> Iterator[None]:
    """Chroma keeps opened folders for the life of a process; a test must not see what another opened under it."""
    yield
    forget_open_folders()


@pytest.fixture(scope="session")
def reef_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reef.md` and, in `home`, a library that holds just that. Copy it; never open it."""
    folder = tmp_path_factory.mktemp("reef")
    ingest_files(Settings(home=folder / "home", corpus="none", threads=1), [write_markdown(folder / "reef.md")])
    return folder


@pytest.fixture
def reef(reef_template: Path, home: Path, own_corpus: None) -> Path:
    """A document that this test's library holds, and nothing else does it hold."""
    shutil.copytree(reef_template / "home", home)
    return reef_template / "reef.md"


@pytest.fixture
def own_settings(home: Path) -> Settings:
    """A library of the user's own documents only: quick to make."""
    return Settings(home=home, corpus="none", threads=1)


@pytest.fixture
def own_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for commands that are run as processes."""
    monkeypatch.setenv("ADVISER_CORPUS", "none")
