"""The mission-washing check: does a strategy show a mission, or only words? Owns: nothing but this name; see `assess.py`."""
