"""What is no whole backup of ours, or would replace a living instance, is refused, and changes nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provider_forms.backup.making import seal_of
from tests.builders import ContentFolder, sample_content
from tests.provider_forms.backup.furnished import Furnished, anew, furnish, print_of, run
from tests.provider_forms.press.hall import BETA
from tests.provider_forms.visiting import Forms, make_forms

DAMAGED = "beschadigd of niet heel"
NEWER = "nieuwere versie"
OURS, THEIRS = "van toen", "anders"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Furnished, Path, Files]:
    """An instance that is at rest, its folder, and the files in a backup of it."""
    folder = tmp_path_factory.mktemp("refused")
    made = furnish(folder, sample_content(folder / "content"))
    file = folder / "gids.tar.gz"
    assert run(made.hall.forms, "backup", file)[0] == 0
    made.hall.close()
    return made, folder, _files(file)


def _files(file: Path) -> Files:
    with tarfile.open(file) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]  # all are files


def _packed(files: Files, change: Callable[[tarfile.TarInfo], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        for name, text in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(text)
            change(header)
            archive.addfile(header, io.BytesIO(text))
    return out.getvalue()


def _with(files: Files, extra: Files) -> Files:
    """The files with others, truthfully told of in the manifest."""
    tree = json.loads(files["manifest.json"])
    told = {one["name"]: one for one in tree["members"]}
    for name, text in extra.items():
        told[name] = {"name": name, "size": len(text), "sha256": hashlib.sha256(text).hexdigest(), "runs": False}
    return {"manifest.json": _json({**tree, "members": list(told.values())}), **_rest(files), **extra}


def _told(files: Files, **more: Any) -> Files:
    return {"manifest.json": _json({**json.loads(files["manifest.json"]), **more}), **_rest(files)}


def _rest(files: Files) -> Files:
    return {name: text for name, text in files.items() if name != "manifest.json"}


def _json(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def _refused(furnished: tuple[Furnished, Path, Files], data: bytes, word: str) -> None:
    """Restoring these bytes is refused with this word, and leaves the instance and its folders as they were."""
    made, folder, _ = furnished
    hall, file = made.hall, folder / "given.tar.gz"
    file.write_bytes(data)
    before = print_of(folder, hall.content.root)
    forms = anew(hall)
    code, output = run(forms, "restore", file, "--over")
    forms.desk.close()

    assert (code, word in output) == (1, True), output
    assert "niets veranderd" in output
    assert print_of(folder, hall.content.root) == before
    assert not (folder / "var" / ".restore").exists()
    assert not (folder / ".restore-content").exists()


@pytest.mark.parametrize("left", [0, 1, 20, 4_000, -200_000, -9, -1])
def test_file_that_was_cut_off(furnished: tuple[Furnished, Path, Files], left: int) -> None:
    """A file of which a piece is missing, however small, is refused."""
    whole = (furnished[1] / "gids.tar.gz").read_bytes()

    _refused(furnished, whole[:left], DAMAGED)


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_file_with_a_wrong_byte(furnished: tuple[Furnished, Path, Files], place: float) -> None:
    """A file in which one byte is another one is refused."""
    data = bytearray((furnished[1] / "gids.tar.gz").read_bytes())
    data[int(len(data) * place)] ^= 0xFF

    _refused(furnished, bytes(data), DAMAGED)


def test_file_that_is_something_else(furnished: tuple[Furnished, Path, Files]) -> None:
    """A text, an empty tar and a tar of something else are no backup."""
    for data in (b"Geachte heer,", gzip.compress(b""), _packed({}), _packed({"brief.txt": b"Geachte heer,"})):
        _refused(furnished, data, DAMAGED)


def test_content_that_differs_from_what_the_manifest_tells(furnished: tuple[Furnished, Path, Files]) -> None:
    """A file that was changed, left out, added or put in twice is noticed by the manifest."""
    files = furnished[2]
    name = f"content/{BETA}"
    other = bytes(reversed(files[name]))

    _refused(furnished, _packed({**files, name: other}), DAMAGED)
    _refused(furnished, _packed({**files, name: b"x"}), DAMAGED)
    _refused(furnished, _packed({one: text for one, text in files.items() if one != name}), DAMAGED)
    _refused(furnished, _packed({**files, "content/extra.yaml": b"x"}), DAMAGED)


@pytest.mark.parametrize(
    "name",
    [
        "../buiten", "content/../../buiten", "/etc/buiten", "content//x", "content/./x", "var/..", "elders/x", "content",
        "content/.git/hooks/pre-commit", "content/.git/objects/info/alternates", "content/regions", "x\0y",
    ],
)  # fmt: skip
def test_name_that_leads_elsewhere(furnished: tuple[Furnished, Path, Files], name: str) -> None:
    """A name that would lead out of its folder, over another file, or to what git would run is refused."""
    _refused(furnished, _packed(_with(furnished[2], {name: b"kwaad"}), _plain_name), DAMAGED)
    assert not (furnished[1] / "buiten").exists()


def _plain_name(header: tarfile.TarInfo) -> None:
    header.name = header.name.replace("\0", "")


@pytest.mark.parametrize("name", ["var/.restore/plan.json", "var/press/lock", "var/desk.db", "var/content/x"])
def test_name_that_is_no_state(furnished: tuple[Furnished, Path, Files], name: str) -> None:
    """What can be made again, or has its own place in a backup, doesn't come in as a file of state."""
    made = furnished[0]
    if name == "var/content/x":
        name = f"var/{made.hall.forms.app.config['SITE_DIR'].name}/x"
    if name == "var/desk.db" and not list(made.hall.forms.var.glob("desk.db")):
        name = "var/.x"  # on PostgreSQL there is no such file
    _refused(furnished, _packed(_with(furnished[2], {name: b"kwaad"})), "hoort er niet in")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_member_that_is_no_file(furnished: tuple[Furnished, Path, Files], kind: bytes) -> None:
    """Links, pipes and devices are refused, under whatever name."""

    def change(header: tarfile.TarInfo) -> None:
        if header.name == f"content/{BETA}":
            header.type, header.linkname, header.size = kind, "/etc/passwd", 0

    files = {**furnished[2], f"content/{BETA}": b""}
    _refused(furnished, _packed(files, change), DAMAGED)


def test_small_file_that_holds_an_endless_one(furnished: tuple[Furnished, Path, Files]) -> None:
    """A bomb is refused before it fills the disk or the memory: as a member, as a manifest, and as a header."""
    files = furnished[2]
    endless = _with(files, {"content/bom.yaml": b""})
    tree = json.loads(endless["manifest.json"])
    tree["members"][-1]["size"] = 10**15
    assert _is_refused_for_room(furnished, {**endless, "manifest.json": _json(tree)})
    much = bytes(200 * 1024 * 1024)
    _refused(furnished, _packed({"manifest.json": much}), DAMAGED)
    _refused(furnished, _packed({**files, "content/bom.yaml": much}), DAMAGED)

    def long_name(header: tarfile.TarInfo) -> None:
        header.pax_headers = {"comment": "x" * (100 * 1024 * 1024)} if header.name.startswith("database") else {}

    _refused(furnished, _packed(dict(list(files.items())[:3]), long_name), DAMAGED)


def _is_refused_for_room(furnished: tuple[Furnished, Path, Files], files: Files) -> bool:
    _refused(furnished, _packed(files), "te weinig ruimte")
    return True


@pytest.mark.parametrize("more", [{"format": 2}, {"revision": "9999"}, {"format": 99, "members": "anders"}])
def test_backup_of_a_newer_version(furnished: tuple[Furnished, Path, Files], more: dict[str, Any]) -> None:
    """A backup of a later version of the program says that this version has to come first."""
    _refused(furnished, _packed(_told(furnished[2], **more)), NEWER)


@pytest.mark.parametrize(
    "more",
    [
        {"revision": "base"}, {"revision": "head"}, {"revision": "0001"}, {"members": [None]}, {"members": [{}]},
        {"made": 3}, {"format": "een"}, {"members": [{"name": "content/x", "size": -1, "sha256": "0" * 64, "runs": False}]},
    ],
)  # fmt: skip
def test_manifest_with_nonsense(furnished: tuple[Furnished, Path, Files], more: dict[str, Any]) -> None:
    """A manifest that can't be right is refused, and so is data that doesn't fit the tables of its version."""
    _refused(furnished, _packed(_told(furnished[2], **more)), "")


def test_tables_that_do_not_fit(furnished: tuple[Furnished, Path, Files]) -> None:
    """Rows with a column too many, a wrong moment or a person who isn't there are refused as a whole."""
    files = furnished[2]
    rows = files["database/membership.jsonl"].decode().splitlines()
    for wrong in (
        [rows[0], "[1,2,3,4,5,6,7]"],
        [rows[0], *rows[1:], '[999,999,999,"2026-01-01T00:00:00+00:00"]'],
        [rows[0], '[1,1,1,"gisteren"]'],
        ['["id","kwaad"]'],
        [],
    ):
        text = "".join(f"{row}\n" for row in wrong).encode()
        _refused(furnished, _packed(_with(files, {"database/membership.jsonl": text})), "passen niet in de database")
    _refused(furnished, _packed(_with(files, {"database/kwaad.jsonl": b"[]\n"})), "passen niet in de database")


def test_history_that_is_not_whole(furnished: tuple[Furnished, Path, Files]) -> None:
    """Content whose history misses a piece is refused, though the manifest says that all is there."""
    files = furnished[2]
    lost = next(name for name in files if name.startswith("content/.git/objects/") and "pack" not in name)
    tree = json.loads(files["manifest.json"])
    tree["members"] = [one for one in tree["members"] if one["name"] != lost]
    rest = {name: text for name, text in _rest(files).items() if name != lost}

    _refused(furnished, _packed({"manifest.json": _json(tree), **rest}), "geschiedenis van de inhoud is niet heel")


def test_git_settings_that_run_something_are_left_out(furnished: tuple[Furnished, Path, Files], tmp_path: Path) -> None:
    """Of the settings of git only those come back that can start no program; where the history is sent stays."""
    made, _, files = furnished
    name = "content/.git/config"
    text = (
        files[name]
        + b'[core]\n\tsshCommand = kwaad\n[filter "x"]\n\tclean = kwaad\n[remote "origin"]\n\turl = https://a.test/g\n'
    )
    file = tmp_path / "given.tar.gz"
    file.write_bytes(_packed(_with(files, {name: text})))
    forms = make_forms(tmp_path / "var", tmp_path / "content", made.hall.forms.clock)
    code, output = run(forms, "restore", file)

    assert code == 0, output
    kept = (tmp_path / "content" / ".git" / "config").read_text(encoding="utf-8")
    assert "kwaad" not in kept
    assert "https://a.test/g" in kept


def test_living_instance_is_replaced_only_when_told(furnished: tuple[Furnished, Path, Files]) -> None:
    """Where people have worked, restoring asks for --over; while something runs there, it is refused even then."""
    made, folder, _ = furnished
    hall, file = made.hall, folder / "gids.tar.gz"
    before = print_of(folder, hall.content.root)
    first = run(anew(hall), "restore", file)
    running = anew(hall)
    second = run(anew(hall), "restore", file, "--over")
    running.desk.close()

    assert (first[0], "--over" in first[1]) == (1, True)
    assert (second[0], "draait nog" in second[1]) == (1, True)
    assert print_of(folder, hall.content.root) == before


def test_new_instance_is_replaced_at_once(furnished: tuple[Furnished, Path, Files], tmp_path: Path) -> None:
    """An instance that was only just made by a start, with the content that comes with the project, isn't missed."""
    made, folder, _ = furnished
    forms = make_forms(tmp_path / "var", Path(), made.hall.forms.clock, CONTENT_DIR="")
    code, output = run(forms, "restore", folder / "gids.tar.gz")

    assert code == 0, output
    assert "Beta Nieuw" in (tmp_path / "var" / "content" / BETA).read_text(encoding="utf-8")


def test_another_secret_is_told(furnished: tuple[Furnished, Path, Files], tmp_path: Path) -> None:
    """A machine whose setting is another secret than that of the backup is told so: telephones would be of no use."""
    made, folder, files = furnished
    file = tmp_path / "given.tar.gz"
    told = _told(_with(files, {}), secret=seal_of(OURS.encode()))
    without = {name: text for name, text in told.items() if name != "var/secret.key"}
    tree = json.loads(without["manifest.json"])
    tree["members"] = [one for one in tree["members"] if one["name"] != "var/secret.key"]
    file.write_bytes(_packed({**without, "manifest.json": _json(tree)}))

    def restored(name: str, source: Path, **config: Any) -> tuple[int, str]:
        forms: Forms = make_forms(tmp_path / name / "var", tmp_path / name / "content", made.hall.forms.clock, **config)
        return run(forms, "restore", source)

    assert "Zet WMO_SECRET op" in restored("a", file)[1]
    assert "Haal WMO_SECRET weg" in restored("b", folder / "gids.tar.gz", SECRET=THEIRS)[1]
    assert restored("c", file, SECRET=OURS)[0] == 0


def test_backup_that_cannot_be_made_is_told(furnished: tuple[Furnished, Path, Files], content: ContentFolder) -> None:
    """A place inside the instance, or a folder that isn't there, gives a sentence in plain Dutch and no file."""
    made, folder, _ = furnished
    forms = anew(made.hall)
    told = {}
    for place in (folder / "var" / "x.tar.gz", folder / "content" / "x.tar.gz", folder / "nergens" / "x.tar.gz"):
        code, output = run(forms, "backup", place)
        told[place.parent.name] = output
        assert (code, "Er is geen reservekopie gemaakt." in output) == (1, True)
        assert not place.exists()
    forms.desk.close()
    assert f"{folder / 'nergens'}: het is er niet." in told["nergens"]
    assert "Errno" not in told["nergens"]
    assert [path.name for path in (folder / "var").iterdir() if path.name == ".backup"] == []
    assert content.root.is_dir()


def test_a_file_that_is_there_is_replaced_only_when_told(furnished: tuple[Furnished, Path, Files]) -> None:
    """A backup takes the place of a file only with --over; without, that file stays as it was."""
    made, folder, _ = furnished
    forms, file = anew(made.hall), folder / "al-gemaakt.tar.gz"
    file.write_bytes(b"van toen")
    refused = run(forms, "backup", file)
    kept = file.read_bytes()
    done = run(forms, "backup", file, "--over")
    forms.desk.close()

    assert (refused[0], str(file) in refused[1], "--over" in refused[1]) == (1, True, True)
    assert kept == b"van toen"
    assert done[0] == 0
    assert "manifest.json" in _files(file)


def test_backup_that_cannot_be_read_is_told(furnished: tuple[Furnished, Path, Files], tmp_path: Path) -> None:
    """A file that can't be read is told in plain Dutch, by its name."""
    made, _, _ = furnished
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    forms = anew(made.hall)
    code, output = run(forms, "restore", tmp_path / "a", "--over")
    forms.desk.close()

    assert code == 1
    assert f"{tmp_path / 'a'}: de verwijzing loopt rond" in output
    assert "Errno" not in output
