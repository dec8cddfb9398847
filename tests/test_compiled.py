"""Templates are compiled once, and a changed one never shows its older text."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import jinja2
import pytest

from wmo_guide.compiled import Compiled


def _environment(folder: Path, compiled: Compiled) -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True, bytecode_cache=compiled)


def test_another_environment_uses_what_was_compiled(tmp_path: Path) -> None:
    """A template that one environment compiled has the same code in the next, with that one's own globals."""
    (tmp_path / "page.html").write_text("Gids van {{ region }}", encoding="utf-8")
    compiled = Compiled()
    seen = []
    for region in ("Duinrand", "Veenpolder"):
        environment = _environment(tmp_path, compiled)
        environment.globals["region"] = region
        template = environment.get_template("page.html")
        seen.append((template.render(), template.root_render_func.__code__))

    assert [text for text, _ in seen] == ["Gids van Duinrand", "Gids van Veenpolder"]
    assert seen[0][1] is seen[1][1]


def test_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    """What a template gives is always what stands in it now, also when it is put back."""
    compiled = Compiled()
    for text in ("een", "twee", "een"):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        assert _environment(tmp_path, compiled).get_template("page.html").render() == text


def test_templates_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    """Two folders with a template of the same name and text have each their own, so that an error names the right file."""
    compiled = Compiled()
    names = []
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text("tekst", encoding="utf-8")
        names.append(
            _environment(tmp_path / name, compiled).get_template("page.html").root_render_func.__code__.co_filename
        )

    assert names == [str(tmp_path / name / "page.html") for name in ("een", "twee")]


def _unwanted(*_: object, **__: object) -> NoReturn:
    pytest.fail("A template was compiled.")


def test_another_process_uses_what_was_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled with a cache folder is there for who comes later, and is compiled no more."""
    (tmp_path / "page.html").write_text("Gids van {{ region }}", encoding="utf-8")
    cache = tmp_path / "cache"
    _environment(tmp_path, Compiled(cache, "code")).get_template("page.html")
    monkeypatch.setattr(jinja2.Environment, "compile", _unwanted)

    template = _environment(tmp_path, Compiled(cache, "code")).get_template("page.html")

    assert template.render(region="Duinrand") == "Gids van Duinrand"
    assert (cache.stat().st_mode & 0o077) == 0


def test_changed_template_on_disk_is_compiled_anew(tmp_path: Path) -> None:
    """A template that changed since another process compiled it gives what stands in it now."""
    for text in ("een", "twee", "een"):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        assert _environment(tmp_path, Compiled(tmp_path / "cache")).get_template("page.html").render() == text


def test_what_other_code_compiled_is_not_used(tmp_path: Path) -> None:
    """Other code of ours finds nothing that was compiled before, and takes it away."""
    (tmp_path / "page.html").write_text("tekst", encoding="utf-8")
    cache = tmp_path / "cache"
    _environment(tmp_path, Compiled(cache, "old")).get_template("page.html")
    (before,) = cache.iterdir()
    _environment(tmp_path, Compiled(cache, "new")).get_template("page.html")
    (after,) = cache.iterdir()

    assert before != after
    assert len(list(after.iterdir())) == 1


@pytest.mark.parametrize("harm", [b"", b"j2", b"\x00" * 500, None])
def test_damaged_cache_is_no_matter(harm: bytes | None, tmp_path: Path) -> None:
    """A file in the cache that is cut short or is no code, or a folder that can't be one, only costs time."""
    (tmp_path / "page.html").write_text("tekst", encoding="utf-8")
    cache = tmp_path / "cache"
    if harm is None:
        cache.write_bytes(b"no folder")
    else:
        _environment(tmp_path, Compiled(cache)).get_template("page.html")
        (file,) = (path for path in cache.rglob("*") if path.is_file())
        file.write_bytes(file.read_bytes()[:60] if harm == b"j2" else harm)

    assert _environment(tmp_path, Compiled(cache)).get_template("page.html").render() == "tekst"
