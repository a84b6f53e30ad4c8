"""Versions that a stored text depends on. Owns: these numbers alone.

Raise one when what it names would make other passages of the same file.
"""

READER_VERSION = "2"
SEGMENTER_VERSION = "2"
