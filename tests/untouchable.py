"""Something that may not be looked at."""

from __future__ import annotations

from typing import NoReturn


class Untouchable:
    """Fails whoever looks at it."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise AssertionError("This part should have been ignored.")

    def __iter__(self) -> NoReturn:
        raise AssertionError("This part should have been ignored.")

    __len__ = __bool__ = __getitem__ = __contains__ = __iter__
