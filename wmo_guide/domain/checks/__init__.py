"""Whether records of a region refer to things that exist, and are at peace with each other."""

from __future__ import annotations

from wmo_guide.domain.checks.chooser import check_chooser
from wmo_guide.domain.checks.common import Around, Names, check_icons, check_words, names
from wmo_guide.domain.checks.days import check_days, check_provider_days, check_terms_of_office, last_day
from wmo_guide.domain.checks.division import check_division, check_municipalities
from wmo_guide.domain.checks.editorial import (
    check_article,
    check_facilities,
    check_faq,
    check_situations,
    check_terms,
)
from wmo_guide.domain.checks.matrix import check_conversion, check_edition
from wmo_guide.domain.checks.providers import check_same, namesakes_of
from wmo_guide.domain.checks.questions import (
    CORE_KEYS,
    Asked,
    check_about,
    check_asked,
    check_core,
    check_matrix_names,
    check_questions,
)
from wmo_guide.domain.checks.region import check_region, municipality_names
from wmo_guide.domain.checks.search_words import check_search_words
from wmo_guide.domain.checks.upkeep import check_upkeep

__all__ = [
    "CORE_KEYS",
    "Around",
    "Asked",
    "Names",
    "check_about",
    "check_article",
    "check_asked",
    "check_chooser",
    "check_conversion",
    "check_core",
    "check_days",
    "check_division",
    "check_edition",
    "check_facilities",
    "check_faq",
    "check_icons",
    "check_matrix_names",
    "check_municipalities",
    "check_provider_days",
    "check_questions",
    "check_region",
    "check_same",
    "check_search_words",
    "check_situations",
    "check_terms",
    "check_terms_of_office",
    "check_upkeep",
    "check_words",
    "last_day",
    "municipality_names",
    "names",
    "namesakes_of",
]
