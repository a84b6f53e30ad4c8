"""Bad input gets one clear line with what to do, exit code 2, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from command import Ran, run
from documents import LIGHTHOUSE, write_markdown
from isolation import forget_open_folders

from assistant import open_assistant
from assistant.library.database import FILE_NAME
from assistant.settings import Settings, load_settings
from ingest.doctor import examine


def require_refused(ran: Ran, *words: str) -> None:
    line = ran.one_line()
    assert ran.code == 2, ran
    assert ran.out == ""
    assert line.startswith("adviser: ")
    assert [word for word in words if word not in line] == [], line


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", ("empty",)),
        (" \t\n ", ("empty",)),
        ("?!  …", ("no words",)),
        ("why " * 25_000, ("100,000 characters", "8,000")),
        (b"caf\xe9 missions", ("UTF-8",)),
        ("\x01\x02", ("no words",)),
    ],
    ids=["empty", "blank", "no words", "100 kB", "not UTF-8", "control characters only"],
)
def test_what_is_no_question_is_refused_before_anything_is_opened(
    command: str, given: str | bytes, words: tuple[str, ...], home: Path
) -> None:
    require_refused(run(command, given), *words)
    assert not home.exists()


@pytest.mark.parametrize("given", [b"", b"\xff\xfe\xfa", b"missions " * 200_000], ids=["empty", "not UTF-8", "1.8 MB"])
def test_what_is_no_question_on_standard_input_is_refused_too(given: bytes, home: Path) -> None:
    require_refused(run("ask", "-", given=given))
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADVISER_THREADS", "many"),
        ("ADVISER_THREADS", "-1"),
        ("ADVISER_CORPUS", "/nowhere"),
        ("ADVISER_QUESTION_LIMIT", "0"),
        ("ADVISER_FILE_SECONDS", "soon"),
        ("ADVISER_LOCK_SECONDS", "-3"),
    ],
)
def test_a_wrong_setting_names_itself_and_its_value(name: str, value: str, home: Path) -> None:
    for arguments in (["ask", "What is a mission?"], ["where"], ["doctor"]):
        require_refused(run(*arguments, environment={name: value}), name, value)
    assert not home.exists()


def test_a_setting_that_is_misspelt_is_pointed_out_and_the_command_goes_on(own_corpus: None) -> None:
    ran = run("where", environment={"ADVISER_THREAD": "2"})
    assert ran.code == 0
    assert "ADVISER_THREADS" in ran.one_line()


def require_nothing_lost() -> None:
    settings = load_settings()
    forget_open_folders()
    assert any(LIGHTHOUSE in result.text for result in open_assistant(settings).search("Zanzibar lighthouse lamps"))
    assert [finding for finding in examine(settings) if not finding.well] == []


def test_a_binary_file_named_markdown_is_reported_and_not_ingested(tmp_path: Path, reef: Path) -> None:
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "noise.md").write_bytes(bytes(range(256)) * 20)
    ran = run("ingest", str(tmp_path / "picture.md"), str(tmp_path / "noise.md"))
    assert (ran.code, ran.err) == (2, "")
    for name, word in (("picture.md", "PNG"), ("noise.md", "binary")):
        lines = [line for line in ran.out.splitlines() if name in line]
        assert len(lines) == 1
        assert lines[0].startswith("failed")
        assert word in lines[0]
    require_nothing_lost()


def test_a_path_that_is_not_there_is_refused_and_nothing_beside_it_is_ingested(tmp_path: Path, reef: Path) -> None:
    other = write_markdown(tmp_path / "other.md", fact="The Lerwick tram mission laid 7 kilometres of track in 2003.")
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    for missing in (tmp_path / "missing.md", tmp_path / "broken", reef / "in-a-file.md"):
        require_refused(run("ingest", str(other), str(missing)), str(missing), "Check the path")
    assert [source["id"] for source in run("sources", "--json").json()] == ["reef"]
    require_nothing_lost()


def test_an_empty_folder_is_refused(tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    require_refused(run("ingest", str(tmp_path / "empty")), "no file")


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path, reef: Path) -> None:
    """Root may list any folder, so as root the folder is one that the kernel itself refuses to list (see `unlistable`)."""
    folder = unlistable(tmp_path)
    require_refused(run("ingest", str(folder)), "cannot be read", "Check that you may open it")
    require_nothing_lost()


def unlistable(tmp_path: Path) -> Path:
    """A folder that exists and cannot be listed; as root, one of those that the kernel guards, if there is any here."""
    if os.geteuid() != 0:
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o000)
        return folder
    for path in (Path("/proc/self/map_files"), Path("/proc/1/map_files"), Path("/proc/1/fd"), Path("/sys/kernel/security")):
        try:
            if path.is_dir():
                list(path.iterdir())
        except OSError:
            return path
    pytest.skip("as root, and this machine has no folder that refuses to be listed")


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(reef: Path, home: Path) -> None:
    with sqlite3.connect(home / FILE_NAME) as connection:
        connection.execute("update meta set value = 'another-model' where key = 'fingerprint.embedder'")
    connection.close()
    for arguments in (["ask", "What is a lamp?"], ["ingest", str(reef)]):
        require_refused(run(*arguments), "another embedding model", "adviser doctor --repair")
    assert "BAD" in (examined := run("doctor")).out
    assert examined.code == 2
    assert run("doctor", "--repair").code == 0
    require_nothing_lost()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sources", "show", "no-such-source"], ("no-such-source", "adviser sources")),
        (["sources", "remove", "no-such-source"], ("no-such-source", "adviser sources")),
        (["sources", "show"], ("adviser sources show ID",)),
        (["ask", "What is a lamp?", "--source", "no-such-source"], ("no-such-source", "adviser sources")),
        (["search", "lamp", "--source", "no-such-source"], ("no-such-source", "adviser sources")),
        (["receipt", "0123456789abcdef"], ("0123456789abcdef", "receipt")),
        (["sources", "show", b"caf\xe9"], ("UTF-8",)),
        (["receipt", b"\xe9"], ("UTF-8",)),
        (["corpus", "check"], ("ADVISER_CORPUS",)),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_not_there_is_named_with_how_to_find_it(arguments: list, words: tuple[str, ...], reef: Path) -> None:
    require_refused(run(*arguments), *words)


def test_a_file_whose_name_is_not_text_is_reported_and_the_rest_is_ingested(tmp_path: Path, reef: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    write_markdown(folder / "reef.md")
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text("A mission needs a harbour.")
    except OSError:
        pytest.skip("this file system holds text names only")
    for arguments in (["ingest", str(folder), "--json"], ["ingest", str(folder)]):
        ran = run(*arguments)
        assert (ran.code, ran.err) == (1, "")
        assert "caf�.md" in ran.out
    listed = run("ingest", "-", given=os.fsencode(folder) + b"/caf\xe9.md\n")
    assert (listed.code, listed.err) == (2, "")
    require_nothing_lost()


def test_a_home_that_cannot_be_written_is_refused_as_such(tmp_path: Path) -> None:
    """Root may write to any folder, so a file stands where the home, or a folder above it, should be."""
    (tmp_path / "file").write_text("I am a file")
    for blocked in (tmp_path / "file", tmp_path / "file" / "home"):
        for arguments in (["ask", "What is a mission?"], ["ingest", __file__]):
            require_refused(run(*arguments, environment={"ADVISER_HOME": str(blocked)}), "cannot be written", "ADVISER_HOME")
    assert (tmp_path / "file").read_text() == "I am a file"
    assert run("where", environment={"ADVISER_HOME": str(tmp_path / "file")}).code == 0


def test_a_library_that_cannot_be_written_is_refused_and_is_whole_afterwards(tmp_path: Path, reef: Path, home: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write to a folder without write permission; the home that is a file shows the same line")
    home.chmod(0o500)
    (home / FILE_NAME).chmod(0o400)
    try:
        require_refused(run("ask", "How many lamps?"), "cannot be written")
    finally:
        home.chmod(0o700)
        (home / FILE_NAME).chmod(0o600)
    require_nothing_lost()


def test_a_disk_that_is_full_is_one_line_and_the_next_run_completes(tmp_path: Path, reef: Path, home: Path) -> None:
    """The disk is a limit on how large any one file may grow: writes beyond it fail as on a full disk."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(30):
        write_markdown(folder / f"d{n}.md", fact=f"District {n} planted {n * 7 + 3} elm trees. " * 30)
    largest = max(path.stat().st_size for path in home.rglob("*") if path.is_file())
    ran = run(
        "ingest", str(folder), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 4096, largest + 4096))
    )
    assert ran.code == 2, ran
    ran.one_line()
    acknowledged = {line.rsplit(" as ", 1)[1] for line in ran.out.splitlines() if line.startswith("added")}
    ready = set(open_assistant(Settings(home=home, corpus="none")).library.sources())
    assert acknowledged <= ready
    assert "reef" in ready
    assert run("ingest", str(folder)).code == 0
    assert len(run("sources", "--json").json()) == 31
    require_nothing_lost()


STRANGE = [
    "What is a mission?\x1b[31m\x07 red \x00 and \x08 back",
    "missions 🚀🚀 for 👩‍👩‍👧 families?",
    "ما هي المهمة الحكومية؟ mission",
    "\u202emission reversed\u202c?",
    "'; DROP TABLE sources; -- mission?",
    'title:"a" AND (',
    "mission AND OR NOT (((",
    "* mission *",
    '\\ mission \\\\ "',
    "mission^99999999 body:[a TO z} ~5",
    "/mission.*/ IN [a b] +must -not",
    "{{mission}} ${HOME} %s %d [bold]mission[/bold]",
    "mission " + "é" * 3000,
    "任务导向政府是什么",
    "ß ﬁ ǅ İ mission",
    "a" * 7000,
    "mission " + "nation " * 1000,
    "--- ?mission=1&x=2 <script>alert(1)</script>",
]


@pytest.mark.parametrize("question", STRANGE, ids=range(len(STRANGE)))
def test_strange_questions_are_questions(question: str, packaged) -> None:
    answer = packaged.ask(question)
    assert answer.outcome not in {"error_model", "error_index"}
    assert packaged.receipt(answer.receipt_id).answer == answer
    assert all(result.rank for result in packaged.search(question, k=5))


@pytest.mark.parametrize(
    "question", ['title:"a" AND (', "'; DROP TABLE sources; -- mission? 🚀 \u202e", "[bold]mission[/bold] \x1b[31m"]
)
def test_strange_questions_are_questions_at_the_command_line(question: str, reef: Path) -> None:
    for arguments in (["ask", question], ["search", question, "--json"]):
        ran = run(*arguments)
        assert (ran.code, ran.err) == (0, "")
    require_nothing_lost()


def test_the_version_is_told() -> None:
    from importlib.metadata import version

    done = run("--version")
    assert (done.code, done.out, done.err) == (0, f"adviser {version('mission-adviser')}\n", "")
