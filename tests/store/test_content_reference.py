"""content/README.md is held to the code: its tables, its examples, and the kinds it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from tools import content_reference
from tools.content_reference import BEGIN, END, FILE_KINDS, README, keys_of, main, meanings, models_in, refreshed
from wmo_guide.domain.base import Record
from wmo_guide.domain.chooser import Chooser
from wmo_guide.domain.division import Division
from wmo_guide.domain.editorial import Article, Facilities, Faq, Situations, Terms
from wmo_guide.domain.kinds import KINDS
from wmo_guide.domain.matrix import Conversion, Edition
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.quality import Quality
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.search_words import SearchWords
from wmo_guide.domain.upkeep import Upkeep
from wmo_guide.guide.icons import is_icon
from wmo_guide.store.load import load
from wmo_guide.store.yaml_text import Tree, read_tree

_EXAMPLE = re.compile(r'^```(?:yaml|markdown) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_MODEL_OF: dict[str, type[Record]] = {
    "questions": QuestionSet,
    "quality.yaml": Quality,
    "matrix": Edition,
    "conversion": Conversion,
    "providers": ProviderFile,
    "region.yaml": Region,
    "municipalities.yaml": Division,
    "search-words.yaml": SearchWords,
    "upkeep.yaml": Upkeep,
    "facilities.yaml": Facilities,
    "situations.yaml": Situations,
    "chooser.yaml": Chooser,
    "faq.yaml": Faq,
    "terms.yaml": Terms,
    "factsheets": Article,
    "pages": Article,
}
"""The model of a file, by its name or its folder's."""
EXAMPLES: dict[str, str] = dict(_EXAMPLE.findall(README.read_text(encoding="utf-8")))


def _model(place: str) -> type[Record]:
    path = Path(place)
    return _MODEL_OF.get(path.name) or _MODEL_OF[path.parent.name]


def _tree(place: str) -> Tree:
    text = EXAMPLES[place]
    return read_tree(text.split("---\n")[1] if place.endswith(".md") else text)


def _used(model: type[Record], tree: Any) -> Iterator[tuple[str, str]]:
    """Model and key of everything in a tree."""
    hints = get_type_hints(model, include_extras=True)
    for key, field in keys_of(model).items():
        if key in tree:
            yield model.__name__, key
            name = next(name for name, one in model.model_fields.items() if one is field)
            inner = _record_in(hints[name])
            parts = tree[key] if isinstance(tree[key], list) else [tree[key]]
            for part in parts if inner else ():
                yield from _used(inner, part)


def _record_in(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    return next((found for part in get_args(hint) if (found := _record_in(part))), None)


def test_tables_are_those_of_the_models() -> None:
    """The generated part of the README is what the models say today."""
    text = README.read_text(encoding="utf-8")
    assert refreshed(text) == text
    assert main(["--check"]) == 0


def test_a_stale_readme_is_noticed_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A README whose tables differ from the models fails the check until the tool has rewritten it."""
    copy = tmp_path / "README.md"
    copy.write_text(f"before\n{BEGIN}old\n{END}after\n", encoding="utf-8")
    monkeypatch.setattr(content_reference, "README", copy)
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert main(["--check"]) == 0
    assert copy.read_text(encoding="utf-8").startswith("before\n")
    assert copy.read_text(encoding="utf-8").endswith("after\n")


def test_a_lost_marker_is_refused() -> None:
    """A README without the markers of the generated part is refused rather than overwritten."""
    with pytest.raises(ValueError, match="marker"):
        refreshed("no markers here")


@pytest.mark.parametrize("place", EXAMPLES)
def test_example_follows_its_model(place: str) -> None:
    """Each example in the README is valid for the model of its file."""
    assert _model(place).model_validate(_tree(place))


def test_examples_make_a_whole_region(tmp_path: Path) -> None:
    """The examples, put where their titles say, are a content folder without a single problem."""
    for place, text in EXAMPLES.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")
    loaded = load(tmp_path, is_icon=is_icon)
    assert [str(problem) for problem in loaded.problems] == []
    assert [len(one.providers) for one in loaded.catalogues] == [1]


def test_every_key_occurs_in_an_example() -> None:
    """Each key of each model is shown in at least one example."""
    wanted = {(model.__name__, key) for kind in FILE_KINDS for model in models_in(kind.model) for key in keys_of(model)}
    used = {pair for place in EXAMPLES for pair in _used(_model(place), _tree(place))}
    assert wanted - used == set()


def test_every_kind_of_question_is_told() -> None:
    """The table of question kinds in the README names exactly the kinds that there are."""
    section = README.read_text(encoding="utf-8").partition("## Kinds of questions\n")[2].partition("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(KINDS)


def test_every_key_is_explained() -> None:
    """No key of any model lacks the docstring that the README shows."""
    unexplained = [
        f"{model.__name__}.{name}"
        for kind in FILE_KINDS
        for model in models_in(kind.model)
        for name in model.model_fields
        if not meanings(model).get(name)
    ]
    assert unexplained == []
