"""Is every source found by its own title at rank 1? Run by hand: python -m evals.check_titles. Exits 1 when one is not.

Owns: that measurement over the packaged library. Does not own: the search.
"""

from __future__ import annotations

import sys

from assistant import open_assistant


def main() -> int:
    """Search for each source's title; print those whose first result is another source."""
    assistant = open_assistant()
    sources = assistant.library.sources()
    missed = [(s, found[0].source_id if (found := assistant.search(s.title, k=3)) else "nothing") for s in sources.values()]
    missed = [(source, first) for source, first in missed if first != source.id]
    for source, first in missed:
        print(f"{source.id}: '{source.title}' finds {first} first")
    print(f"{len(sources) - len(missed)} of {len(sources)} sources stand first for their own title")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
