"""The hall of the press, for tests: the application, its queue, and a press over the same folders."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from atexit import register
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from provider_forms.desk import publishing
from provider_forms.desk.publishing import FileChange, Progress, Request, What
from provider_forms.desk.staff_models import PublishJob
from provider_forms.press.press import Press
from provider_forms.press.settings import settings_of
from tests.builders import HOME, REGION, ContentFolder, sample_content
from tests.guide.printing import online, printed
from tests.provider_forms.visiting import Clock, Forms, make_forms
from wmo_guide.store.history import History, Signature

AUTHOR = Signature("Alfa Thuis", "aanbieder@noreply.invalid")
REVIEWER = Signature("Beoordelaar van de gids", "beoordelaar@noreply.invalid")
ALFA, BETA = f"{HOME}/providers/alfa-thuis.yaml", f"{HOME}/providers/beta-dag.yaml"
DELTA = f"{HOME}/providers/delta-logeren.yaml"


@dataclass
class Hall:
    """One instance: forms, content, and the settings of its press."""

    forms: Forms
    content: ContentFolder
    presses: list[Press] = field(default_factory=list)

    def close(self) -> None:
        """Ends the desk and all presses."""
        for press in self.presses:
            press.close()
        self.forms.desk.close()

    @property
    def site(self) -> Path:
        """The site that is online."""
        return online(self.forms.app.config["SITE_DIR"])

    @property
    def base_url(self) -> str:
        """The public address of the guide."""
        return str(self.forms.app.config["BASE_URL"])

    @property
    def history(self) -> History:
        """The history of the content."""
        return History(self.content.root)

    def press(self) -> Press:
        """A press that has just started."""
        self.presses.append(Press(settings_of(self.forms.app.config)))
        return self.presses[-1]

    def ask(self, path: str, text: str | None, **more: Any) -> int:
        """Queues a change of one file that builds on what stands there; gives the job's number."""
        base = more.pop("base", publishing.fingerprint(self.published(path)))
        return self.ask_all([FileChange(path, text, base)], **more)

    def ask_all(
        self,
        changes: list[FileChange],
        title: str = "Proef",
        publish_on: date | None = None,
        submission_id: int | None = None,
        what: What = "provider",
    ) -> int:
        """Queues a change of several files."""
        request = Request(
            what=what,
            region=REGION,
            title=title,
            changes=tuple(changes),
            message=f"{title} bijgewerkt\n\nGoedgekeurd in een proef.",
            author=AUTHOR,
            committer=REVIEWER,
            submission_id=submission_id,
            publish_on=publish_on,
        )
        with self.forms.desk.database.write() as session:
            number = publishing.queue(session, request, None, self.forms.clock()).id
        publishing.wake(self.forms.desk)
        return number

    def rename(self, path: str, name: str) -> int:
        """Queues another name for a provider."""
        return self.ask(path, self.named(path, name))

    def named(self, path: str, name: str) -> str:
        """A provider's file with another name in it."""
        copy = ContentFolder(self.content.root)
        text = copy.text(path)
        copy.put(path, ("organisation", "name"), name)
        found = copy.text(path)
        copy.raw(path, text)
        return found

    def published(self, path: str) -> str | None:
        """A file as the history has it."""
        return self.history.text("HEAD", path)

    def progress(self, number: int) -> Progress:
        """How far a job is."""
        with self.forms.desk.database.read() as session:
            return cast("Progress", publishing.progress(session, number, self.forms.clock()))

    def job(self, number: int) -> PublishJob:
        """A job."""
        with self.forms.desk.database.read() as session:
            return session.get_one(PublishJob, number)

    def page(self, slug: str) -> str:
        """The page of a provider that is online."""
        return (self.site / REGION / "aanbieders" / slug / "index.html").read_text(encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """What git says about the content folder, asked as an advanced user would."""
        who = ["-c", "user.name=Hand", "-c", "user.email=hand@example.nl"]
        command = ["git", *who, "-C", str(self.content.root), *arguments]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def make_hall(folder: Path, content: ContentFolder, clock: Clock | None = None) -> Hall:
    """An instance in a folder, with its history begun and the cache of one that has run before."""
    shutil.copytree(_used_cache(), folder / "cache", dirs_exist_ok=True)
    forms = make_forms(folder / "var", content.root, clock, CACHE_DIR=folder / "cache")
    History(content.root)
    return Hall(forms, content)


@cache
def _used_cache() -> Path:
    """What the press keeps of the sample: the theme's shells, the PDFs. Making it takes longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="wmo-cache-"))
    register(shutil.rmtree, folder)
    printed(sample_content(folder / "content"), folder / "site", folder / "cache", url="http://gids.test")
    return folder / "cache"
