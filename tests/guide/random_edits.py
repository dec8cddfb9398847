"""Edits of the sample content and of templates, drawn at random."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.builders import HOME, ContentFolder
from tests.guide.printing import PROVIDERS


class RandomEdits:
    """Draws one edit after the other; each changes files of the content or a template."""

    def __init__(self, content: ContentFolder, templates: Path, chance: Random) -> None:
        self.content = content
        self.templates = templates
        self.chance = chance
        self.number = 0
        self.done: list[str] = []

    def draw(self) -> str:
        """Does one edit and names it."""
        self.number += 1
        edits: dict[Callable[[], None], int] = {
            self.add_provider: 3,
            self.change_text: 3,
            self.change_waiting: 3,
            self.end_offering: 2,
            self.age_confirmation: 1,
            self.rename_provider: 2,
            self.rename_file: 2,
            self.take_name: 1,
            self.remove_provider: 2,
            self.move_municipality: 3,
            self.move_municipality_of_all: 1,
            self.drop_offering: 2,
            self.change_level: 1,
            self.change_date: 2,
            self.change_term: 1,
            self.change_questions: 1,
            self.change_edition: 1,
            self.change_news: 1,
            self.link_in_news: 1,
            self.change_template: 1,
            self.change_municipality: 1,
            self.change_chooser: 1,
            self.change_entry: 2,
            self.change_article: 1,
        }
        edit = self.chance.choices(list(edits), list(edits.values()))[0]
        edit()
        self.done.append(edit.__name__)
        return edit.__name__

    def add_provider(self) -> None:
        """A new provider like another one."""
        text = self.content.text(self._provider())
        name = f"{self.chance.choice('abmnyz')}-nieuw-{self.number}"
        self.content.raw(f"{PROVIDERS}/{name}.yaml", text)
        self.content.put(f"{PROVIDERS}/{name}.yaml", ("organisation", "name"), f"{name.title()} Hulp")

    def change_text(self) -> None:
        """Another summary."""
        self._put(("organisation", "summary"), f"Wij helpen u op manier {self.number}.")

    def change_waiting(self) -> None:
        """Another waiting time of some offering."""
        file, index = self._offering()
        self.content.put(file, ("offerings", index, "answers", "waiting_weeks"), str(self.chance.randint(0, 50)))

    def end_offering(self) -> None:
        """An offering that ended, or runs on."""
        file, index = self._offering()
        end = self.chance.choice(("2025-12-31", "2027-12-31"))
        self.content.put(file, ("offerings", index, "end"), end)

    def age_confirmation(self) -> None:
        """A confirmation of long ago, or of now."""
        self._put(("confirmed", "on"), self.chance.choice(("2023-01-01", "2025-12-01")))

    def rename_provider(self) -> None:
        """Another name, at another letter."""
        self._put(("organisation", "name"), f"{self.chance.choice('BKTZ')}anbieder {self.number}")

    def take_name(self) -> None:
        """The name of another provider, which is refused."""
        one, other = self.chance.sample(self._providers(), 2)
        self.content.put(one, ("organisation", "name"), self.content.tree(other)["organisation"]["name"])

    def rename_file(self) -> None:
        """The same provider at another address."""
        old = self.content.path(self._provider())
        old.rename(old.with_name(f"hernoemd-{self.number}.yaml"))

    def remove_provider(self) -> None:
        """A provider less; a few stay."""
        if len(self._providers()) > 3:
            self.content.remove(self._provider())

    def move_municipality(self) -> None:
        """An offering in other municipalities."""
        file, index = self._offering()
        known = self._slugs()
        some = self.chance.sample(known, self.chance.randint(1, len(known)))
        self.content.put(file, ("offerings", index, "answers", "municipalities"), [one for one in known if one in some])

    def move_municipality_of_all(self) -> None:
        """All of a provider's offerings in one municipality."""
        file, place = self._provider(), self.chance.choice(self._slugs())
        for index in range(len(self.content.tree(file).get("offerings", []))):
            self.content.put(file, ("offerings", index, "answers", "municipalities"), [place])

    def drop_offering(self) -> None:
        """An offering less, with the places on pages that led to it."""
        file, index = self._offering()
        if len(self.content.tree(file)["offerings"]) > 1:
            self.content.drop(file, ("offerings", index))

    def change_level(self) -> None:
        """Other levels of an offering that has them."""
        file, index = self._offering()
        levels = self.content.tree(file)["offerings"][index]["answers"].get("levels")
        if levels:
            axis = self.chance.choice(sorted(levels))
            self.content.put(file, ("offerings", index, "answers", "levels", axis), levels[axis][:1])

    def change_date(self) -> None:
        """Another day of the last change."""
        self._put(("updated",), f"2025-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}")

    def change_term(self) -> None:
        """A word explained otherwise."""
        self.content.put("shared/terms.yaml", ("terms", 0, "plain"), f"Uitleg nummer {self.number}.")

    def change_questions(self) -> None:
        """A question with another heading."""
        file = f"questions/{self.chance.choice(('offering', 'organisation', 'location'))}.yaml"
        index = self.chance.randrange(len(self.content.tree(file)["questions"]))
        self.content.put(file, ("questions", index, "label"), f"Vraag {self.number}?")

    def change_edition(self) -> None:
        """A block of the matrix with another title."""
        path = ("areas", 0, "blocks", 0, "plain_title")
        self.content.put(f"{HOME}/matrix/2024.yaml", path, f"Een mooie dag {self.number}")

    def change_news(self) -> None:
        """News that is added, or taken away."""
        file = f"{HOME}/news/bericht.md"
        if self.content.path(file).exists():
            self.content.remove(file)
        else:
            self._news(file, f"Nieuws {self.number}.")

    def link_in_news(self) -> None:
        """News that leads to an offer, which may go later."""
        slug = Path(self._provider()).stem
        self._news(f"{HOME}/news/bericht.md", f"[Kijk hier](/{HOME.rpartition('/')[2]}/aanbieders/{slug}/).")

    def change_template(self) -> None:
        """A template with another line."""
        name = self.chance.choice(("provider", "municipality", "_card", "portal"))
        path = self.templates / f"{name}.html"
        path.write_text(f"{path.read_text(encoding='utf-8')}<!-- {self.number} -->\n", encoding="utf-8")

    def change_municipality(self) -> None:
        """Another text about the region."""
        self.content.put(f"{HOME}/region.yaml", ("summary",), f"Een andere tekst over de regio, nummer {self.number}.")

    def change_chooser(self) -> None:
        """An answer with another name, so that the pages behind it move."""
        path = ("questions", 0, "options", 0, "slug")
        self.content.put(f"{HOME}/chooser.yaml", path, f"post-{self.number}")

    def change_entry(self) -> None:
        """A provision, a question or a situation told otherwise."""
        name, path = self.chance.choice(
            (
                ("facilities", ("facilities", 0, "summary")),
                ("facilities", ("facilities", 1, "how")),
                ("faq", ("questions", 0, "answer")),
                ("situations", ("situations", 0, "summary")),
            )
        )
        self.content.put(f"{HOME}/{name}.yaml", path, f"Anders verteld, voor keer {self.number}.")

    def change_article(self) -> None:
        """A line more on a page or a factsheet."""
        file = self.chance.choice(("pages/doelen.md", "factsheets/huis-zoeken.md"))
        self.content.raw(f"{HOME}/{file}", f"{self.content.text(f'{HOME}/{file}')}\nRegel {self.number}.\n")

    def _news(self, file: str, text: str) -> None:
        head = f"title: Bericht {self.number}\ndescription: Een bericht.\nupdated: 2025-12-01\nsources: [redactie]\n"
        self.content.raw(file, f"---\n{head}---\n\n{text}\n")

    def _put(self, path: tuple[str | int, ...], value: Any) -> None:
        self.content.put(self._provider(), path, value)

    def _provider(self) -> str:
        return self.chance.choice(self._providers())

    def _providers(self) -> list[str]:
        return sorted(f"{PROVIDERS}/{path.name}" for path in self.content.path(PROVIDERS).glob("*.yaml"))

    def _offering(self) -> tuple[str, int]:
        pairs = [
            (file, index)
            for file in self._providers()
            for index in range(len(self.content.tree(file).get("offerings", [])))
        ]
        return self.chance.choice(pairs)

    def _slugs(self) -> list[str]:
        today = [one for one in self.content.tree(f"{HOME}/region.yaml")["municipalities"] if "until" not in one]
        return [one["slug"] for one in today]


def state(content: ContentFolder) -> dict[str, str]:
    """Fingerprint of every file of a content folder."""
    files = (path for path in content.root.rglob("*") if path.is_file())
    return {path.relative_to(content.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Files that differ."""
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
