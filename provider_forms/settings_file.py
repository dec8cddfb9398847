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

from flask.cli import cli

_SETTING = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
_BLANK = " \t"
_ESCAPED = {"": r"\\(.)", '"': r'\\(["\\`$])'}
"""By the quote around a value: what a backslash takes away from; between single quotes it is a sign like any other."""


def read_settings(text: str) -> Iterator[tuple[str, str]]:
    """The settings in a file; lines that are none, and those after # or ;, are passed over."""
    for line in re.split(r"[\r\n]+", text):  # not at what else Python takes for the end of a line
        found = _SETTING.fullmatch(line)
        if found:
            yield found[1], _value(found[2].strip(_BLANK))


def _value(text: str) -> str:
    quote = text[0] if len(text) > 1 and text[0] in "'\"" and text.endswith(text[0]) else ""
    inner = text[1:-1] if quote else text
    return re.sub(_ESCAPED[quote], r"\1", inner, flags=re.DOTALL) if quote in _ESCAPED else inner


def main() -> None:
    """Runs a command of the guide."""
    _, file, *words = sys.argv
    try:
        os.environ.update(read_settings(Path(file).read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        sys.exit(
            f"De instellingen in {file} zijn niet te lezen. Geef het bevel als de gebruiker wmo-gids, met sudo -u."
        )
    cli.main(["--app", "provider_forms", *words], prog_name="wmo-gids")


if __name__ == "__main__":
    main()
