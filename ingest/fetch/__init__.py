"""Fetching originals of the catalogue. One module a step: licence, address, robots, web, shelf; `originals.py` is their order."""
