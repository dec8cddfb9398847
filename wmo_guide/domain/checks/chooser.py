"""Whether the questions that help to choose lead somewhere, in a few steps, and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.checks.common import Around, Names, alike, known, names, twice, unknown
from wmo_guide.domain.chooser import MOST_QUESTIONS, Chooser, ChooserOption
from wmo_guide.domain.findings import Finding, KeyPath


def check_chooser(chooser: Chooser, around: Around, situations: Names) -> Iterator[Finding]:
    """Each answer leads to a question or a result that exists, and each way ends within a few questions."""
    yield from known(chooser.sources, around.sources, "bron", ("sources",))
    yield from twice((one.key for one in chooser.questions), "questions", name="key")
    yield from twice((one.key for one in chooser.results), "results", name="key")
    wrong = [*_check_options(chooser)]
    yield from wrong
    yield from _check_results(chooser, around, situations)
    if not wrong and names(one.key for one in chooser.questions) is not None:
        yield from _check_ways(chooser)


def _check_options(chooser: Chooser) -> Iterator[Finding]:
    for index, question in enumerate(chooser.questions):
        path = ("questions", index, "options")
        yield from twice((one.slug for one in question.options), *path)
        yield from alike((one.label for one in question.options), *path, name="label")
        for place, option in enumerate(question.options):
            yield from _check_option(chooser, option, (*path, place))


def _check_option(chooser: Chooser, option: ChooserOption, path: KeyPath) -> Iterator[Finding]:
    if (option.next is None) == (option.result is None):
        yield Finding((*path, "slug"), "Een antwoord leidt naar één ding: vul next in of result, en niet allebei.")
    elif option.next is not None and option.next not in chooser.by_question:
        yield unknown(option.next, chooser.by_question, "vraag", (*path, "next"))
    elif option.result is not None and option.result not in chooser.by_result:
        yield unknown(option.result, chooser.by_result, "uitkomst", (*path, "result"))


def _check_results(chooser: Chooser, around: Around, situations: Names) -> Iterator[Finding]:
    for index, one in enumerate(chooser.results):
        path = ("results", index)
        yield from known(one.situations, situations, "situatie", (*path, "situations"))
        yield from known(one.blocks, around.blocks, "bouwsteen", (*path, "blocks"))
        yield from known(one.facilities, around.facilities, "voorziening", (*path, "facilities"))
        if not (one.situations or one.blocks or one.facilities):
            message = "Deze uitkomst leidt nergens naartoe. Noem een situatie, een bouwsteen of een voorziening."
            yield Finding((*path, "key"), message)


def _check_ways(chooser: Chooser) -> Iterator[Finding]:
    """How deep each question lies at most; a circle has no end."""
    deepest = {chooser.questions[0].key: 1}
    waiting: list[tuple[str, ...]] = [(chooser.questions[0].key,)]
    while waiting:
        way = waiting.pop()
        for option in chooser.by_question[way[-1]].options:
            if option.next in way or (option.next and len(way) >= MOST_QUESTIONS):
                yield _too_far(chooser, way[-1], option, is_circle=option.next in way)
                return
            if option.next is not None and deepest.get(option.next, 0) <= len(way):
                deepest[option.next] = len(way) + 1
                waiting.append((*way, option.next))
    used = {option.result for one in chooser.questions for option in one.options}
    for index, question in enumerate(chooser.questions):
        if question.key not in deepest:
            yield Finding(("questions", index, "key"), "Geen antwoord leidt naar deze vraag. Haal haar weg.")
    for index, result in enumerate(chooser.results):
        if result.key not in used:
            yield Finding(("results", index, "key"), "Geen antwoord leidt naar deze uitkomst. Haal haar weg.")


def _too_far(chooser: Chooser, key: str, option: ChooserOption, *, is_circle: bool) -> Finding:
    index = next(place for place, one in enumerate(chooser.questions) if one.key == key)
    place = chooser.questions[index].options.index(option)
    message = (
        f'Dit antwoord leidt terug naar de vraag "{option.next}", dus er komt geen eind aan. Kies een andere.'
        if is_circle
        else f"Zo krijgt een lezer meer dan {MOST_QUESTIONS} vragen achter elkaar. Kies hier een uitkomst."
    )
    return Finding(("questions", index, "options", place, "next"), message)
