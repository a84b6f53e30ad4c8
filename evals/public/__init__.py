"""Loaders of public development sets, read from the folder given with `--data` and never kept here (several state no licence)."""
