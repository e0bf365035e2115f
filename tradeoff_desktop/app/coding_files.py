"""The notes with their codes, and the codebook, as files for other programs (REFI-QDA)."""

from datetime import datetime
from pathlib import Path

from tradeoff_desktop.app import refi, released
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.app.files import make_folder, write_new


def write(desk: CentreDesk, folder: Path, *, now: datetime) -> list[Path]:
    """Write the project and the codebook into a new folder below ``folder``. MachineError."""
    texts = [
        refi.Text(workshop, name_of(desk.state(workshop)), [(record.ref, body.text) for _, record, body in desk.notes([workshop])])
        for workshop in desk.workshops()
    ]
    to = folder / f"notes-and-codes-{now:%Y%m%d-%H%M%S}"
    files = {to / "notes.qdpx": refi.project(texts, desk.book, title=desk.pack.title), to / "codebook.qdc": refi.codebook(desk.book)}
    if desk.store.path is not None:
        released.note(desk.store.path, "Notes with their codes", files, now=now)
    make_folder(to)
    for path, data in files.items():
        write_new(path, data)
    return list(files)
