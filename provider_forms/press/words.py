"""What the press tells: of what it printed, and of what it can't publish and why."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from provider_forms.press.jobs import Job, Reason
from wmo_guide.guide.warm import Printing
from wmo_guide.publishing import RefusedError
from wmo_guide.store.git import GitError
from wmo_guide.store.history import BusyError, ConflictError

_LOG = logging.getLogger(__name__)
_CLASH = (
    "Dit is niet gepubliceerd. Hetzelfde antwoord is intussen ook op een andere manier veranderd, en dat staat al in de "
    "gids. Er is niets verloren: bekijk bij Publicaties wat deze wijziging doet, neem in het formulier over wat nog "
    "nodig is, en trek deze wijziging daarna in."
)
CHOOSE = (
    "Dit was goedgekeurd, maar is niet gepubliceerd. Hetzelfde antwoord is intussen ook op een andere manier veranderd, "
    "en dat staat al in de gids. De inzending staat weer in de wachtrij. Open haar en kies per antwoord wat er in de gids komt."
)
_BY_HAND = (
    "Dit is niet gepubliceerd. Iemand heeft {paths} met de hand veranderd, en die verandering staat nog niet in de "
    "geschiedenis. Vraag de beheerder om haar vast te leggen of weg te halen. Daarna gaat deze wijziging vanzelf verder."
)
_BROKEN = "Dit is niet gepubliceerd. Er ging iets mis bij ons: {problem} Probeer het opnieuw."
_REFUSED = "Dit is niet gepubliceerd. De controle vond deze problemen:"
_ELSEWHERE = (
    "Dit is niet gepubliceerd. De controle vond problemen in de gids, misschien door iets anders dan deze wijziging:"
)
_GOES_ON = "Zijn die verholpen? Dan gaat deze wijziging vanzelf verder."
_MOST_TOLD = 20


class CannotError(Exception):
    """A job that can't be done as it is; the message tells staff why."""

    def __init__(self, told: str, *, elsewhere: bool = False) -> None:
        super().__init__(told)
        self.reason = Reason(told, elsewhere)


class MustChooseError(CannotError):
    """A job that would overwrite what was changed meanwhile."""

    def __init__(self, job: Job) -> None:
        super().__init__(_CLASH)
        self.job = job


def told(printing: Printing) -> str:
    """What was published, and why, on one line."""
    kinds: Counter[str] = Counter()
    for shell, number in printing.why.items():
        kinds[shell.rpartition("/")[2] if shell.partition("/")[0] != "portal" else "portal"] += number
    of_them = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    made = f"{printing.made} van {printing.pages} pagina's gemaakt"
    return f"{printing.release}: {printing.cause}; {made}{f' ({of_them})' if of_them else ''}."


@contextmanager
def in_plain_words(cleaned: Callable[[Sequence[str]], tuple[str, ...]], paths: Collection[str]) -> Iterator[None]:
    """What can go wrong with a job, as words for staff."""
    try:
        yield
    except RefusedError as error:
        problems = cleaned(error.problems)
        if isinstance(error.__cause__, OSError):  # the disk: nothing tells when there is room again
            raise CannotError(_BROKEN.format(problem=" ".join(problems)), elsewhere=True) from error
        more = [f"En nog {len(problems) - _MOST_TOLD} problemen."] if len(problems) > _MOST_TOLD else []
        ours = any(problem.startswith(path) for problem in problems for path in paths)
        lines = [_REFUSED if ours else _ELSEWHERE, *problems[:_MOST_TOLD], *more, *([] if ours else [_GOES_ON])]
        raise CannotError("\n".join(lines), elsewhere=not ours) from error
    except ConflictError as error:
        raise CannotError(_BY_HAND.format(paths=", ".join(error.paths)), elsewhere=True) from error
    except (BusyError, GitError, OSError) as error:
        _LOG.exception("A job could not be published.")
        raise CannotError(_BROKEN.format(problem=error), elsewhere=True) from error
