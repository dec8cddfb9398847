"""A matrix edition and what became of its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from wmo_guide.domain.checks.common import Around, Names, alike, known, names, twice
from wmo_guide.domain.checks.days import REVERSED
from wmo_guide.domain.checks.questions import check_questions
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.matrix import BuildingBlock, Conversion, Edition, Step


def check_edition(edition: Edition, around: Around) -> Iterator[Finding]:
    """Axes, areas and blocks of an edition."""
    yield from known(edition.sources, around.sources, "bron", ("sources",))
    yield from twice((a.key for a in edition.axes), "axes", name="key")
    for index, axis in enumerate(edition.axes):
        yield from twice((level.key for level in axis.levels), "axes", index, "levels", name="key")
        yield from alike((level.title for level in axis.levels), "axes", index, "levels", name="title")
    yield from twice((a.slug for a in edition.areas), "areas")
    if edition.end is not None and edition.end < edition.start:
        yield Finding(("end",), REVERSED)
    if edition.end is None and edition.status == "former":
        yield Finding(("end",), "Een editie die niet meer geldt, heeft een laatste dag. Zet die bij end.")
    yield from _check_names(edition)
    for path, block in edition.places():
        yield from known(block.sources, around.sources, "bron", (*path, "sources"))
        yield from known(block.try_first, around.facilities, "voorziening", (*path, "try_first"))
        yield from _check_block(block, edition, path)
        yield from _check_block_questions(block, around, path)


def _check_names(edition: Edition) -> Iterator[Finding]:
    """Nobody takes one block for another: not by its slug, its code or its plain title."""
    slugs: set[str] = set()
    codes: set[str] = set()
    titles: set[str] = set()
    for path, block in edition.places():
        if block.slug in slugs:
            yield Finding((*path, "slug"), f'"{block.slug}" staat er twee keer. Geef elke bouwsteen een eigen naam.')
        elif block.plain_title.casefold() in titles:
            message = f'Zo heet een andere bouwsteen ook: "{block.plain_title}". Geef elke bouwsteen een eigen titel.'
            yield Finding((*path, "plain_title"), message)
        if block.code in codes:
            yield Finding((*path, "code"), f'Code "{block.code}" staat er twee keer. Kijk in de bron welke klopt.')
        slugs.add(block.slug)
        titles.add(block.plain_title.casefold())
        codes.update([block.code] if block.code else [])


def _check_block(block: BuildingBlock, edition: Edition, path: KeyPath) -> Iterator[Finding]:
    yield from known(block.axes, names(axis.key for axis in edition.axes), "as", (*path, "axes"))
    slugs = names(other.slug for _, other in edition.blocks())
    yield from known(block.stack_with, slugs, "bouwsteen", (*path, "stack_with"))
    yield from known(block.not_with, slugs, "bouwsteen", (*path, "not_with"))
    yield from _check_company(block, edition, path)
    yield from twice((a.key for a in block.arrangements), *path, "arrangements", name="key")
    yield from alike((a.title for a in block.arrangements), *path, "arrangements", name="title")
    yield from _check_bands(block, path)
    first = edition.by_axis.get(block.axes[0]) if block.axes else None
    levels = names(level.key for level in first.levels) if first else ()
    for index, arrangement in enumerate(block.arrangements):
        yield from known(arrangement.levels, levels, "niveau op de eerste as", (*path, "arrangements", index, "levels"))


def _check_bands(block: BuildingBlock, path: KeyPath) -> Iterator[Finding]:
    """Bands have a name of their own, go upwards, and share no number."""
    yield from twice((b.key for b in block.bands), *path, "bands", name="key")
    yield from alike((b.title for b in block.bands), *path, "bands", name="title")
    for index, band in enumerate(block.bands):
        if band.low > band.high:
            yield Finding((*path, "bands", index), "low is groter dan high. Wissel ze om.")
    order = sorted((band.low, band.high, index) for index, band in enumerate(block.bands) if band.low <= band.high)
    for (_, high, _), (low, _, index) in pairwise(order):
        if low <= high:
            message = (
                f"De band ervoor loopt tot en met {high}, dus deze begint bij {high + 1} of later. Verbeter er één."
            )
            yield Finding((*path, "bands", index, "low"), message)


def _check_company(block: BuildingBlock, edition: Edition, path: KeyPath) -> Iterator[Finding]:
    """What a block goes with and what not: itself neither, and none both, also not by what the other block says."""
    for name in ("stack_with", "not_with"):
        for index, slug in enumerate(getattr(block, name)):
            if slug == block.slug:
                yield Finding((*path, name, index), "Een bouwsteen staat hier niet bij zichzelf. Haal hem weg.")
    for index, slug in enumerate(block.stack_with):
        other = edition.by_slug.get(slug)
        if slug != block.slug and (slug in block.not_with or (other and block.slug in other[1].not_with)):
            message = f'Volgens not_with gaat deze bouwsteen niet samen met "{slug}". Haal hem hier weg, of daar.'
            yield Finding((*path, "stack_with", index), message)


def _check_block_questions(block: BuildingBlock, around: Around, path: KeyPath) -> Iterator[Finding]:
    yield from known(block.question_sets, around.set_names, "vragenlijst", (*path, "question_sets"))
    yield from check_questions(block.questions, *path, "questions")
    taken: set[str] = set()
    for name in (*around.basis, *block.question_sets):
        keys = {question.key for question in around.sets[name].questions} if name in around.sets else set()
        for key in sorted(keys & taken):
            message = f'De vraag "{key}" staat in twee van de vragenlijsten van deze bouwsteen. Haal er één weg.'
            yield Finding((*path, "question_sets"), message)
        taken |= keys
    for index, question in enumerate(block.questions):
        if question.key in taken:
            message = f'De vraag "{question.key}" staat al in een vragenlijst. Kies een andere sleutel.'
            yield Finding((*path, "questions", index, "key"), message)


_ONE, _MORE = "één bouwsteen", "twee of meer bouwstenen"
_SHAPES: Mapping[str, tuple[str, str]] = {"rename": (_ONE, _ONE), "split": (_ONE, _MORE), "merge": (_MORE, _ONE)}
"""How many blocks stand under from and under to; of those that ended any number, and none."""


def check_conversion(conversion: Conversion, older: Edition, newer: Edition, sources: Names) -> Iterator[Finding]:
    """Each step goes from blocks of the older edition to blocks of the newer one, and each old block goes one way.

    None of the old blocks is passed over.
    """
    yield from known(conversion.sources, sources, "bron", ("sources",))
    if older.start >= newer.start:
        yield Finding((), "De eerste editie in de naam van dit bestand begint later. Noem het naar oud-to-nieuw.")
    told: set[str] = set()
    for index, step in enumerate(conversion.steps):
        path = ("steps", index)
        yield from known(step.source_blocks, older.by_slug, "bouwsteen van de oude editie", (*path, "from"))
        yield from known(step.target_blocks, newer.by_slug, "bouwsteen van de nieuwe editie", (*path, "to"))
        yield from _check_shape(step, path)
        for place, slug in enumerate(step.source_blocks):
            if slug in told:
                message = f'Wat er van "{slug}" werd, staat al in een andere stap. Voeg de twee samen.'
                yield Finding((*path, "from", place), message)
        told.update(step.source_blocks)
    left = [slug for slug in older.by_slug if slug not in told] if older.start < newer.start else []
    if left and told <= older.by_slug.keys():  # a name with a slip has been told already
        message = (
            f"Er staat niet wat er werd van: {', '.join(left)}. Zet ze in een stap; hielden ze op, dan met change: end."
        )
        yield Finding(("steps",), message)


def _check_shape(step: Step, path: KeyPath) -> Iterator[Finding]:
    if (step.change == "end") == bool(step.target_blocks):
        yield Finding((*path, "to"), "Bij change: end hoort geen to; bij elke andere verandering wel.")
    elif step.change in _SHAPES:
        for key, blocks, wanted in zip(
            ("from", "to"), (step.source_blocks, step.target_blocks), _SHAPES[step.change], strict=True
        ):
            if (len(blocks) == 1) != (wanted == _ONE):
                message = f"Bij change: {step.change} staat onder {key} {wanted}. Kies een andere verandering, of verbeter {key}."
                yield Finding((*path, key), message)
