"""Scripts come with short names for what is their own."""

from __future__ import annotations

import pytest

from wmo_guide.guide.short_names import with_short_names


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("function first(given){return given;}first(3);", "function a(b){return b;}a(3);"),
        ("let asked=1;let other=asked=>asked+asked;", "let a=1;let b=a=>a+a;"),
        ("let text=all=>[...all,window];", "let b=a=>[...a,window];"),
        ("try{go();}catch(error){tell(error);}", "try{go();}catch(a){tell(a);}"),
    ],
)
def test_own_names_become_short(script: str, expected: str) -> None:
    """What a script declares is named by a letter or two, the same wherever it stands, and what a browser gives keeps its name."""
    assert with_short_names(script) == expected


@pytest.mark.parametrize(
    "script",
    [
        'let name=one.name;tell(name,"name");',
        "let sure=0;keep({sure:1});",
        "let {sure,share}=best();tell(sure+share);",
        "if(status){tell(status);}while(running){stop(running);}",
    ],
    ids=["read", "written", "taken apart", "not declared"],
)
def test_names_of_properties_stay(script: str) -> None:
    """A name that is a property's somewhere stays as it is, and so does one that the script does not declare."""
    assert with_short_names(script) == script


def test_texts_and_patterns_stay() -> None:
    """Words within texts and regular expressions are no names."""
    script = 'let word="a \\"word\\" of word";word.replace(/word[/"]word/g,"$1");let half=word/2/word;'
    short = 'let b="a \\"word\\" of word";b.replace(/word[/"]word/g,"$1");let c=b/2/b;'

    assert with_short_names(script) == short


def test_no_short_name_is_taken() -> None:
    """A letter that the script uses already is nobody else's short name, and words of the language are none."""
    script = "".join(f"let name{number};" for number in range(3000)) + "let a=b;"
    short = with_short_names(script)
    names = [one.removeprefix("let ") for one in short.split(";") if one.startswith("let ")]

    assert len(set(names)) == len(names)
    assert not {"b", "do", "if", "in"} & set(names)
