"""The scripted chat server, which the evals' canary suite uses too: see `evals/scripted_chat_server.py`."""

from evals.scripted_chat_server import *  # noqa: F403 - the same names, for tests
