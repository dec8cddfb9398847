"""What staff can edit: where each kind of content stands, and how one item of it is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from wmo_guide.domain.base import Record
from wmo_guide.domain.editorial import Answered, Article, Facility, Situation, Term
from wmo_guide.domain.region import Contact, Rate, Source, Subject
from wmo_guide.store.yaml_text import Tree

Item: TypeAlias = dict[str, Tree]
"""One record as it stands in a file: texts, lists and mappings."""
SHARED = "gedeeld"
"""In addresses: what all regions have in common, instead of a region's name."""
MARKDOWN = "markdown"
"""The text of an article, among the keys of its item."""
_JOINT = "--"
"""Stands in no slug and in no key."""


@dataclass(frozen=True)
class ContentKind:
    """One kind of content."""

    key: str
    """In addresses."""
    model: type[Record]
    file: str
    """The YAML file below the folder of its region; for articles the folder of their Markdown files."""
    inside: str = ""
    """The key of the file that holds the list; empty for articles, which have a file each."""
    named_by: tuple[str, ...] = ("slug",)
    """Fields that together tell an item from the others in its list."""
    named_after: str = "title"
    """The field that a new item's name is made of."""
    ordered: bool = False
    """Whether readers see the items in the order of the file."""
    shared: bool = False
    """Whether all regions together have such a list too."""
    left_out: tuple[str, ...] = ("updated",)
    """Fields that the form doesn't ask for: the day of the last change, which the desk fills in, and what has no meaning."""

    needed: tuple[str, ...] = ()
    """Fields that these can't do without, though others of their model can."""

    @property
    def is_article(self) -> bool:
        """Whether each item is a Markdown file of its own."""
        return not self.inside

    @property
    def has_own_name(self) -> bool:
        """Whether items have a name of their own, which never changes: it stands in addresses and references."""
        return self.is_article or len(self.named_by) == 1

    def path(self, region: str, ref: str = "") -> str:
        """The file of an item below content/."""
        folder = "shared" if region == SHARED else f"regions/{region}"
        return f"{folder}/{self.file}/{ref}.md" if self.is_article else f"{folder}/{self.file}"

    def ref(self, item: Item) -> str:
        """The name of an item of a list, in addresses."""
        return _JOINT.join(str(item[name]) for name in self.named_by if item.get(name))


KINDS: Mapping[str, ContentKind] = {
    kind.key: kind
    for kind in (
        ContentKind("nieuws", Article, "news", left_out=("under",)),
        ContentKind("factsheets", Article, "factsheets", left_out=("updated", "under"), needed=("sources",)),
        ContentKind("paginas", Article, "pages", shared=True),
        ContentKind("vragen", Answered, "faq.yaml", "questions", ("key",), "question", ordered=True),
        ContentKind("situaties", Situation, "situations.yaml", "situations", ordered=True),
        ContentKind("voorzieningen", Facility, "facilities.yaml", "facilities", named_after="name", ordered=True),
        ContentKind("woorden", Term, "terms.yaml", "terms", named_after="term", shared=True),
        ContentKind("contacten", Contact, "region.yaml", "contacts", ("subject", "municipality")),
        ContentKind("bijdrage", Rate, "region.yaml", "rates", ("start", "per")),
        ContentKind("onderwerpen", Subject, "region.yaml", "subjects", ("key",), ordered=True),
        ContentKind("bronnen", Source, "region.yaml", "sources", ("key",)),
    )
}
"""All kinds, in the order of the desk. Their words stand in editor.yaml."""
