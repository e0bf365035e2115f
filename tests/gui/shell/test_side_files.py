"""No small file beside the stores, however damaged, keeps the program from starting or takes anything away."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from laptops_world import World

from tradeoff_desktop.app import checkpoints, joining, papers, planning, receipts, settings, shelf, words
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.laptop import IDENTITY, SIGNING
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.ui import app, front
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.laptop_key import KeyWay

GARBAGE = b'\xff\xfe{"a": [}'
SIDE = (
    "settings.ini", "running.lock", "reserve", "workshops/index.json", "workshops/*.exports", "workshops/*.open",
    "workshops/*.invited", "workshops/*.papers", "workshops/.*.part", "packs/*.json", "programmes/*.programme", "programmes/data*.pub",
    "programmes/centre.pub", f"keys/ESS/{SIGNING}", f"keys/ESS/{SIGNING}.pub", f"keys/ESS/{IDENTITY}",
    "checkpoints/*/*.tradeoff", "checkpoints/*/merge.code",
)
DAMAGES = {
    "damaged": lambda path: path.write_bytes(GARBAGE),
    "empty": lambda path: path.write_bytes(b""),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.fixture(scope="module")
def laptop_of_a_day(tmp_path_factory):
    """The folder of a lead laptop whose program stopped in the middle, with every side file there can be."""
    world = World(tmp_path_factory.mktemp("day"))
    places, desk = world.lead.places, world.lead.desk
    joining.write(desk, places, world.stick("lead"))
    checkpoints.keep(desk, places)
    done = world.lead.export(world.stick("lead"))
    world.lead.workshops.note_export(desk, file=done.path.name)
    records = list(desk.store.records(desk.device))
    receipts.accept_code(places, desk.store, receipts.receipt.code_of(records))
    papers.note(desk.store.path, [places.root / "gone.pdf"])
    settings.keep(places, settings.Settings(zoom=125))
    lock = front.alone(places)
    (places.root / "reserve").write_bytes(b"room")
    world.lead.workshops.leave(desk)
    world.lead.workshops.leave(world.lead.workshops.resume(places.workshops / f"{world.session.id}.db"))
    (places.workshops / f"{world.session.id}.open").write_bytes(b"")
    (places.workshops / ".index.json.part").write_bytes(b"[")
    shutil.copytree(places.root, places.root.with_name("copy"))
    lock.unlock()
    world.dump = dump(places, world.lead.workshops._around)
    return places.root.with_name("copy"), world


@pytest.fixture
def places(laptop_of_a_day, tmp_path):
    shutil.copytree(laptop_of_a_day[0], tmp_path / "data")
    return Folders(tmp_path / "data")


def found(places: Folders, pattern: str) -> Path:
    """The file of that pattern; one that goes when the program ends, or writes again, is put back."""
    passing = {"running.lock": "running.lock", "workshops/.*.part": "workshops/.index.json.part"}
    if pattern in passing:
        (places.root / passing[pattern]).touch()
    if pattern == "workshops/*.open":
        next(places.workshops.glob("*.db")).with_suffix(".open").touch()
    return min(places.root.glob(pattern))


def dump(places: Folders, around) -> bytes:
    """Everything in the one workshop, opened and closed as a person would."""
    workshops = Workshops(places, around)
    (entry,) = workshops.recent()
    desk = workshops.resume(workshops.path_of(entry))
    lines = b"".join(desk.store.dump())
    workshops.leave(desk)
    return lines


def start(places: Folders, around) -> list[str]:
    """Everything the program does of itself until a person presses a key; what it says."""
    lock = front.alone(places)
    shown = front.show(places, around)
    assert isinstance(shown.window.page, HomePage)
    said = [shown.window.banner]
    KeyWay(shown, lambda _: None, home=lambda: None, theme=lambda: shown.theme).start()
    shown.window.clear_banner()
    app.look_at_disk(type("Shell", (), {"window": shown.window}), places)
    said.append(shown.window.banner)
    shown.window.close()
    if lock is not None:
        lock.unlock()
    for act in (lambda: planning.known_keys(places), lambda: shelf.programme(places, "data-sharing-2026")):
        try:
            act()
        except TradeoffError as error:
            said.append(str(words.say(error)))
    return [one for one in said if one]


def test_every_side_file_there_is_is_named_here(places):
    names = [path.relative_to(places.root).as_posix() for path in places.root.rglob("*") if path.is_file()]
    listed = [re.escape(pattern).replace(r"\*", "[^/]*") for pattern in SIDE]
    stores = r"workshops/[^/]*\.db(-journal)?|checkpoints/[^/]*/(exported|taken)/[^/]*\.tradeoff|.*\.enrolment"
    assert [name for name in names if not re.fullmatch("|".join([*listed, stores]), name)] == []
    assert [pattern for pattern in SIDE if not list(places.root.glob(pattern))] == []


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", [one for one in SIDE if not one.endswith(".part")])
def test_it_starts_says_so_and_loses_nothing(places, around, laptop_of_a_day, pattern, damage):
    path = found(places, pattern)
    DAMAGES[damage](path)
    said = start(places, around)
    assert not [one for one in said if "did not work" in one]
    assert dump(places, around) == laptop_of_a_day[1].dump
    if damage == "damaged" and not re.search(r"\.(open|invited|lock|part)$|reserve$", path.name):
        assert any(GARBAGE in one.read_bytes() for one in places.root.rglob("*") if one.is_file())
    if pattern in {"settings.ini", "workshops/index.json", "workshops/*.exports"} and damage != "empty":
        assert any(one.startswith(f"Damaged and put aside: {path.name}.") for one in said)
        assert list(path.parent.glob(f"{path.name}.damaged-1"))
        assert start(places, around) == [one for one in said if "put aside" not in one]  # it is said once


@pytest.mark.parametrize("pattern", ["workshops/index.json", "workshops/*.exports"])
def test_a_list_nested_without_end_is_put_aside_like_any_other_damage(places, around, laptop_of_a_day, pattern):
    path = found(places, pattern)
    path.write_bytes(b"[" * 100_000)
    assert dump(places, around) == laptop_of_a_day[1].dump
    path.write_bytes(b"[" * 100_000)
    assert any(one.startswith(f"Damaged and put aside: {path.name}.") for one in start(places, around))


@pytest.mark.parametrize("left", [b"", GARBAGE])
def test_a_file_left_half_written_is_in_nobodys_way(places, around, left):
    path = found(places, "workshops/.*.part")
    path.write_bytes(left)
    assert dump(places, around)
    assert not path.exists()


def test_a_name_beside_the_private_key_is_not_needed(places):
    before = planning.known_keys(places)
    found(places, f"keys/ESS/{SIGNING}.pub").unlink()
    assert planning.known_keys(places) == before


def test_a_pinned_key_that_is_damaged_never_counts_as_none(places, laptop_of_a_day):
    file = laptop_of_a_day[1].file
    found(places, "programmes/centre.pub").write_bytes(GARBAGE)
    with pytest.raises(MachineError, check=lambda error: error.code == "pin_damaged"):
        shelf.look(places, file)
    found(places, "programmes/data*.pub").unlink()
    with pytest.raises(MachineError, check=lambda error: error.code == "pin_damaged"):
        shelf.programme(places, found(places, "programmes/*.programme").stem)


_UNREADABLE = """
import os, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
import test_side_files as tests
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.ui import front
places, around = Folders(Path(sys.argv[1])), front.surroundings()
program = front.application()
before = tests.dump(places, around)
for pattern in tests.SIDE:
    path = tests.found(places, pattern)
    path.chmod(0)
    assert not os.access(path, os.R_OK)
    said = tests.start(places, around)
    assert tests.dump(places, around) == before, pattern
    assert not any("did not work" in one for one in said), said
    for one in (path, *path.parent.glob(f"{path.name}.damaged-*")):
        if one.exists():
            one.chmod(0o600)
    print(pattern)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_what_nobody_may_read_keeps_nothing_from_starting(places):
    # Root may read anything; without these two rights it is an owner like any other.
    drop = "-dac_override,-dac_read_search"
    plain = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.getuid() == 0 else []
    here = Path(__file__).parent
    done = subprocess.run(
        [*plain, sys.executable, "-c", _UNREADABLE, str(places.root), str(here), str(here.parents[1] / "app"), str(here.parents[2])],
        capture_output=True, text=True, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(places.root)},
    )
    assert done.stdout.split() == list(SIDE), done.stderr


# -- stores that cannot be opened now


def entry_of(places, around):
    (entry,) = Workshops(places, around).recent()
    return entry


def test_a_workshop_whose_cards_are_gone_gets_them_from_the_programme_file(places, around):
    found(places, "packs/*.json").unlink()
    assert entry_of(places, around).state in {"live", "setup"}


def test_a_workshop_that_is_open_elsewhere_stands_on_home_with_the_reason(places, around):
    workshops = Workshops(places, around)
    desk = workshops.resume(found(places, "workshops/*.db"))
    entry = entry_of(places, around)
    assert (entry.state, entry.unclean, entry.area_name) == ("shut", False, "Essex")
    assert entry.why.startswith("Tradeoff Desktop is already open in another window")
    workshops.leave(desk)
    assert entry_of(places, around).state != "shut"


def test_a_workshop_of_a_newer_version_stands_on_home_with_the_reason(places, around):
    import sqlite3  # noqa: PLC0415 - only to make a store that no version has made yet

    path = found(places, "workshops/*.db")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    entry = entry_of(places, around)
    assert entry.state == "shut"
    assert "was made by a newer version" in entry.why
    assert "Install the newer version" in entry.why


def test_cards_that_are_nowhere_are_asked_for(places, around):
    shutil.rmtree(places.packs)
    shutil.rmtree(places.programmes)
    entry = entry_of(places, around)
    if entry.state == "shut":  # the cards are not the shipped ones
        assert "open the file your central team sent" in entry.why


def test_a_folder_of_workshops_that_is_none_is_said_and_not_taken_for_empty(places, around):
    shutil.rmtree(places.workshops)
    places.workshops.write_bytes(b"")
    with pytest.raises(MachineError, check=lambda error: error.code == "in_the_way"):
        front.show(places, around)
