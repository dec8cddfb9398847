"""A command with the settings of a machine: `python -m provider_forms.settings_file FILE COMMAND ...` (deploy/wmo-gids).

The file is the EnvironmentFile of the units, and is read as systemd reads it (systemd.exec(5)): a setting a line, nothing
of which a shell would make something else. So a command by hand works with the same database as the service.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from flask.cli import main as flask_main

_SETTING = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)")
_QUOTES = ('"', "'")


def read_settings(text: str) -> Iterator[tuple[str, str]]:
    """The settings in a file; lines that are none, and those after # or ;, are passed over."""
    for line in text.splitlines():
        found = _SETTING.fullmatch(line)
        if found:
            yield found[1], _value(found[2].strip())


def _value(text: str) -> str:
    quote = text[:1]
    if len(text) > 1 and quote in _QUOTES and text.endswith(quote):
        text = text[1:-1]
    return text if quote == "'" else re.sub(r"\\(.)", r"\1", text)


def main() -> None:
    """Runs a command of the guide."""
    _, file, *words = sys.argv
    try:
        os.environ.update(read_settings(Path(file).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        sys.exit(
            f"De instellingen in {file} zijn niet te lezen. Geef het bevel als de gebruiker wmo-gids, met sudo -u."
        )
    sys.argv = ["wmo-gids", "--app", "provider_forms", *words]
    flask_main()


if __name__ == "__main__":
    main()
