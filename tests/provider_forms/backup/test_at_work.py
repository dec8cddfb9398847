"""A backup that is made while press and application are at work is of one moment."""

from __future__ import annotations

import threading
from pathlib import Path

from provider_forms.backup.instance import instance_of
from provider_forms.backup.making import make
from provider_forms.desk.models import Organisation
from provider_forms.desk.staff_models import PublishJob
from tests.builders import ContentFolder
from tests.provider_forms.backup.furnished import furnish, run
from tests.provider_forms.press.hall import BETA, Hall
from tests.provider_forms.visiting import make_forms

BACKUPS = 4


def test_backup_at_work_is_whole(content: ContentFolder, tmp_path: Path) -> None:
    """Each of several backups during a stream of changes comes back: what is live there is in its history, the rest follows."""
    furnished = furnish(tmp_path, content)
    hall, stop = furnished.hall, threading.Event()
    names: list[str] = []

    def work() -> None:
        while not stop.is_set():
            names.append(f"Beta {len(names)}")
            hall.forms.organisation(slug=f"nieuw-{len(names)}")
            hall.rename(BETA, names[-1])
            furnished.press.turn()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        files = [tmp_path / f"{number}.tar.gz" for number in range(BACKUPS)]
        for file in files:
            make(
                instance_of(hall.forms.app.config),
                hall.forms.desk.database,
                hall.forms.desk.secret,
                file,
                hall.forms.clock(),
            )
    finally:
        stop.set()
        worker.join()
    hall.close()
    assert len(names) > BACKUPS
    seen = [_restored(tmp_path / f"back-{number}", file, hall) for number, file in enumerate(files)]

    assert sorted(seen) == seen
    assert seen[0] < seen[-1]


def _restored(folder: Path, file: Path, was: Hall) -> int:
    """Puts a backup back elsewhere and lets the press finish; gives how many organisations it knows."""
    clock, place = was.forms.clock, folder / "content"
    first = make_forms(folder / "var", place, clock, CACHE_DIR=folder / "cache")
    code, output = run(first, "restore", file)
    assert code == 0, output
    hall = Hall(make_forms(folder / "var", place, clock, CACHE_DIR=folder / "cache"), ContentFolder(place))
    with hall.forms.desk.database.read() as session:
        live = [job.commit for job in session.query(PublishJob).filter_by(state="live")]
        number = session.query(Organisation).count()
    assert all(hall.history.version(commit) is not None for commit in live)
    hall.press().turn()
    with hall.forms.desk.database.read() as session:
        jobs = session.query(PublishJob).order_by(PublishJob.id).all()
    told = [version.body for version in hall.history.versions(limit=1000)]
    assert {job.state for job in jobs} == {"live"}
    assert all(sum(f"Opdracht: {job.id}" in body.splitlines() for body in told) == 1 for job in jobs)
    hall.close()
    return number
