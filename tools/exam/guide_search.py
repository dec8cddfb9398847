"""Asks the guide's own search page, as somebody would who types one question after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playwright.sync_api import Page

from tools.exam.marking import Answer
from tools.exam.questions import Query

# Each question starts with a clean form and memory, and is answered when the status names it: results may stand on the
# screen before the last of them have come.
_ASK = """async (ask) => {
  const form = document.getElementById("zoekformulier");
  const status = document.getElementById("zoekstatus");
  localStorage.clear();
  form.reset();
  document.getElementById("zoekveld").value = ask;
  form.requestSubmit();
  const name = "\\u201c" + ask.trim().slice(0, 200) + "\\u201d";
  const end = Date.now() + 20000;
  while (!status.textContent.includes(name)) {
    if (Date.now() > end || status.textContent.includes("lukt nu niet")) {
      throw new Error(ask + ": " + status.textContent);
    }
    await new Promise((ready) => setTimeout(ready, 2));
  }
  const links = Array.from(document.querySelectorAll("#zoekresultaten > li"), (item) => item.querySelector("a"));
  return links.map((link) => link.pathname + link.hash);
}"""


def ask_guide(page: Page, address: str, queries: Iterable[Query]) -> Iterator[Answer]:
    """Opens the search page once and asks all questions in it. Raises playwright's Error when it can't search."""
    page.goto(address)
    for query in queries:
        yield Answer(query, tuple((link,) for link in page.evaluate(_ASK, query.ask)))
