"""Style sheets in as few bytes as they can have: an old phone fetches and reads all of them before it shows a page.

Material's style sheet dresses far more than our pages have. What nothing on them can take hold of is left out; what is
left does the same as all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import tinycss2

Node: TypeAlias = Any
"""A part of a style sheet: tinycss2 has no types."""
Rules: TypeAlias = Sequence[Node]

_BLANK = re.compile(rb'("[^"]*")|\s*([{};,])\s*|(:)\s+')
_NO_SITE = b'--wg-site: ""'
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = ("media", "supports")
_NOT_OURS = re.compile(r"data-|dir$")
"""How attributes begin that none of our pages has: Material's scripts set them, and its pages in other languages."""


def with_site(style_sheet: bytes, url: str) -> bytes:
    """Our own style sheet, told the site's address, so that links on paper have a whole one."""
    told = re.sub(r'["\\\n]', lambda found: f"\\{ord(found[0]):06x}", url)
    return style_sheet.replace(_NO_SITE, f'--wg-site: "{told}"'.encode())


def lean(style_sheet: bytes) -> bytes:
    """Leaves out remarks and the blanks around signs, which a phone need not fetch. Texts stay as they are."""
    bare = re.sub(rb"/\*.*?\*/", b"", style_sheet, flags=re.DOTALL)
    return _BLANK.sub(lambda found: found[1] or found[2] or found[3], bare)


def fitting(style_sheet: str, classes: Collection[str], beside: str) -> str:
    """A style sheet for pages that have no other classes than these; `beside` are all other style sheets they have.

    Rules stay in their order. Gone are selectors that ask for another class, or for an attribute that no page of ours
    has, and values and movements that nothing refers to.
    """
    kept = _each(
        tinycss2.parse_stylesheet(style_sheet, skip_comments=True, skip_whitespace=True),
        lambda rule: _for_classes(rule, classes),
    )
    rules = tinycss2.parse_stylesheet(kept)
    values = _values(rules)
    wanted = _reached(_VARIABLE.findall(" ".join([*values.pop("", ()), beside])), values)
    return _each(rules, lambda rule: _without_idle(rule, wanted, kept))


def _each(rules: Rules, write: Callable[[Node], str]) -> str:
    """The rules, each as `write` gives it, those within a group too; a group of which nothing is left goes."""
    told = []
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword in _GROUPS:
            inner = _each(_inside(rule), write)
            told.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else "")
        else:
            told.append(write(rule))
    return "".join(told)


def _inside(group: Node) -> Rules:
    rules: Rules = tinycss2.parse_rule_list(group.content, skip_comments=True, skip_whitespace=True)
    return rules


def _for_classes(rule: Node, classes: Collection[str]) -> str:
    if rule.type != "qualified-rule":
        return str(rule.serialize())
    selectors = [tinycss2.serialize(one) for one in _selectors(rule.prelude) if _can_match(one, classes)]
    return f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""


def _selectors(prelude: Iterable[Node]) -> Iterator[list[Node]]:
    one: list[Node] = []
    for node in prelude:
        if node == ",":
            yield one
            one = []
        else:
            one.append(node)
    yield one


def _can_match(selector: Sequence[Node], classes: Collection[str]) -> bool:
    """Whether something on our pages may fit. What stands in a function such as :not() is left alone."""
    named = (after.value for before, after in pairwise(selector) if before == ".")
    asked = (next(iter(node.content)) for node in selector if node.type == "[] block")
    return all(name in classes for name in named) and not any(_NOT_OURS.match(str(one.value)) for one in asked)


def _declarations(rule: Node) -> Iterator[Node]:
    """What a rule sets, property by property."""
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return (node for node in found if node.type == "declaration")


def _values(rules: Rules) -> dict[str, list[str]]:
    """What each variable is set to; under "" what all other properties are."""
    found: dict[str, list[str]] = {"": []}

    def note(rule: Node) -> str:
        if rule.type == "qualified-rule":
            for one in _declarations(rule):
                name = one.name if one.name.startswith("--") else ""
                found.setdefault(name, []).append(tinycss2.serialize(one.value))
        else:
            found[""].append(rule.serialize())
        return ""

    _each(rules, note)
    return found


def _reached(names: Iterable[str], values: Mapping[str, Sequence[str]]) -> set[str]:
    """These variables, and those that their values lead to."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(_VARIABLE.findall(" ".join(values.get(name, ()))))
    return found


def _without_idle(rule: Node, wanted: Collection[str], style_sheet: str) -> str:
    """A rule without variables that nothing asks for; nothing of a movement that nothing makes."""
    if rule.type == "at-rule" and rule.at_keyword == "keyframes":
        name = re.escape(tinycss2.serialize(rule.prelude).strip())
        return str(rule.serialize()) if re.search(rf"animation[\w-]*:[^;}}]*\b{name}\b", style_sheet) else ""
    if rule.type != "qualified-rule":
        return str(rule.serialize())
    kept = [one for one in _declarations(rule) if not one.name.startswith("--") or one.name in wanted]
    told = ";".join(one.serialize().rstrip(";") for one in kept)
    return f"{tinycss2.serialize(rule.prelude)}{{{told}}}" if told else ""
