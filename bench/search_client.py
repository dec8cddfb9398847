"""What a phone waits for: the guide's search page, and Pagefind and Material's search on a page with nothing else."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

_PATIENCE = 600_000
_WATCH = """(() => {
  const ask = new URLSearchParams(location.search).get("q");
  window.bench = {};
  const shown = (name) => {
    if (name in window.bench) { return; }
    window.bench[name] = performance.now();
    requestAnimationFrame(() => setTimeout(() => { window.bench[name + "Painted"] = performance.now(); }));
  };
  new MutationObserver(() => {
    const list = document.getElementById("zoekresultaten");
    const status = document.getElementById("zoekstatus");
    if (list && list.querySelector("li a")) { shown("first"); }
    if (status && status.textContent.includes("\\u201c" + ask + "\\u201d")) { shown("final"); }
  }).observe(document, { childList: true, subtree: true, characterData: true });
})();"""
_TOLD = """() => ({
  ...window.bench,
  ready: performance.getEntriesByType("navigation")[0].domInteractive,
  loaded: performance.getEntriesByType("navigation")[0].loadEventStart,
  drawn: (performance.getEntriesByName("first-contentful-paint")[0] || { startTime: 0 }).startTime,
  results: document.querySelectorAll("#zoekresultaten > li").length,
  fetched: performance.getEntriesByType("resource").map((one) => [one.name, one.transferSize, one.responseEnd]),
})"""
_AGAIN = """async (asks) => {
  const form = document.getElementById("zoekformulier");
  const status = document.getElementById("zoekstatus");
  const answered = (ask) => new Promise((ready) => {
    form.reset();
    status.textContent = "";  // the page leaves it as it is when it says so already
    document.getElementById("zoekveld").value = ask;
    const begin = performance.now();
    const watch = new MutationObserver(() => {
      if (status.textContent.includes("\\u201c" + ask + "\\u201d")) {
        watch.disconnect();
        ready(performance.now() - begin);
      }
    });
    watch.observe(status, { childList: true, subtree: true, characterData: true });
    form.requestSubmit();
  });
  const pause = () => new Promise((ready) => setTimeout(ready, 300));
  for (const ask of asks) { await answered(ask); await pause(); }
  const times = [];
  for (const ask of asks) { times.push(await answered(ask)); await pause(); }
  return times;
}"""
_PAGEFIND = """async ({ ask, filters, asks }) => {
  const begin = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const answered = async (one, chosen) => {
    const found = await pagefind.search(one, { filters: chosen });
    await Promise.all(found.results.slice(0, 5).map((result) => result.data()));
    return found.results.length;
  };
  const results = await answered(ask, filters);
  const first = performance.now() - begin;
  for (const one of asks) { await answered(one, {}); }
  const times = [];
  for (const one of asks) {
    const start = performance.now();
    await answered(one, {});
    times.push(performance.now() - start);
  }
  return { first, times, results };
}"""
_MATERIAL = """async ({ worker, ask, asks }) => {
  const begin = performance.now();
  const index = await (await fetch("search/search_index.json")).json();
  const search = new Worker(worker);
  const tell = (message) => new Promise((ready) => {
    search.onmessage = (event) => ready(event.data);
    search.postMessage(message);
  });
  await tell({ type: 0, data: { ...index, options: { suggest: false } } });
  const results = (await tell({ type: 2, data: ask })).data.items.length;
  const first = performance.now() - begin;
  const times = [];
  for (const one of asks) {
    const start = performance.now();
    await tell({ type: 2, data: one });
    times.push(performance.now() - start);
  }
  search.terminate();
  return { first, times, results };
}"""


@dataclass(frozen=True)
class Seen:
    """What one phone saw of one search. Times are milliseconds from the start of the page's coming."""

    first: float
    """The first results are on the screen."""
    results: int
    bytes: int
    """Fetched by then, but for the page itself and the script of the guide's search."""
    ready: float = 0
    """All of the page's HTML is there, so that its script may start."""
    drawn: float = 0
    """Something of the page is on the screen."""
    loaded: float = 0
    """The browser says that the page has loaded."""
    final: float = 0
    """All results and counts are there."""
    script: int = 0
    """Bytes of the script of the guide's search."""
    whole: int = 0
    """Bytes of the page and all."""
    warm: tuple[float, ...] = ()
    """Milliseconds of questions that were asked before."""


@dataclass(frozen=True)
class Asked:
    """What is asked of each search."""

    ask: str
    place: str
    block: str
    again: tuple[str, ...]

    def address(self, region: str, *, filtered: bool) -> str:
        """The address of the guide's search page that asks it."""
        chosen = {"gemeente": self.place, "bouwsteen": self.block} if filtered else {}
        return f"/{region}/zoeken/?{urlencode({'q': self.ask, **chosen})}"


@dataclass(frozen=True)
class Visitor:
    """A browser, and where it finds a site."""

    browser: Browser
    base: str
    """Scheme, host and port."""
    passed: Callable[[], int] = lambda: 0
    """How many bytes have come down its line so far."""


def open_guide(visitor: Visitor, address: str, again: Sequence[str] = ()) -> Seen:
    """Opens the search page with nothing kept from before; asks more questions twice where there are some."""
    before = visitor.passed()
    with _Fresh(visitor.browser) as page:
        page.add_init_script(_WATCH)
        page.goto(visitor.base + address)
        page.wait_for_function("() => window.bench.finalPainted", timeout=_PATIENCE)
        page.wait_for_load_state("networkidle")
        told = page.evaluate(_TOLD)
        whole = visitor.passed() - before
        warm = page.evaluate(_AGAIN, list(again)) if again else []
    data = [(name, size, end) for name, size, end in told["fetched"] if "/zoeken/" in name]
    script = [size for name, size, _ in told["fetched"] if "/assets/zoeken." in name]
    return Seen(
        first=told["firstPainted"],
        results=told["results"],
        bytes=sum(size for _, size, end in data if end <= told["first"]),
        final=told["finalPainted"],
        script=sum(script),
        whole=whole,
        warm=tuple(warm),
        ready=told["ready"],
        drawn=told["drawn"],
        loaded=told["loaded"],
    )


def open_pagefind(visitor: Visitor, asked: Asked, again: Sequence[str] = (), *, filtered: bool = False) -> Seen:
    """Loads Pagefind, asks, and fetches what its first five results show."""
    filters = {"gemeente": asked.place, "bouwsteen": asked.block} if filtered else {}
    return _open_peer(visitor, _PAGEFIND, {"ask": asked.ask, "filters": filters, "asks": list(again)})


def open_material(visitor: Visitor, worker: str, asked: Asked, again: Sequence[str] = ()) -> Seen:
    """Loads Material's index, has its worker read it, and asks."""
    return _open_peer(visitor, _MATERIAL, {"worker": worker, "ask": asked.ask, "asks": list(again)})


def _open_peer(visitor: Visitor, script: str, given: Mapping[str, Any]) -> Seen:
    with _Fresh(visitor.browser) as page:
        page.goto(f"{visitor.base}/")
        before = visitor.passed()
        told = page.evaluate(script, given)
        return Seen(told["first"], told["results"], visitor.passed() - before, warm=tuple(told["times"]))


class _Fresh:
    """A page of a browser that remembers nothing."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 844})
        self._context.set_default_timeout(_PATIENCE)

    def __enter__(self) -> Page:
        return self._context.new_page()

    def __exit__(self, *error: object) -> None:
        self._context.close()


def middle(values: Sequence[float]) -> float:
    """The median; nothing of nothing."""
    return statistics.median(values) if values else 0.0
