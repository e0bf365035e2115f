"""Where the data stand: room in reserve for a full disk, synced folders, network drives, who can look in."""

import os
from pathlib import Path

import pytest
from desk_world import SESSION

from tradeoff_desktop.app import content, disk, laptop, sample
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, make_folder
from tradeoff_desktop.app.words import say
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.programme import Programme

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
server:/export /srv/lead/Team\\040Share nfs4 rw 0 0
short
"""


@pytest.mark.parametrize(("folder", "service"), [
    ("OneDrive - Essex County Council/tradeoff", "OneDrive"), ("onedrive", "OneDrive"), ("Dropbox (Personal)/a/b", "Dropbox"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"), ("iCloudDrive", "iCloud"), ("Nextcloud2/x", "Nextcloud"),
    ("Google Drive/My Drive", "Google Drive"), ("GoogleDrive-lead@example.org/x", "Google Drive"), ("Box Sync", "Box"),
    (".local/share/tradeoff-desktop", ""), ("my dropboxes", ""), ("Boxes", ""),
])
def test_a_synced_folder_is_known_by_its_name(folder, service):
    assert disk.synced(Path("/srv/lead") / folder) == service


def test_a_synced_folder_of_another_name_is_known_by_what_the_service_leaves_there(tmp_path):
    below = tmp_path / "Team" / "data"
    below.mkdir(parents=True)
    assert disk.synced(below) == ""
    (tmp_path / "Team" / ".nextcloudsync.log").touch()
    assert disk.synced(below) == "Nextcloud"


@pytest.mark.parametrize(("place", "kind"), [
    ("/srv/lead/Team Share/data", "nfs4"), ("/srv/lead", "ext4"), ("/run/user", "tmpfs"), ("/runner", "ext4"),
])
def test_the_file_system_a_folder_is_on(place, kind):
    assert disk.kind_of_mount(Path(place), MOUNTS) == kind


def test_the_warning_names_the_service(tmp_path):
    found = disk.warning(Folders(tmp_path / "Dropbox" / "data"))
    assert "Dropbox" in found.what
    assert "network" not in str(found)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_folders_that_others_can_look_into_are_closed_and_named_where_they_cannot_be(tmp_path, monkeypatch):
    places = Folders(tmp_path)
    places.keys.mkdir(mode=0o755)
    assert disk.open_to_others(places) == []
    assert places.keys.stat().st_mode & 0o777 == 0o700
    places.keys.chmod(0o755)
    monkeypatch.setattr(os, "chmod", refuse_rights)
    assert disk.open_to_others(places) == ["keys"]


def refuse_rights(*_: object, **__: object) -> None:
    """As a stick does, whose files belong to nobody."""
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_no_key_is_written_where_it_cannot_be_kept_for_its_owner(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "chmod", refuse_rights)
    monkeypatch.setattr(os, "mkdir", lambda path, _mode, make=os.mkdir: make(path, 0o755))
    with pytest.raises(MachineError, check=lambda error: error.code == "not_private") as caught:
        laptop.keep(laptop.make("ESS"), tmp_path / "stick" / "keys", now=sample.START)
    assert "a stick keeps nothing for one person alone" in str(say(caught.value))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_every_folder_made_for_keys_and_checkpoints_is_its_owners_alone(tmp_path):
    places = Folders(tmp_path / "data")
    laptop.load(places, "ESS", now=sample.START)
    make_folder(places.checkpoints / "ESS-2027-A", private=True)
    assert {path.stat().st_mode & 0o777 for path in (places.root, places.keys, places.keys / "ESS", places.checkpoints)} == {0o700}
    for name in (laptop.SIGNING, laptop.IDENTITY):
        assert (places.keys / "ESS" / name).stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_given_the_reserve_and_the_act_can_be_done_again(tmp_path):
    places = Folders(tmp_path)
    disk.keep_reserve(places)
    assert places.reserve.stat().st_size == disk.RESERVE
    salts = iter(range(10_000))
    around = Surroundings(clock=lambda: sample.START, salt=lambda: f"{next(salts):032x}")
    pack = content.shipped()
    programme = Programme(
        id="full", title="Full", pack=packs.digest(pack), areas=["ESS"], sessions=[SESSION], signing_key="none",
        withdrawal_cut_off="2027-06-01", delete_by="2028-01-01",
    )
    desk = Workshops(places, around).begin(programme, pack, SESSION)
    note = r.Note(role="lead", text="x" * 9000, step="anchor_talk")
    pages = desk.store._connection.execute("PRAGMA page_count").fetchone()[0]
    desk.store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(MachineError, match="disk_full"):
        desk.do(capture.note, note)
    assert not places.reserve.exists()
    desk.store._connection.execute("PRAGMA max_page_count = 1000000")
    desk.do(capture.note, note)
    disk.keep_reserve(places)
    desk.store._connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(MachineError, match="disk_full"):
        desk.keep_draft("note", "y" * 100_000)
    assert not places.reserve.exists()
    desk.store.close()
