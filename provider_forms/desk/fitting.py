"""A change made to fit the file as it has become since: answer by answer, and never over what somebody else changed."""

from __future__ import annotations

from collections.abc import Sequence

from provider_forms.desk.rebasing import LATEST, Value, by_answer, by_lines, by_name, is_reordered, lines_meet, read
from wmo_guide.store.write import CommentError
from wmo_guide.store.yaml_text import Tree, YamlTextError


class ClashError(Exception):
    """Both changed the same answer, and differently: somebody has to choose."""


def fitted(path: str, built_on: str | None, change: str | None, now: str | None) -> str | None:
    """What `change` did to `built_on`, done to the file as it is now. Without a text there is no file.

    Raises ClashError when that would overwrite what was changed meanwhile.
    """
    if now in (built_on, change):
        return change
    if built_on is None or change is None or now is None:
        raise ClashError
    try:
        if _meet(path, built_on, change, now):
            raise ClashError
        return by_answer(path, built_on, change, now)
    except (YamlTextError, CommentError) as error:  # a remark is in the way, or the file can't be read
        if lines_meet(built_on, change, now):
            raise ClashError from error
        return by_lines(built_on, change, now)


def _meet(path: str, built_on: str, change: str, now: str) -> bool:
    old, new, base = (read(path, text) for text in (built_on, change, now))
    if path.endswith(".md") and isinstance(old, dict) and isinstance(new, dict) and isinstance(base, dict):
        return _clash(old["head"], new["head"], base["head"]) or lines_meet(
            *(str(one["text"]) for one in (old, new, base))
        )
    return _clash(old, new, base)


def _clash(old: Value, new: Value, base: Value, key: str = "") -> bool:
    if new == old or base in (old, new) or (key in LATEST and new is not None and base is not None):
        return False
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(base, dict):
        return any(
            _clash(old.get(one), new.get(one), base.get(one), "updated" if key == "dates" else one)
            for one in {**old, **new, **base}
        )
    if isinstance(old, list) and isinstance(new, list) and isinstance(base, list):
        return _clash_in_list(old, new, base)
    return True


def _clash_in_list(old: Sequence[Tree], new: Sequence[Tree], base: Sequence[Tree]) -> bool:
    if lists := by_name(old, new, base):
        was, ours, theirs = lists
        moved = is_reordered(was, ours) and is_reordered(was, theirs) and is_reordered(ours, theirs)
        return moved or any(_clash(was.get(one), ours.get(one), theirs.get(one)) for one in {*was, *ours, *theirs})
    return _clash_in_texts(*([str(one) for one in items] for items in (old, new, base)))


def _clash_in_texts(old: Sequence[str], new: Sequence[str], base: Sequence[str]) -> bool:
    """Whether both wrote something else in the place of the same text, or the new order would be lost."""
    replaced = {one for one in old if one not in new and one not in base}
    ours, theirs = ({one for one in items if one not in old} for items in (new, base))
    return is_reordered(old, new) or bool(replaced and ours != theirs)
