"""What every record of the catalogue has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """An immutable value; a key that it doesn't know is an error, never ignored.

    The docstring under each field is what content/README.md says of that key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
