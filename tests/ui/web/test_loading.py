"""Loading gradio writes no interface files, and leaves Python's imports as they were."""

import json
import subprocess
import sys

SCRIPT = """
import json, pathlib, sys
before = list(sys.meta_path)
written = []
real = pathlib.Path.write_text
def noted(path, *given, **named):
    written.append(str(path))
    return real(path, *given, **named)
pathlib.Path.write_text = noted
parsed = []
import ast
parse = ast.parse
ast.parse = lambda *given, **named: (parsed.append(1), parse(*given, **named))[1]
from ui.web.loading import load
load()
import gradio, gradio.component_meta
import os
print(json.dumps({
    "written": written,
    "parsed": len(parsed),
    "finders": sys.meta_path == before,
    "events": hasattr(gradio.Textbox, "submit"),
    "pandas": "pandas._libs" in sys.modules,
    "frame": __import__("pandas").DataFrame({"a": [1]}).shape[0],
    "analytics": os.environ["GRADIO_ANALYTICS_ENABLED"],
}))
"""


def test_gradio_loads_without_writing_or_reading_its_own_sources() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=120, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["written"] == []
    assert told["parsed"] < 10, "each component class is parsed again for an interface file"
    assert told["finders"]
    assert told["events"]
    assert not told["pandas"], "pandas is loaded before anything asks for it"
    assert told["frame"] == 1
    assert told["analytics"] == "False"
