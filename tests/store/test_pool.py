"""Providers share equal values, and nothing but memory changes by it."""

from __future__ import annotations

from datetime import date

from wmo_guide.domain.provider import Answers, Confirmation, Location, Offering, Provider
from wmo_guide.store.pool import Pool

DAY = date(2026, 4, 1)
LONG = "Wij helpen u met uw huishouden, zo lang als dat nodig is, en wij komen bij u thuis."


def _provider(slug: str, answers: Answers) -> Provider:
    return Provider(
        slug=slug,
        digest=f"digest of {slug}",
        example=False,
        updated=date(2026, 4, 1),
        confirmed=Confirmation.model_validate({"on": "2026-04-01", "by": "de aanbieder"}),
        organisation={"name": slug, **answers},
        locations=(Location("plek-1", {"name": "De Brug"}),),
        offerings=(Offering("2017", "wonen", None, None, answers, {"waiting": DAY}),),
    )


def _answers(text: str = LONG) -> dict[str, str | int | bool | tuple[str, ...] | dict[str, tuple[str, ...]]]:
    """Answers of every type, each time made anew."""
    keys, levels = ["levels", "how"], ["light", "heavy"]
    return {
        "what": text,
        "number": 1,
        "yes": True,
        "keys": tuple(keys),
        "levels": {"complexity": tuple(levels)},
        "none": {},
        "only": tuple(keys[:1]),
    }


def test_provider_stays_equal() -> None:
    """A provider out of the pool equals the one that went in, with the same types, whatever went in before."""
    pool = Pool()
    pool.provider(_provider("eerder", {"a": True, "b": 0, "c": ("levels",), "d": {}}))
    one = _provider("later", _answers())

    pooled = pool.provider(one)

    assert pooled == one
    assert [type(value) for value in pooled.organisation.values()] == [type(v) for v in one.organisation.values()]


def test_equal_values_are_one_object() -> None:
    """Two providers that chose the same share their choices, levels, dates and confirmation."""
    pool = Pool()
    first, second = (pool.provider(_provider(slug, _answers())) for slug in ("een", "twee"))

    for key in ("keys", "levels"):
        assert first.offerings[0].answers[key] is second.offerings[0].answers[key]
    assert first.confirmed is second.confirmed
    assert first.updated is second.updated
    assert first.offerings[0].dates is second.offerings[0].dates


def test_long_texts_are_not_kept() -> None:
    """A long text, which nobody else has, doesn't stay in the pool."""
    first, second = _answers("Lang. " * 20), _answers("Lang. " * 20)
    pool = Pool()

    kept = [pool.provider(_provider("een", one)).organisation["what"] for one in (first, second)]

    assert kept[0] is first["what"]
    assert kept[1] is second["what"]
