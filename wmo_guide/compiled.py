"""Keeps compiled templates, so that a process compiles each of them once: for Jinja that is most of the work of a small guide."""

from __future__ import annotations

from types import CodeType

import jinja2
from jinja2.bccache import Bucket


class Compiled(jinja2.BytecodeCache):
    """What the templates of one kind of environment compile to, for every environment of that kind in this process.

    A template whose text changed is compiled anew. Environments that share it have the same options, and filters that
    give the same for the same constant.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the template its code, when the text it was made of is the same."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template in place of what its older text gave."""
        self._kept[bucket.key] = (bucket.checksum, bucket.code)
