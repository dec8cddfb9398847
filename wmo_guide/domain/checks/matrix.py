"""A matrix edition and what became of its blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wmo_guide.domain.checks.common import Around, known, twice
from wmo_guide.domain.checks.questions import check_questions
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.matrix import BuildingBlock, Conversion, Edition


def check_edition(edition: Edition, around: Around) -> Iterator[Finding]:
    """Axes, areas and blocks of an edition."""
    yield from known(edition.sources, around.sources, "bron", ("sources",))
    yield from twice((a.key for a in edition.axes), "axes", name="key")
    for index, axis in enumerate(edition.axes):
        yield from twice((level.key for level in axis.levels), "axes", index, "levels", name="key")
    yield from twice((a.slug for a in edition.areas), "areas")
    if edition.end is not None and edition.end < edition.start:
        yield Finding(("end",), "De einddatum ligt voor de begindatum. Verbeter er één.")
    seen: set[str] = set()
    for area_index, area in enumerate(edition.areas):
        for index, block in enumerate(area.blocks):
            path = ("areas", area_index, "blocks", index)
            if block.slug in seen:
                yield Finding(
                    (*path, "slug"), f'"{block.slug}" staat er twee keer. Geef elke bouwsteen een eigen naam.'
                )
            seen.add(block.slug)
            yield from known(block.sources, around.sources, "bron", (*path, "sources"))
            yield from known(block.try_first, around.facilities, "voorziening", (*path, "try_first"))
            yield from _check_block(block, edition, path)
            yield from _check_block_questions(block, around, path)


def _check_block(block: BuildingBlock, edition: Edition, path: KeyPath) -> Iterator[Finding]:
    yield from known(block.axes, edition.by_axis, "as", (*path, "axes"))
    slugs = [other.slug for _, other in edition.blocks()]
    yield from known(block.stack_with, slugs, "bouwsteen", (*path, "stack_with"))
    yield from known(block.not_with, slugs, "bouwsteen", (*path, "not_with"))
    yield from twice((a.key for a in block.arrangements), *path, "arrangements", name="key")
    yield from twice((b.key for b in block.bands), *path, "bands", name="key")
    first = edition.by_axis.get(block.axes[0]) if block.axes else None
    levels = {level.key for level in first.levels} if first else set()
    for index, arrangement in enumerate(block.arrangements):
        yield from known(arrangement.levels, levels, "niveau op de eerste as", (*path, "arrangements", index, "levels"))
    for index, band in enumerate(block.bands):
        if band.low > band.high:
            yield Finding((*path, "bands", index), "low is groter dan high. Wissel ze om.")


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


def check_conversion(
    conversion: Conversion, older: Edition, newer: Edition, sources: Collection[str]
) -> Iterator[Finding]:
    """Each step goes from blocks of the older edition to blocks of the newer one."""
    yield from known(conversion.sources, sources, "bron", ("sources",))
    for index, step in enumerate(conversion.steps):
        yield from known(step.source_blocks, older.by_slug, "bouwsteen van de oude editie", ("steps", index, "from"))
        yield from known(step.target_blocks, newer.by_slug, "bouwsteen van de nieuwe editie", ("steps", index, "to"))
        if (step.change == "end") == bool(step.target_blocks):
            yield Finding(("steps", index, "to"), "Bij change: end hoort geen to; bij elke andere verandering wel.")
