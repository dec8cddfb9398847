"""What staff wrote: provisions, situations, questions and answers, words, articles."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.checks.common import Around, Names, alike, known, names, twice, unknown
from wmo_guide.domain.editorial import Facilities, Faq, Situations, Term, Terms
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.standards import Written


def check_facilities(facilities: Facilities, sources: Names, municipalities: Names) -> Iterator[Finding]:
    """Provisions have their own slug, and municipalities and sources that exist."""
    yield from known(facilities.sources, sources, "bron", ("sources",))
    yield from twice((f.slug for f in facilities.facilities), "facilities")
    for index, one in enumerate(facilities.facilities):
        yield from known(one.municipalities, municipalities, "gemeente", ("facilities", index, "municipalities"))


def check_situations(situations: Situations, around: Around) -> Iterator[Finding]:
    """Situations lead to blocks, provisions and factsheets that exist."""
    yield from twice((s.slug for s in situations.situations), "situations")
    yield from alike((s.title for s in situations.situations), "situations", name="title")
    for index, one in enumerate(situations.situations):
        path = ("situations", index)
        yield from known(one.sources, around.sources, "bron", (*path, "sources"))
        yield from known(one.blocks, around.blocks, "bouwsteen", (*path, "blocks"))
        yield from known(one.facilities, around.facilities, "voorziening", (*path, "facilities"))
        yield from known(one.factsheets, around.factsheets, "factsheet", (*path, "factsheets"))


def check_faq(faq: Faq, sources: Names) -> Iterator[Finding]:
    """Questions have their own key, and sources that exist."""
    yield from twice((q.key for q in faq.questions), "questions", name="key")
    yield from alike((q.question for q in faq.questions), "questions", name="question")
    for index, one in enumerate(faq.questions):
        yield from known(one.sources, sources, "bron", ("questions", index, "sources"))


def check_terms(terms: Terms, others: Names) -> Iterator[Finding]:
    """Terms have their own slug and refer to terms that exist, in this list or among `others`."""
    yield from twice((t.slug for t in terms.terms), "terms")
    own = names(t.slug for t in terms.terms)
    slugs = None if own is None or others is None else {*own, *others}
    taken: dict[str, str] = {}
    for index, term in enumerate(terms.terms):
        yield from known(term.see, slugs, "woord", ("terms", index, "see"))
        for place, slug in enumerate(term.see):
            if slug == term.slug:
                yield Finding(("terms", index, "see", place), "Een woord verwijst niet naar zichzelf. Haal het weg.")
        yield from _check_forms(term, taken, ("terms", index))


def _check_forms(term: Term, taken: dict[str, str], path: KeyPath) -> Iterator[Finding]:
    """Each word and each form leads to one explanation. `taken` grows with the words of this term."""
    words: list[tuple[KeyPath, str]] = [((*path, "term"), term.term)]
    words += [((*path, "forms", index), form) for index, form in enumerate(term.forms)]
    own: set[str] = set()
    for place, word in words:
        other = taken.setdefault(word.casefold(), term.slug)
        if other != term.slug:
            yield Finding(place, f'"{word}" wordt al uitgelegd bij "{other}". Laat het op één plek staan.')
        elif word.casefold() in own:
            yield Finding(place, f'"{word}" staat er twee keer. Laat er één staan.')
        own.add(word.casefold())


def check_article(written: Written, around: Around, *, sourced: bool) -> Iterator[Finding]:
    """An article's sources exist (and are there, when `sourced`), and the page it stands under stands by itself."""
    head = written.head
    yield from known(head.sources, around.sources, "bron", ("sources",))
    if sourced and not head.sources:
        yield Finding(("sources",), "Hier ontbreekt de bron. Noem er minstens één uit region.yaml.")
    if head.under is None:
        return
    if head.under not in around.pages:
        above = [page for page, under in around.pages.items() if under is None]
        yield unknown(head.under, above, "pagina", ("under",))
    elif around.pages[head.under] is not None:
        message = f'De pagina "{head.under}" staat zelf onder een pagina. Kies een pagina die op zichzelf staat.'
        yield Finding(("under",), message)
