"""Marks this folder as one whose helpers (`evidence.py`) tests import by name. Owns: nothing else."""
