"""Modules and functions stay small enough to read in one go."""

from __future__ import annotations

import pytest

from tests.architecture.house import Module, modules

LONGEST_MODULE = 300
LONGEST_FUNCTION = 45


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_module_is_small(module: Module) -> None:
    """A module has fewer than 300 lines, and none of its functions 45 or more."""
    functions = {one.name: (one.end_lineno or one.lineno) - one.lineno + 1 for one in module.functions}

    assert module.text.count("\n") < LONGEST_MODULE
    assert {name: lines for name, lines in functions.items() if lines >= LONGEST_FUNCTION} == {}


def test_most_modules_are_smaller_still() -> None:
    """At least four in five modules have fewer than 200 lines, and four in five functions fewer than 20."""
    sizes = [module.text.count("\n") for module in modules()]
    functions = [(one.end_lineno or one.lineno) - one.lineno + 1 for module in modules() for one in module.functions]

    assert sum(size < 200 for size in sizes) >= 0.8 * len(sizes)
    assert sum(size < 20 for size in functions) >= 0.8 * len(functions)
