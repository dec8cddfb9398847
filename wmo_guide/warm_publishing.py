"""From a content folder to a site that is online, again and again, by a process that remembers what it made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from wmo_guide.guide.filling import GateError
from wmo_guide.guide.icons import is_icon
from wmo_guide.guide.warm import Printing, WarmPress
from wmo_guide.publication import Publication
from wmo_guide.publishing import RefusedError, order_of, told
from wmo_guide.store.problem import why
from wmo_guide.store.warm import WarmContent


@dataclass(frozen=True)
class Ready:
    """A site that passed the gates, and how to put it online."""

    printing: Printing
    _press: WarmPublisher
    _content: WarmContent

    def lay(self) -> None:
        """Writes its files, while the old site stays online. Raises RefusedError when the disk refuses."""
        with self._press.refusals():
            self.printing.lay()

    def switch(self) -> None:
        """Puts it online. Raises RefusedError when the disk refuses; then the old site stays."""
        with self._press.refusals():
            self._press.press.switch(self.printing)
        self._press.content = self._content


class WarmPublisher:
    """Publishes one content folder into one site folder. Not for use by two threads at once."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.press = WarmPress()
        self.content = WarmContent(publication.content, publication.cache_dir, is_icon)

    @contextmanager
    def prepared(self, changed: Collection[str] | None, day: date, today: date) -> Iterator[Ready]:
        """The site after these files of the content changed, and no others (None: any may have changed).

        It is made and held against the gates; inside, `switch()` puts it online. Left without, the old site stays and the
        next call has to name these files again. Raises RefusedError.
        """
        publication = replace(self.publication, day=day, today=today)
        latest = publication.latest
        if changed is None:
            publication.tell(f"Inhoud lezen uit {publication.content}")
        content = self.content.read(latest) if changed is None else self.content.after(changed, latest)
        loaded = content.loaded
        if loaded is None or loaded.problems:
            raise RefusedError(tuple(f"{publication.content}/{one}" for one in (loaded.problems if loaded else ())))
        try:
            with self.refusals(), self.press.printing(order_of(publication, loaded)) as printing:
                yield Ready(printing, self, content)
        except GateError as error:
            raise RefusedError(told(publication, loaded.catalogues, error.faults)) from error

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What the disk refuses is told to staff: it becomes a RefusedError."""
        try:
            yield
        except OSError as error:
            place = error.filename2 or error.filename or self.publication.site_dir
            raise RefusedError((f"{place}: schrijven lukt niet: {why(error)}.",)) from error
