"""The table of page kinds. A new kind is one template, one small view, and one row here."""

from __future__ import annotations

from wmo_guide.domain.standards import EDITORIAL
from wmo_guide.guide.kinds import (
    about_data,
    articles,
    blocks,
    chooser,
    home,
    lists,
    matrix,
    municipalities,
    nearby,
    papers,
    providers,
    search,
    shortlist,
)
from wmo_guide.guide.page import PageKind, untouched

_ALL_BUT_TERMS = EDITORIAL - {"terms"}
"""Of the kinds with thousands of pages: what they don't ignore makes an edit of it slow in a large guide."""

PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("region_home", 1, "home", home.region_home),
    PageKind("situation_index", 2, "situaties", home.situation_index),
    PageKind("situation", 3, "situaties", home.situations),
    PageKind("chooser", 2, "hulpwijzer", chooser.questions),
    PageKind("chooser_outcome", 3, "hulpwijzer", chooser.outcomes),
    PageKind("help_index", 2, "hulp", blocks.help_index),
    PageKind("block", 3, "hulp", blocks.blocks, blocks.blocks),
    PageKind("municipality_index", 2, "gemeenten", municipalities.municipality_index),
    PageKind(
        "municipality",
        3,
        "gemeenten",
        municipalities.municipalities,
        municipalities.municipalities,
        _ALL_BUT_TERMS - {"facilities"},
    ),
    PageKind("former_municipality", 3, "gemeenten", municipalities.former_municipalities),
    PageKind(
        "municipality_block",
        4,
        "gemeenten",
        municipalities.municipality_blocks,
        municipalities.municipality_blocks,
        _ALL_BUT_TERMS - {"facilities"},
    ),
    PageKind("provider_index", 2, "aanbieders", providers.provider_index),
    PageKind("provider", 3, "aanbieders", providers.providers, providers.providers, _ALL_BUT_TERMS),
    PageKind("facilities", 2, "voorzieningen", lists.facilities),
    PageKind("costs", 2, "kosten", articles.costs),
    PageKind("about", 2, "over", articles.about),
    PageKind("article", 2, "uitleg", articles.pages),
    PageKind("subarticle", 3, "uitleg", articles.subpages),
    PageKind("factsheet_index", 2, "factsheets", articles.factsheet_index),
    PageKind("factsheet", 3, "factsheets", articles.factsheets),
    PageKind("news_index", 2, "nieuws", articles.news_index),
    PageKind("news", 3, "nieuws", articles.news),
    PageKind("faq", 2, "vragen", lists.faq),
    PageKind("terms", 2, "woordenlijst", lists.terms),
    PageKind("a_to_z", 2, "a-z", lists.a_to_z),
    PageKind("a_to_z_letter", 3, "a-z", lists.a_to_z_letters, lists.a_to_z_letters),
    PageKind("matrix_index", 2, "matrix", matrix.matrix_index),
    PageKind("matrix", 3, "matrix", matrix.editions),
    PageKind("paper_index", 3, "professionals", papers.paper_index, untouched),
    PageKind("paper", 4, "professionals", papers.papers, untouched),
    PageKind("kept_data", 2, "gegevens", about_data.kept_data),
    PageKind("nearby", 2, "dichtbij", nearby.nearby),
    PageKind("shortlist", 2, "lijstje", shortlist.shortlist),
    PageKind("search", 2, "zoeken", search.search),
)
