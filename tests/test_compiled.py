"""Templates are compiled once in a process, and a changed one never shows its older text."""

from __future__ import annotations

from pathlib import Path

import jinja2

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
