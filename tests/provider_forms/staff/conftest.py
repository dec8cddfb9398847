"""What tests of the staff desk share."""

from __future__ import annotations

import pytest

from tests.provider_forms.staff.editing import Editor, editor
from tests.provider_forms.visiting import Forms


@pytest.fixture
def mine(forms: Forms) -> Editor:
    """A reviewer over the shared sample."""
    return editor(forms)
