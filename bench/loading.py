"""Loads a content folder and prints how many seconds that took, without the start of Python."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from wmo_guide.store.load import load


def main() -> None:
    """Loads once, with the cache that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args()
    begin = time.perf_counter()
    loaded = load(options.content, (), options.cache)
    seconds = time.perf_counter() - begin
    if loaded.problems:
        raise SystemExit(str(loaded.problems[0]))
    print(f"{seconds:.3f}")


if __name__ == "__main__":
    main()
