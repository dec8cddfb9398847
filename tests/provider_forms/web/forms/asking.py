"""Small helpers of these tests: questions, posted forms, and forms as a browser sees and sends them."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from lxml import html
from lxml.html import HtmlElement
from werkzeug.datastructures import MultiDict

from provider_forms.web.forms import PREFIX, AnswerForm
from wmo_guide.domain.questions import Option, Question
from wmo_guide.publication import ROOT

OPTIONS = (Option(key="red", label="Rood"), Option(key="blue", label="Blauw", help="Als de lucht."))
_PAGE = """{% from "_fields.html" import fields %}{% from "_errors.html" import errors, warnings -%}
<main>{{ errors(form) }}{{ warnings(form) }}<form method="post" novalidate>{{ fields(form) }}<button>Opslaan</button></form></main>"""


def ask(kind: str, key: str = "it", **more: Any) -> Question:
    """A question; those that need options have two."""
    if kind in ("choice", "choices"):
        more.setdefault("options", OPTIONS)
    return Question(key=key, kind=kind, label=f"Vraag {key}?", **more)


def posted(**answers: str | list[str]) -> MultiDict[str, str]:
    """A posted form; `levels__complexity` stands for the levels of one axis."""
    fields: MultiDict[str, str] = MultiDict()
    for key, values in answers.items():
        fields.setlist(PREFIX + key.replace("__", "."), [values] if isinstance(values, str) else values)
    return fields


@cache
def _template() -> Template:
    folder = FileSystemLoader(ROOT / "templates" / "forms")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined).from_string(_PAGE)


def rendered(form: AnswerForm) -> str:
    """The form as HTML, with its error summary."""
    return _template().render(form=form)


def page(form: AnswerForm) -> HtmlElement:
    """The form as a tree."""
    return html.document_fromstring(rendered(form))


def sent_by_browser(form: AnswerForm) -> MultiDict[str, str]:
    """What a browser posts when the form is sent without touching it."""
    fields: MultiDict[str, str] = MultiDict()
    for one in parts(page(form), "//form//input | //form//textarea"):
        if one.get("type") in ("radio", "checkbox"):
            if "checked" in one.attrib:
                fields.add(one.attrib["name"], one.attrib["value"])
        else:
            text = (one.text or "").removeprefix("\n") if one.tag == "textarea" else one.attrib["value"]
            fields.add(one.attrib["name"], text.replace("\n", "\r\n"))
    return fields


def parts(tree: HtmlElement, xpath: str) -> list[HtmlElement]:
    """The elements at an XPath."""
    return [one for one in tree.xpath(xpath) if isinstance(one, HtmlElement)]
