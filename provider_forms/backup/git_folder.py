"""A content folder out of a backup: open to readers, and with nothing in its git settings that would run."""

from __future__ import annotations

import re
from pathlib import Path

from provider_forms.backup.instance import plain_files
from wmo_guide.store.git import Git

_HARMLESS = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks)"
    r"|extensions\.objectformat|init\.defaultbranch|user\.(name|email)"
    r"|remote\..+\.(url|pushurl|fetch|mirror)|branch\..+\.(remote|merge|rebase)",
    re.IGNORECASE,
)


def make_safe(content: Path) -> None:
    """Keeps of the settings of git what can run no command, and gives files and folders the modes of content."""
    settings = content / ".git" / "config"
    git = Git(content)
    for name in {
        name for name in git.text("config", "--file", str(settings), "--list", "--name-only", "-z").split("\0") if name
    }:
        if not _HARMLESS.fullmatch(name):
            git.run("config", "--file", str(settings), "--unset-all", name)
    for path in plain_files(content):
        path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    for folder in (content, *(path for path in content.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
