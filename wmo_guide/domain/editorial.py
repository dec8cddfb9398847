"""What staff write: facilities, situations, questions and answers, terms, and articles."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.matrix import IconName
from wmo_guide.domain.values import Blank, Email, Flag, Key, Line, PastDay, Phone, Prose, Slug, WebAddress, Whole

Audience = Literal["resident", "provider", "professional"]


class Facility(Record):
    """A general provision (algemene voorziening): open to all, comes before tailored support."""

    slug: Slug
    """Name by which blocks and situations refer to it."""
    name: Line
    """Name as residents know it."""
    icon: IconName
    """Pictogram."""
    summary: Prose
    """What you get there, in plain words."""
    municipalities: tuple[Slug, ...] = ()
    """Where it is; none = in the whole region."""
    cost: Annotated[Line | None, Blank] = None
    """What it costs."""
    how: Prose
    """How to get in touch."""
    website: Annotated[WebAddress | None, Blank] = None
    """Website."""
    phone: Annotated[Phone | None, Blank] = None
    """Telephone number."""
    email: Annotated[Email | None, Blank] = None
    """Mail address."""
    everyday_words: tuple[Line, ...] = ()
    """What people type when they look for this."""
    example: Flag = False
    """true when it was made up to show how the guide looks."""


class Facilities(Record):
    """All general provisions of a region. Lives in `regions/<region>/facilities.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where it comes from."""
    facilities: tuple[Facility, ...] = ()
    """The provisions."""


class Situation(Record):
    """A plain-language way in: something that happens in a life, and what can help."""

    slug: Slug
    """Name in the address of its page."""
    title: Line
    """In the resident's own words, e.g. "Ik durf mijn post niet meer open te maken"."""
    icon: IconName
    """Pictogram."""
    summary: Prose
    """One or two sentences of recognition."""
    text: Prose
    """What you can do, in short paragraphs."""
    first_steps: tuple[Line, ...] = Field(min_length=1)
    """What to do first, as short instructions."""
    everyday_words: tuple[Line, ...] = Field(min_length=5)
    """What people type in this situation; at least 5."""
    blocks: tuple[Slug, ...] = ()
    """Building blocks that can help, of the edition that is in force."""
    facilities: tuple[Slug, ...] = ()
    """General provisions that can help."""
    factsheets: tuple[Slug, ...] = ()
    """Factsheets to read."""
    audience: Literal["resident", "carer"] = "resident"
    """Who recognises this: the resident or an informal carer."""
    updated: PastDay
    """When a person last changed it."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where it comes from."""


class Situations(Record):
    """All situations of a region. Lives in `regions/<region>/situations.yaml`."""

    situations: tuple[Situation, ...] = ()
    """The situations, in the order of the home page."""


class Answered(Record):
    """A frequent question with its answer."""

    key: Key
    """Name in the address: /vragen/#key."""
    question: Line
    """The question, as people ask it."""
    answer: Prose
    """The answer."""
    audience: tuple[Audience, ...] = Field(min_length=1)
    """Who asks this."""
    everyday_words: tuple[Line, ...] = ()
    """What people type when they look for this."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where the answer comes from."""


class Faq(Record):
    """All questions and answers of a region. Lives in `regions/<region>/faq.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    questions: tuple[Answered, ...] = ()
    """The questions."""


class Term(Record):
    """A word of the field, explained in plain words."""

    slug: Slug
    """Name in the address: /woordenlijst/#slug."""
    term: Line
    """The word."""
    forms: tuple[Line, ...] = ()
    """Other forms of it in texts: plural, abbreviation in full, synonym."""
    plain: Line
    """What it means, in one or two plain sentences."""
    example: Annotated[Line | None, Blank] = None
    """An example sentence."""
    see: tuple[Slug, ...] = ()
    """Related terms."""
    marked: Flag = True
    """false for a word that nearly everybody knows: it stands in the word list, but pages don't link it."""


class Terms(Record):
    """A word list. Lives in `shared/terms.yaml` (all regions) and `regions/<region>/terms.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    terms: tuple[Term, ...] = ()
    """The words."""


class Article(Record):
    """Front matter of a Markdown file: a factsheet, a page or a news item. The text stands below it."""

    title: Line
    """Title of the page."""
    description: Line
    """What the reader finds here, in one sentence; shown in lists and by search engines."""
    updated: PastDay
    """When a person last changed it; for news: the day it appears, and may be a day to come."""
    sources: tuple[Key, ...] = ()
    """Where it comes from; obligatory for factsheets."""
    audience: Audience = "resident"
    """For whom it was written."""
    under: Annotated[Slug | None, Blank] = None
    """For pages: the page it stands under, e.g. professionals."""
    order: Whole = 100
    """Place among its neighbours, small first."""
    icon: Annotated[IconName | None, Blank] = None
    """Pictogram in lists."""
    email: Annotated[Email | None, Blank] = None
    """Functional mailbox for questions about it."""
    everyday_words: tuple[Line, ...] = ()
    """What people type when they look for this."""
