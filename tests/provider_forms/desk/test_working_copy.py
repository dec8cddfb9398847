"""The content folder of an instance follows the shipped content, and starts with whatever branch is checked out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from provider_forms.desk.working_copy import bring
from tests.builders import HOME, ContentFolder

GIT = shutil.which("git") or "git"
FAQ = f"{HOME}/faq.yaml"


def test_shipped_content_waits_while_another_branch_is_checked_out(content: ContentFolder, tmp_path: Path) -> None:
    """On another branch the start goes on with the folder as it is; after the way back it follows the shipped content again."""
    copy = tmp_path / "var" / "content"
    bring(content.root, copy)
    before = (copy / FAQ).read_text(encoding="utf-8")
    content.raw(FAQ, before.replace("Bel uw gemeente.", "Bel het loket."))
    subprocess.run([GIT, "-C", str(copy), "checkout", "-qb", "zijtak"], check=True)
    bring(content.root, copy)
    assert (copy / FAQ).read_text(encoding="utf-8") == before

    subprocess.run([GIT, "-C", str(copy), "checkout", "-q", "main"], check=True)
    bring(content.root, copy)
    assert "Bel het loket." in (copy / FAQ).read_text(encoding="utf-8")
