"""The project's own modules and what they import, read with the standard library's ast."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("wmo_guide", "provider_forms", "tools", "bench")


@dataclass(frozen=True)
class Module:
    """One of our modules."""

    name: str
    """Dotted, e.g. wmo_guide.store.load; a package has the name of its folder."""
    path: Path

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """All modules that it imports, at any place, in full; names imported out of a module stand for that module."""
        return frozenset(self._imports())

    def _imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    yield inner if inner in module_paths() else node.module

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions in it, at any depth."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def module_paths() -> dict[str, Path]:
    """The file of each of our modules."""
    paths = [ROOT / "build.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
    found = {}
    for path in paths:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@lru_cache
def modules() -> tuple[Module, ...]:
    """All our modules but the tests."""
    return tuple(Module(name, path) for name, path in module_paths().items())


def within(name: str, room: str) -> bool:
    """Whether a module is the room or lies in it."""
    return name == room or name.startswith(f"{room}.")
