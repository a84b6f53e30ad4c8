"""Loaded by every Python that a test starts (its folder stands in PYTHONPATH): sockets are refused there too."""

import refuse_sockets  # noqa: F401
