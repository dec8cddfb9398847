"""Whether records of a region refer to things that exist, and are at peace with each other."""

from __future__ import annotations

from wmo_guide.domain.checks.common import Around, check_icons, check_words
from wmo_guide.domain.checks.days import check_days, check_provider_days, check_terms_of_office
from wmo_guide.domain.checks.editorial import (
    check_article,
    check_facilities,
    check_faq,
    check_situations,
    check_terms,
)
from wmo_guide.domain.checks.matrix import check_conversion, check_edition
from wmo_guide.domain.checks.questions import CORE_KEYS, Asked, check_about, check_asked, check_core, check_questions
from wmo_guide.domain.checks.region import check_region

__all__ = [
    "CORE_KEYS",
    "Around",
    "Asked",
    "check_about",
    "check_article",
    "check_asked",
    "check_conversion",
    "check_core",
    "check_days",
    "check_edition",
    "check_facilities",
    "check_faq",
    "check_icons",
    "check_provider_days",
    "check_questions",
    "check_region",
    "check_situations",
    "check_terms",
    "check_terms_of_office",
    "check_words",
]
