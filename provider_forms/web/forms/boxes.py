"""Radio buttons and checkboxes, with ids, names, and what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provider_forms.web.forms.options import Group
from provider_forms.web.forms.shapes import Typed


@dataclass(frozen=True, slots=True)
class Box:
    """One radio button or checkbox."""

    id: str
    value: str
    label: str
    help: str
    checked: bool


@dataclass(frozen=True, slots=True)
class BoxGroup:
    """Boxes with one name. `legend` is empty when the question itself is their heading."""

    id: str
    name: str
    axis: str
    legend: str
    help: str
    boxes: tuple[Box, ...]


def box_groups(groups: Sequence[Group], field_id: str, name: str, typed: Typed) -> tuple[BoxGroup, ...]:
    """The boxes of a field.

    The very first box has the field's own id, so that a link to the field leads to it. Keys never have two hyphens
    together, so what follows them can't make an id that another field has.
    """
    return tuple(_box_group(group, field_id, name, typed, first=not number) for number, group in enumerate(groups))


def _box_group(group: Group, field_id: str, name: str, typed: Typed, *, first: bool) -> BoxGroup:
    start = f"{field_id}--{group.axis}" if group.axis else field_id
    ids = [field_id if first else start, *(f"{start}--{at}" for at in range(1, len(group.options)))]
    chosen = _chosen(typed, group.axis)
    boxes = tuple(
        Box(one_id, option.value, option.label, option.help, option.value in chosen)
        for one_id, option in zip(ids, group.options, strict=True)
    )
    return BoxGroup(start, f"{name}.{group.axis}" if group.axis else name, group.axis, group.legend, group.help, boxes)


def _chosen(typed: Typed, axis: str) -> frozenset[str]:
    if isinstance(typed, dict):
        return frozenset(typed.get(axis, ()))
    return frozenset([typed.strip()] if isinstance(typed, str) else typed)
