"""The Brief tab in a real, headless browser (see `brief_journeys.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from test_browser import HERE, MISSING, free, needs_browser


@needs_browser
def test_a_brief_is_written_and_changed_by_keyboard_without_findings_of_axe(packaged_home: Path, tmp_path: Path) -> None:
    assert not MISSING, f"a browser is required and {', '.join(MISSING)} is not there"
    pictures = Path(os.environ.get("SCREENSHOTS", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(HERE / "brief_journeys.py"), str(packaged_home), str(pictures)]
    done = subprocess.run(command, env=free(), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
