"""A framework from a file and back. Owns: YAML and JSON in, JSON out, and errors of one line that say where.

Does not own: what a framework is. Anchors and repeated keys are refused: the one can be made to grow without end, the other hides
what was written first.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.events import AliasEvent

from assistant.errors import InputError, NotFoundError
from assistant.instruments.outcomes.framework import Framework

LARGEST = 400_000  # characters: some ten times a very full framework
PLAIN = {
    "float_type": "give a number alone",
    "int_type": "give a whole number",
    "string_type": "give text; put it in quotation marks",
    "bool_type": "say true or false",
    "list_type": "give a list",
    "model_type": "give the fields that belong under it",
    "dict_type": "give the fields that belong under it",
}
EXAMPLES = ("home-heating", "school-readiness")


class _PlainLoader(yaml.SafeLoader):
    """YAML without anchors and without repeated keys."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(AliasEvent):
            raise yaml.MarkedYAMLError(problem="it uses an alias (*name)", problem_mark=self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - the library's own signature
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"'{key.value}' is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_framework(path: Path) -> Framework:
    """A framework from a .yaml, .yml or .json file. Raises InputError of one line that says where."""
    if not path.is_file():
        raise NotFoundError(
            f"There is no file {path.name}. `adviser assess outcomes --example home-heating` shows what one looks like."
        )
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
        raise InputError(f"{path.name} cannot be read: {reason}. Save it as UTF-8 text.") from None
    return parse_framework(text, name=path.name)


def parse_framework(text: str, *, name: str = "the framework") -> Framework:
    """A framework from YAML or JSON text. Raises InputError."""
    if len(text) > LARGEST:
        raise InputError(f"{name} is longer than {LARGEST:,} characters. A framework is a few pages: keep the rest elsewhere.")
    return framework_from(plain_data(text, name), name=name)


def framework_from(data: Any, *, name: str = "the framework") -> Framework:
    """A framework from plain data, such as a request's. Raises InputError."""
    if not isinstance(data, dict):
        raise InputError(
            f"{name} holds no framework: it begins with title, mission and outcomes, each with what belongs under it."
        )
    try:
        return Framework.model_validate(data)
    except ValidationError as error:
        raise InputError(f"{name}: {_first_problem(error, data)}") from None


def write_framework(framework: Framework) -> str:
    """As JSON that reads back as the same framework."""
    return json.dumps(framework.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def write_yaml(framework: Framework) -> str:
    """As YAML that reads back as the same framework; what is empty is left out."""
    data = framework.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120))


def example_framework(name: str) -> Framework:
    """A worked example that ships. Raises NotFoundError."""
    return parse_framework(example_text(name), name=f"example {name}")


def example_text(name: str) -> str:
    """A worked example as YAML, to copy from. Raises NotFoundError."""
    if name not in EXAMPLES:
        raise NotFoundError(f"There is no example '{name}'. There are: {', '.join(EXAMPLES)}.")
    return (files("corpus") / "instruments" / "examples" / f"{name}.yaml").read_text("utf-8")


def plain_data(text: str, name: str) -> Any:
    """YAML or JSON as plain data, safely. Raises InputError that names the line."""
    try:
        if text.lstrip().startswith("{"):
            return json.loads(text)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a safe loader made safer
    except json.JSONDecodeError as error:
        raise InputError(f"{name}, line {error.lineno}: not readable JSON ({error.msg}). Correct that line.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise InputError(f"{name}{where}: not readable YAML ({problem}). Correct that line.") from None
    except (RecursionError, ValueError):
        raise InputError(
            f"{name} cannot be read: it is nested too deeply, or holds a date or number that does not exist."
        ) from None


def _first_problem(error: ValidationError, data: Any) -> str:
    problems = sorted(
        error.errors(), key=lambda problem: problem["type"] != "extra_forbidden"
    )  # a misspelt name explains a missing one
    first = problems[0]
    where, value = _where(first["loc"], data)
    message = PLAIN.get(first["type"], str(first["msg"]).removeprefix("Value error, "))
    if first["type"] == "missing":
        where, _ = _where(first["loc"][:-1], data)
        message = f"'{first['loc'][-1]}' is missing"
    elif first["type"] == "extra_forbidden":
        where, _ = _where(first["loc"][:-1], data)
        message = f"'{first['loc'][-1]}' is not a field here; check its spelling"
    elif isinstance(value, (str, int, float, bool)):
        message = f"{message} (found {str(value)[:60]!r})"
    more = f" And {len(problems) - 1} more after it." if len(problems) > 1 else ""
    return f"{where + ': ' if where else ''}{_ending(message)}{more}"


def _where(place: tuple[int | str, ...], data: Any) -> tuple[str, Any]:
    """The place in words: `outcomes 2 (warm-homes), indicators 1 (bills), baseline, value`, and what stands there."""
    words: list[str] = []
    here = data
    for part in place:
        here = _step(here, part)
        if isinstance(part, int) and words:
            label = here.get("id") if isinstance(here, dict) else None
            words[-1] += f" {part + 1}" + (f" ({str(label)[:60]})" if label else "")
        else:
            words.append(str(part))
    return ", ".join(words), here


def _step(here: Any, part: int | str) -> Any:
    try:
        return here[part]
    except (KeyError, IndexError, TypeError):
        return None


def _ending(message: str) -> str:
    return message if message.endswith((".", "!", "?")) else message + "."
