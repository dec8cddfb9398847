"""Imports run one way through the house: doors -> guide, store, exchange -> domain."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.house import ROOMS, Module, modules, within

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "wmo_guide.domain": (),
    "wmo_guide.collector": (),
    "wmo_guide.compiled": (),
    "wmo_guide.parallel": (),
    "wmo_guide.racy": (),
    "wmo_guide.exchange": ("wmo_guide.domain",),
    "wmo_guide.store": ("wmo_guide.collector", "wmo_guide.domain", "wmo_guide.parallel", "wmo_guide.racy"),
    "wmo_guide.guide": (
        "wmo_guide.collector",
        "wmo_guide.compiled",
        "wmo_guide.domain",
        "wmo_guide.exchange",
        "wmo_guide.parallel",
        "wmo_guide.racy",
    ),
    "wmo_guide.publication": ("wmo_guide.domain", "wmo_guide.guide"),
    "wmo_guide.unchanged": ("wmo_guide.guide", "wmo_guide.publication", "wmo_guide.racy"),
    "wmo_guide.publishing": (
        "wmo_guide.domain",
        "wmo_guide.exchange",
        "wmo_guide.guide",
        "wmo_guide.publication",
        "wmo_guide.store",
    ),
    "wmo_guide.warm_publishing": (
        "wmo_guide.guide",
        "wmo_guide.publication",
        "wmo_guide.publishing",
        "wmo_guide.store",
    ),
    "provider_forms": ("wmo_guide",),
    "build": ("wmo_guide",),
    "tools": ("wmo_guide", "provider_forms", "build"),
    "bench": ("wmo_guide", "provider_forms", "build", "tools"),
}
"""For each room the other rooms of our own that it may import from."""

NEVER: dict[str, tuple[str, ...]] = {
    "wmo_guide": ("flask", "werkzeug", "wtforms", "sqlalchemy", "sqlite3", "waitress", "http.server"),
    "wmo_guide.domain": ("yaml", "jinja2", "markdown", "markupsafe", "mkdocs", "material", "lxml", "html", "pathlib"),
    "wmo_guide.store": ("jinja2", "markdown", "markupsafe", "mkdocs", "material", "lxml", "html"),
    "wmo_guide.exchange": ("yaml", "jinja2", "mkdocs", "material", "pathlib"),
    "wmo_guide.guide": ("yaml",),
}
"""For each room the libraries that it doesn't know. Domain and exchange read no files: they know no paths."""

OWN = (*ROOMS, "build")


def _room(module: Module) -> str:
    rooms = [room for room in MAY_IMPORT if within(module.name, room)]
    return max(rooms, key=len, default="")


def test_house_was_found() -> None:
    """The modules of all rooms are under test."""
    names = {module.name for module in modules()}

    assert len(names) > 50
    assert {"build", "wmo_guide.domain.kinds", "wmo_guide.store.load", "wmo_guide.guide.press"} <= names
    assert {room for room in MAY_IMPORT if not any(within(name, room) for name in names)} <= {"bench"}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_run_one_way(module: Module) -> None:
    """A module imports from its own room and from the rooms below it, never upwards or sideways."""
    room = _room(module)
    allowed = (room, *MAY_IMPORT[room]) if room else ()
    package_itself = {"wmo_guide"}  # its __init__ is empty; the cache asks it where the code lies

    strangers = {
        name
        for name in module.imports - package_itself
        if any(within(name, own) for own in OWN) and not any(within(name, one) for one in allowed)
    }

    assert strangers == set()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_room_doesnt_know_foreign_libraries(module: Module) -> None:
    """No module imports a library that its room doesn't know."""
    barred = {library for room, libraries in NEVER.items() if within(module.name, room) for library in libraries}

    assert {name for name in module.imports for library in barred if within(name, library)} == set()


def test_one_module_knows_the_theme_engine() -> None:
    """MkDocs and Material are imported in one place, so that they can be replaced there."""
    users = {
        module.name for module in modules() for name in module.imports if name.split(".")[0] in ("mkdocs", "material")
    }

    assert users == {"wmo_guide.guide.material"}


def test_desk_doesnt_know_the_views() -> None:
    """The desk is used by views and knows none of them."""
    views = ("provider_forms.provider", "provider_forms.staff", "provider_forms.public", "provider_forms.web")
    desk = [module for module in modules() if within(module.name, "provider_forms.desk")]

    assert {name for module in desk for name in module.imports if any(within(name, view) for view in views)} == set()


def test_no_import_goes_round() -> None:
    """No module imports, by however long a way, itself."""
    names = {module.name for module in modules()}
    graph = {
        module.name: {name for name in module.imports if name in names and name != module.name} for module in modules()
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")

    assert set(order) == names


def test_imports_are_absolute() -> None:
    """Every import names its module in full, so that the rules above see it."""
    relative = [
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []
