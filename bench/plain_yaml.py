"""Writes YAML as people do: block style, keys in our order, every text written out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # which of the two, only PyYAML's build knows
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (PyYAML asks; we never want an anchor)
        return True


def dump(record: Mapping[str, Any]) -> str:
    """The record as the text of a YAML file."""
    text: str = yaml.dump(record, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text
