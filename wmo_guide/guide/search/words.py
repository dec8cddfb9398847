"""Words, as they are compared: the same here as in browser/words.js, which reads the files made with them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_SNOWBALL = snowballstemmer.stemmer("dutch_porter")
_DOUBLE_VOWEL = re.compile(r"([^aeiouy])(aa|ee|oo|uu)([^aeiouyI])$")
_VERB_END = re.compile(r".{3}([^aeiouyst]t|.[^aeiouyn]d)$")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")
_KNOWN_STEMS = 1 << 13


def plain(text: str) -> str:
    """A text in lower case and without accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(plain(text))


@lru_cache(maxsize=_KNOWN_STEMS)
def stem(word: str) -> str:
    """The stem of a plain word: Snowball's Dutch stemmer of Porter's kind, and then the folds that it leaves."""
    return _folded(_SNOWBALL.stemWord(word))


def _folded(word: str) -> str:
    """What Snowball leaves apart and the ear doesn't: hij helpt, ik ben verzorgd, brief and brieven, huis and huizen, val and vallen."""
    if _VERB_END.search(word) and not word.endswith("cht"):
        word = _DOUBLE_VOWEL.sub(lambda found: found[1] + found[2][0] + found[3], word[:-1])
    word = _DOUBLE.sub(r"\1", word)
    return re.sub("z$", "s", re.sub("v$", "f", word))
