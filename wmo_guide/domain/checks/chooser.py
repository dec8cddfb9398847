"""Questions that help residents choose: each can be reached, ends soon, and leads to things that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from wmo_guide.domain.checks.common import Around, Names, alike, known, twice, unknown
from wmo_guide.domain.chooser import MOST_OPTIONS, MOST_PAGES, MOST_QUESTIONS, Chooser, ChooserOption, ChooserQuestion
from wmo_guide.domain.findings import Finding, KeyPath


def check_chooser(chooser: Chooser, around: Around, situations: Names) -> Iterator[Finding]:
    """Questions and answers have names of their own, every reference exists, and every way ends within five questions."""
    double = list(twice((one.key for one in chooser.questions), "questions", name="key"))
    yield from double
    yield from alike((one.question for one in chooser.questions), "questions", name="question")
    for index, question in enumerate(chooser.questions):
        yield from _check_options(question, ("questions", index, "options"), around, situations)
    # Where a name is wrong, nobody can tell which way was meant.
    lost = [] if double else list(_check_leads(chooser))
    yield from lost
    if not double and not lost:
        yield from _check_ways(chooser)


def _check_options(question: ChooserQuestion, path: KeyPath, around: Around, situations: Names) -> Iterator[Finding]:
    options = question.options
    if len(options) > MOST_OPTIONS:
        message = f"Dit zijn {len(options)} antwoorden. Geef er hoogstens {MOST_OPTIONS}, of maak er twee vragen van."
        yield Finding(path, message)
    yield from twice((one.slug for one in options), *path)
    yield from alike((one.label for one in options), *path, name="label")
    for index, option in enumerate(options):
        yield from known(option.situations, situations, "situatie", (*path, index, "situations"))
        yield from known(option.blocks, around.blocks, "bouwsteen", (*path, index, "blocks"))
        yield from known(option.facilities, around.facilities, "voorziening", (*path, index, "facilities"))


def _check_leads(chooser: Chooser) -> Iterator[Finding]:
    for path, option in _options(chooser):
        if not option.leads_somewhere:
            message = (
                "Achter dit antwoord staat niets. Noem een volgende vraag (next), of minstens één situatie, bouwsteen of "
                "voorziening."
            )
            yield Finding(path, message)
        elif option.next is not None and option.next not in chooser.by_key:
            yield unknown(option.next, chooser.by_key, "vraag", (*path, "next"))


def _options(chooser: Chooser) -> Iterator[tuple[KeyPath, ChooserOption]]:
    for index, question in enumerate(chooser.questions):
        for place, option in enumerate(question.options):
            yield ("questions", index, "options", place), option


def _check_ways(chooser: Chooser) -> Iterator[Finding]:
    """All ways from the first question, in rounds: in each the questions that can come so many answers later."""
    ways = {chooser.questions[0].key: 1}
    reached: set[str] = set()
    pages = 1
    for _ in range(MOST_QUESTIONS):
        reached |= ways.keys()
        pages += sum(number * len(chooser.by_key[key].options) for key, number in ways.items())
        ways = _ways_on(chooser, ways)
    if ways:
        yield from list(_check_circles(chooser)) or _check_length(chooser, ways)
        return
    if pages > MOST_PAGES:
        message = f"Deze vragen geven samen {pages} pagina's. Maak er hoogstens {MOST_PAGES} van, met minder vragen."
        yield Finding(("questions",), message)
    yield from _check_reached(chooser, reached)


def _check_reached(chooser: Chooser, reached: Collection[str]) -> Iterator[Finding]:
    for index, question in enumerate(chooser.questions):
        if question.key not in reached:
            message = (
                f'Geen antwoord leidt naar "{question.key}". Noem de vraag bij een antwoord (next), of haal haar weg.'
            )
            yield Finding(("questions", index, "key"), message)


def _ways_on(chooser: Chooser, ways: Mapping[str, int]) -> dict[str, int]:
    """How many ways lead to each question that comes after these."""
    found: dict[str, int] = {}
    for key, number in ways.items():
        for option in chooser.by_key[key].options:
            if option.next is not None:
                found[option.next] = found.get(option.next, 0) + number
    return found


def _check_circles(chooser: Chooser) -> Iterator[Finding]:
    """Answers that lead back, on a walk through all questions. A file may hold thousands, too many to call oneself for."""
    places = {one.key: index for index, one in enumerate(chooser.questions)}
    first = chooser.questions[0].key
    above, done = [first], {first}
    waiting = {first: list(enumerate(chooser.questions[0].options))}
    while above:
        if not waiting[above[-1]]:
            del waiting[above.pop()]
            continue
        place, option = waiting[above[-1]].pop(0)
        if option.next in waiting:
            path = ("questions", places[above[-1]], "options", place, "next")
            yield Finding(
                path,
                f'Zo komt "{option.next}" nog eens langs, en komt er nooit een einde aan. Kies een andere volgende vraag.',
            )
        elif option.next is not None and option.next not in done:
            above.append(option.next)
            done.add(option.next)
            waiting[option.next] = list(enumerate(chooser.by_key[option.next].options))


def _check_length(chooser: Chooser, too_far: Mapping[str, int]) -> Iterator[Finding]:
    for index, question in enumerate(chooser.questions):
        if question.key in too_far:
            message = f"Op weg naar deze vraag zijn er al {MOST_QUESTIONS} gesteld. Stel er hoogstens {MOST_QUESTIONS} achter elkaar."
            yield Finding(("questions", index, "key"), message)
