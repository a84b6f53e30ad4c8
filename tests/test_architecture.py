"""The house keeps its shape: imports point one way, each outside library has one door, and nothing is built at import."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = ("corpus", "assistant", "ingest", "evals", "ui")
DOORS = {
    "chromadb": ("assistant/index/vectors.py",),
    "tantivy": ("assistant/index/words.py",),
    "onnxruntime": ("assistant/index/onnx_model.py", "assistant/models/"),
    "tokenizers": ("assistant/index/onnx_model.py", "assistant/models/"),
    "onnx": ("assistant/models/",),
    "torch": ("assistant/models/", "evals/fit_cross_encoder.py"),
    "transformers": ("assistant/models/", "evals/fit_cross_encoder.py"),
    "safetensors": ("assistant/models/", "evals/fit_cross_encoder.py"),
    "alembic": ("assistant/library/",),
    "sqlalchemy": ("assistant/library/", "ingest/doctor.py"),  # the doctor's one statement is a pragma of the database itself
    "sqlite3": ("assistant/library/",),
    "langchain_core": ("assistant/langchain_retriever.py",),
    "langchain_openai": ("assistant/llm.py",),
    "sentencex": ("assistant/text/sentences.py",),
    "pydantic_settings": ("assistant/settings.py",),
    "platformdirs": ("assistant/settings.py",),
    "yaml": (
        "ingest/corpus_reader.py",
        "evals/",
        "assistant/instruments/spec.py",
        "assistant/instruments/outcomes/reading.py",
        "assistant/briefs/template_file.py",
    ),
    "trafilatura": ("ingest/extract/html.py",),
    "lxml": ("ingest/extract/",),
    "openpyxl": ("ingest/extract/xlsx.py", "ui/export_framework_xlsx.py"),
    "pypdfium2": ("ingest/extract/pdfium.py",),
    "markdown_it": ("ingest/extract/markdown.py",),
    "charset_normalizer": ("ingest/extract/decoding.py",),
    "rich": ("ui/terminal.py",),
    "gradio": ("ui/web",),
    "fastapi": ("ui/api", "ui/web"),
    "docx": ("ui/export_docx", "ui/export_framework_docx", "ui/draft_docx"),
    "citeproc": ("ui/export_references.py",),
    "typst": ("ui/export_pdf.py",),
}
ONE_MODULE = (
    "trafilatura",
    "pypdfium2",
    "markdown_it",
    "charset_normalizer",
    "sentencex",
    "chromadb",
    "tantivy",
    "langchain_core",
    "rich",
    "citeproc",
    "typst",
)
HEAVY = (
    "alembic", "chromadb", "citeproc", "docx", "fastapi", "gradio", "langchain_core", "langchain_openai", "markdown_it", "onnxruntime", "pypdfium2",
    "rich", "sentencex", "tokenizers", "trafilatura", "typst",
)  # fmt: skip
MAY_LOAD = {"assistant.langchain_retriever": {"langchain_core"}, "ui.terminal": {"rich"}}
NOT_IMPORTABLE = (
    "assistant/models/",
    "assistant/library/migrations/",
)  # the conversion script needs torch; migrations are run by Alembic


def our_files() -> list[Path]:
    return [path for package in ORDER for path in sorted((ROOT / package).rglob("*.py"))]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path, *, types_too: bool = True) -> Iterator[str]:
    """Every module a file imports, at any depth, and those it names to `import_module`; with or without those for types only."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = [node for node in ast.walk(tree) if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"]
    left_out = set() if types_too else {id(inner) for block in for_types for part in block.body for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)} imports by a relative name"
            yield node.module or ""
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
            "import_module",
            "__import__",
        }:
            yield from (
                part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def top(module: str) -> str:
    return module.partition(".")[0]


def fresh(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter in which sockets are refused (see conftest)."""
    return subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60)


def test_imports_point_left_only() -> None:
    files = our_files()
    wrong = [
        f"{place(path)} imports {module}"
        for path in files
        for module in imported(path)
        if top(module) in ORDER and ORDER.index(top(module)) > ORDER.index(place(path).partition("/")[0])
    ]
    assert len(files) > 60
    assert wrong == []


def test_the_corpus_holds_no_logic() -> None:
    assert [place(path) for path in our_files() if place(path).startswith("corpus/") and path.read_text("utf-8").strip()] == []


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_outside_library_has_one_door(library: str) -> None:
    wrong = [
        place(p)
        for p in our_files()
        if library in {top(m) for m in imported(p, types_too=False)} and not place(p).startswith(DOORS[library])
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ONE_MODULE)
def test_the_door_is_one_module(library: str) -> None:
    doors = [place(path) for path in our_files() if library in {top(m) for m in imported(path, types_too=False)}]
    assert len(doors) == 1, doors


def test_the_door_test_sees_imports_inside_functions_and_by_name(tmp_path: Path) -> None:
    liar = tmp_path / "liar.py"
    liar.write_text("def f():\n    import chromadb.api\n    from importlib import import_module\n    import_module(f'ui.{f}')\n")
    assert {top(module) for module in imported(liar)} == {"chromadb", "importlib", "ui"}


def test_importing_any_module_builds_nothing_and_loads_nothing_heavy(home: Path) -> None:
    modules = [
        place(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in our_files()
        if not place(path).startswith(NOT_IMPORTABLE)
    ]
    code = f"""
import importlib, json, sys
heavy, found = {HEAVY!r}, {{}}
for name in {modules!r}:
    before = set(sys.modules)
    importlib.import_module(name)
    loaded = sorted({{m.partition('.')[0] for m in set(sys.modules) - before}} & set(heavy))
    if loaded:
        found[name] = loaded
print(json.dumps(found))
"""
    done = fresh(code)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    wrong = {name: loaded for name, loaded in found.items() if not set(loaded) <= MAY_LOAD.get(name, set()) | _comes_with(name)}
    assert wrong == {}
    assert not home.exists()


def _comes_with(name: str) -> set[str]:
    """What a door's own library loads: rich uses markdown-it when it finds it."""
    return {"markdown_it"} if name == "ui.terminal" else set()


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["ingest", "--help"]])
def test_help_loads_no_library_at_all(arguments: list[str], home: Path) -> None:
    code = f"""
import sys
from ui.cli import main
try:
    main({arguments!r})
except SystemExit as end:
    assert not end.code, end.code
outside = {{m.partition('.')[0] for m in sys.modules}} & {{*{HEAVY!r}, 'numpy', 'pydantic', 'sqlalchemy', 'tantivy', 'yaml'}}
assert not outside, outside
"""
    done = fresh(code)
    assert done.returncode == 0, done.stderr
    assert "usage: adviser" in done.stdout
    assert not home.exists()


def test_the_five_package_names_are_ours_alone() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {
        name: set(owners.get(name, [])) for name in ORDER if set(owners.get(name, ["mission-adviser"])) != {"mission-adviser"}
    } == {}


def test_the_modules_that_are_imported_are_those_of_this_checkout() -> None:
    done = fresh(
        "import corpus, assistant, ingest, evals, ui, json\n"
        "print(json.dumps([m.__file__ for m in (corpus, assistant, ingest, evals, ui)]))"
    )
    assert [Path(path).parent.name for path in json.loads(done.stdout)] == list(ORDER)


def test_sockets_are_refused_here_and_in_what_the_tests_start() -> None:
    import socket

    with pytest.raises(ConnectionRefusedError), socket.socket() as here:
        here.connect(("127.0.0.1", 9))
    done = fresh("import socket\nsocket.create_connection(('127.0.0.1', 9))")
    assert "the tests refuse the network" in done.stderr
