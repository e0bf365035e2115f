"""A programme is closed: what held answers or keys is gone, what was published stays, and a certificate says so."""

import hashlib
import re
import shutil

import pytest
from desk_world import surroundings
from laptops_world import START, World

from tradeoff_desktop.app import ending, handing_over, receipts
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.exchange import signature
from tradeoff_desktop.store.store import Store


@pytest.fixture
def here(tmp_path):
    """A central team's folder with something of everything in it, and reports beside it."""
    world = World(tmp_path / "world")
    folder = CentreFolder(tmp_path / "world" / "centre")
    folder.bring_programme(world.file)
    with Store.create(folder.store) as store:
        assert store.path
    for name in ("originals/a.tradeoff", "quarantine/b.tradeoff"):
        path = folder.root / name
        path.parent.mkdir()
        path.write_bytes(name.encode())
        path.chmod(0o400)
    (folder.root / "reports").mkdir()
    (folder.root / "reports" / "full.pdf").write_bytes(b"%PDF")
    return folder


def close(here, named=None, certificate=None):
    named = here.signed().programme.id if named is None else named
    return ending.close_centre(here.root, named=named, certificate=certificate or here.root / "certificate.txt", now=START)


def left(here):
    return sorted(path.relative_to(here.root).as_posix() for path in here.root.rglob("*") if path.is_file())


def test_store_originals_and_keys_go_and_reports_and_the_programme_stay(here):
    before, digest = left(here), hashlib.sha256(here.store.read_bytes()).hexdigest()
    signed, key = here.signed(), here.own().key.public
    done = close(here)
    assert done.files == len([name for name in before if re.match(r"centre\.db|originals|quarantine|keys", name)])
    assert not [name for name in left(here) if re.match(r"centre\.db|originals|quarantine|keys", name)]
    assert "reports/full.pdf" in left(here)
    assert here.has_programme
    assert not (here.root / "originals").exists()
    text = done.certificate.read_bytes()
    assert f"{digest}  centre.db" in text.decode()
    assert "keys/signing_key\n" in text.decode()
    made = (here.root / "certificate.txt.sig").read_bytes()
    assert signature.verify(text, made, namespace=signature.CERTIFICATE) == key == signed.key


def test_nothing_is_removed_unless_it_is_meant(here):
    before = left(here)
    with pytest.raises(RuleError, check=lambda error: error.code == "close_word"):
        close(here, named="another")
    (here.root / "certificate.txt").write_text("an earlier one")
    with pytest.raises(MachineError, check=lambda error: error.code == "file_exists"):
        close(here)
    assert left(here) == sorted([*before, "certificate.txt"])


def test_a_closing_that_was_stopped_is_finished_with_the_same_certificate(here, tmp_path):
    shutil.copytree(here.root, tmp_path / "again")
    text = close(here).certificate.read_bytes()
    again = CentreFolder(tmp_path / "again")
    (again.root / "certificate.txt.begun").write_bytes(text)  # stopped before the last files were gone
    for name in ("signing_key", "identity.key"):
        (again.keys / name).unlink()
    done = close(again, named="")
    assert done.certificate.read_bytes() == text
    assert left(again) == [name for name in left(here) if name != "certificate.txt.sig"]


def test_a_certificate_that_points_elsewhere_removes_nothing(here, tmp_path):
    (tmp_path / "mine").write_bytes(b"mine")
    (here.root / "certificate.txt.begun").write_text(f"  {'0' * 64}  ../../mine\n")
    with pytest.raises(MachineError):
        close(here, named="")
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_on_a_laptop_only_what_the_centre_holds_is_deleted(tmp_path):
    world = World(tmp_path)
    lead, places = world.lead, world.lead.places
    handing_over.hand_over(lead.desk, places, folder=world.stick("a"))
    records, opened = list(lead.desk.store.records(lead.desk.device)), lead.desk.opened

    def files():
        return sorted(path for path in places.root.rglob("*") if path.is_file() and path.suffix != ".open" and path.name != "index.json")

    def try_it(name=opened.programme):
        lead.workshops.leave(lead.desk)
        try:
            return ending.close_laptop(places, surroundings(), named=name, certificate=tmp_path / "certificate.txt")
        finally:
            if lead.workshops.recent():
                lead.desk = lead.workshops.resume(places.workshops / f"{opened.workshop}.db")

    before = files()
    for name, code in (("another", "close_word"), (opened.programme, "close_locked")):
        with pytest.raises(RuleError, check=lambda error, code=code: error.code == code):
            try_it(name)
    assert files() == before
    receipts.accept_code(places, lead.desk.store, receipts.receipt.code_of(records))
    done = try_it()
    assert done.workshops == [opened.workshop]
    assert not [path for path in files() if path.suffix in {".db", ".tradeoff"} or "keys" in path.parts]
    assert lead.workshops.recent() == []
    assert f"  {opened.workshop}  {records[0].device}  {len(records)}  " in done.certificate.read_text()
