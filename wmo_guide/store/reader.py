"""Reads the files of a content folder one by one and keeps every problem with its place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import TypeVar

from pydantic import ValidationError

from wmo_guide.domain.base import Record
from wmo_guide.domain.checks import check_days, check_icons, check_words
from wmo_guide.domain.checks.markdown import LONGEST_LINE, check_markdown
from wmo_guide.domain.checks.plain import check_plain
from wmo_guide.domain.editorial import Article
from wmo_guide.domain.findings import Finding, InvalidValueError, KeyPath
from wmo_guide.domain.standards import Written
from wmo_guide.domain.values import clean_text, parse_slug
from wmo_guide.store.messages import at_most, details_of, findings_of, path_of
from wmo_guide.store.problem import Problem, key_text, why
from wmo_guide.store.yaml_text import MAX_BYTES, Tree, YamlTextError, decode, read_lines, read_tree

T = TypeVar("T", bound=Record)
FENCE = "---"
_OUTSIDE = "Dit is een link naar iets buiten deze map. Zet hier het bestand of de map zelf."
_DEEPEST = 40
"""Longer or deeper than this, a line of Markdown is no prose, and converting it may take for ever."""


@dataclass
class Reader:
    """One reading of a content folder. Every file it has read is `claimed`, every problem collected."""

    root: Path
    is_icon: Callable[[str], bool] = lambda _: True
    """Whether there is a pictogram with this name."""
    latest: date | None = None
    """The latest day on which something can have happened; None when any day will do."""
    problems: list[Problem] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)
    """Fingerprint of each file read."""
    wrong: dict[str, list[KeyPath]] = field(default_factory=dict)
    """The ways to all that is wrong, by file."""

    def record(self, model: type[T], file: str) -> T | None:
        """The record in a YAML file; None, with problems kept, when it isn't right."""
        data = self.read(file)
        record = None if data is None else self.parse(model, file, data)
        if record is not None:
            self.report(file, check_plain(record), data)
        return record

    def parse(self, model: type[T], file: str, data: bytes, *, scheduled: bool = False) -> T | None:
        """The record in a file's bytes. What is `scheduled` may have happened on a day to come."""
        try:
            tree = read_tree(decode(data))
        except YamlTextError as error:
            self.problems.append(Problem(file, error.line, "", error.message))
            return None
        try:
            record = model.model_validate(tree)
        except ValidationError as error:
            self.wrong.setdefault(file, []).extend(map(path_of, details_of(error)))
            self.report(file, findings_of(error), data)
            return None
        self.report(file, check_icons(record, self.is_icon), data)
        self.report(file, check_words(record), data)
        if self.latest is not None and not scheduled:
            self.report(file, check_days(record, self.latest), data)
        return record

    def article(self, file: str, *, scheduled: bool = False) -> Written | None:
        """A Markdown file with front matter between two lines of three dashes."""
        data = self.read(file)
        if data is None:
            return None
        try:
            text = _clean(decode(data).replace("\r\n", "\n"))
        except YamlTextError as error:
            self.problems.append(Problem(file, error.line, "", error.message))
            return None
        blank, fence, rest = text.partition(FENCE)
        head, found, markdown = (blank + rest).partition(f"\n{FENCE}\n")
        if blank.strip() or not fence or not rest.startswith("\n") or not found:
            self.problems.append(
                Problem(file, 1, "", 'Begin met een regel "---", dan de sleutels, dan weer "---", dan de tekst.')
            )
            return None
        # The line of the first fence stays, empty, so that a problem's line is the line in the file.
        article = self.parse(Article, file, f"{head}\n".encode(), scheduled=scheduled)
        if article is None:
            return None
        self.report(file, check_plain(article))
        above = text.count("\n", 0, len(text) - len(markdown)) + 1
        for slip in check_markdown(markdown):
            self.problems.append(Problem(file, above + slip.line, "", slip.message))
        return Written(Path(file).stem, article, markdown.strip() + "\n", file)

    def names(self, folder: str, ending: str) -> list[str]:
        """The files of a folder with this ending, sorted; a name that can't be in an address is a problem."""
        kept: list[str] = []
        if not self.stays_inside(folder):
            return kept
        for listed in _listed(self.root / folder, ending):
            name = printable(listed)
            file = f"{folder}/{name}"
            if is_hidden(name):
                continue
            try:
                parse_slug(name.removesuffix(ending))
            except InvalidValueError as error:
                self.claimed.add(file)
                self.problems.append(Problem(file, 0, "", f"De bestandsnaam is niet goed. {error.message}"))
            else:
                kept.append(file)
        return kept

    def tree(self, file: str) -> Tree | None:
        """What stands in a YAML file, right or wrong; None when it is no YAML."""
        if not (self.root / file).is_file() or not self.stays_inside(file):
            return None
        try:
            return read_tree(decode((self.root / file).read_bytes()))
        except (OSError, YamlTextError):
            return None

    def _yaml_of(self, file: str) -> bytes:
        """The YAML of a file: all of it, or what stands between the fences."""
        data = (self.root / file).read_bytes()
        if not file.endswith(".md"):
            return data
        blank, _, rest = data.replace(b"\r\n", b"\n").partition(FENCE.encode())
        return (blank + rest).partition(f"\n{FENCE}\n".encode())[0]

    def has_problems(self, files: Iterable[str]) -> bool:
        """Whether any of these files has a problem."""
        wrong = {problem.file for problem in self.problems}
        return not wrong.isdisjoint(files)

    def exists(self, file: str) -> bool:
        """Whether the content folder has something under this name, be it a file or not."""
        return os.path.lexists(self.root / file)

    def stays_inside(self, name: str) -> bool:
        """Whether a file or folder stands in the content folder; a link to something else is a problem.

        Who may write content may not read everything on the machine with it.
        """
        home = os.path.realpath(self.root)
        if os.path.commonpath([home, os.path.realpath(f"{home}/{name}")]) == home:
            return True
        self.claimed.add(name)
        self.problems.append(Problem(name, 0, "", _OUTSIDE))
        return False

    def read(self, file: str) -> bytes | None:
        """The bytes of a file, one more than allowed at most; None when it can't be read."""
        self.claimed.add(file)
        path = f"{self.root}/{file}"
        try:
            seen = os.lstat(path)
            if S_ISLNK(seen.st_mode):
                if not self.stays_inside(file):
                    return None
                seen = os.stat(path)  # noqa: PTH116  (a Path for each of thousands of files takes longer than the look)
            if not S_ISREG(seen.st_mode):
                self.problems.append(Problem(file, 0, "", "Dit is geen gewoon bestand. Haal het weg."))
                return None
            with open(path, "rb") as stream:  # noqa: PTH123  (as above)
                data = stream.read(min(seen.st_size, MAX_BYTES) + 1)
        except OSError as error:
            self.problems.append(Problem(file, 0, "", f"Dit bestand kan niet gelezen worden: {why(error)}."))
            return None
        self.digests[file] = hashlib.blake2b(data, digest_size=16).hexdigest()
        return data

    def report(self, file: str, findings: Iterable[Finding], data: bytes | None = None) -> None:
        """Keeps findings about a record as problems, with the line in its file."""
        findings = list(findings)
        if not findings:
            return
        self.wrong.setdefault(file, []).extend(finding.path for finding in findings)
        findings = at_most(findings)
        lines = _lines(data if data is not None else self._yaml_of(file))
        self.problems.extend(
            Problem(file, _line(lines, finding.path), key_text(finding.path), finding.message) for finding in findings
        )


def is_hidden(name: str) -> bool:
    """Whether a file is an editor's or the system's own, and no content."""
    return name.startswith(".") and not name.startswith("..")


def printable(name: str) -> str:
    """A file's name as it can be printed, also when its bytes are no text."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _clean(text: str) -> str:
    """The text, if no line has a forbidden character. Raises YamlTextError with the line."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise YamlTextError(f"Deze regel is langer dan {LONGEST_LINE} tekens. Verdeel hem over alinea's.", number)
        if len(line) - len(line.lstrip()) > _DEEPEST:
            raise YamlTextError("Deze regel springt te ver in. Maak de lijst minder diep.", number)
        try:
            clean_text(line)
        except InvalidValueError as error:
            raise YamlTextError(error.message, number) from error
    return text


def _listed(folder: Path, ending: str) -> list[str]:
    """Names in a folder; none when there is no such folder."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(ending))  # noqa: PTH208  (names are enough)
    except OSError:
        return []


def _lines(data: bytes) -> dict[KeyPath, int]:
    text = decode(data)
    try:
        return read_lines(text)
    except YamlTextError:
        return {}


def _line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of the value, or of the nearest thing around it that the file has."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
