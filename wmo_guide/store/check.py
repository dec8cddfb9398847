"""`python -m wmo_guide.store.check [FOLDER]`: tells all problems of a content folder, without building anything."""

from __future__ import annotations

import sys
from pathlib import Path

from wmo_guide.domain.clock import today
from wmo_guide.store.load import load


def main(arguments: list[str]) -> int:
    """Prints every problem and returns 1 when there are any."""
    folder = Path(arguments[0] if arguments else "content")
    loaded = load(folder, latest=today())
    for problem in loaded.problems:
        sys.stdout.write(f"{folder}/{problem}\n")
    sys.stdout.write(f"{len(loaded.problems)} problemen in {folder}, {len(loaded.catalogues)} regio's gelezen.\n")
    return 1 if loaded.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
