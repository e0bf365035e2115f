"""Power cuts lose nothing that was acknowledged, and the harness would notice if they did."""

import fault_tracer as tracer
import power_cuts
import pytest
from fault_disk import Disk, Fate, read_image
from fault_runs import at_once, memory, together
from fault_tracer import Change

pytestmark = pytest.mark.skipif(bool(tracer.missing()), reason=tracer.missing() or "traced")


def test_five_hundred_cuts_lose_nothing():
    found = together("power_cuts.py", "--cuts", "500", "--thorough", "3")
    assert found["faults"] == {}
    assert found["cuts"] == 500
    assert found["different"] > 200


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_twenty_thousand_cuts_lose_nothing():
    found = together("power_cuts.py", "--cuts", "20000", "--seed", "2")
    assert found["faults"] == {}
    assert found["cuts"] == 20_000


def test_bad_settings_are_found_out():
    expected = {"synchronous": "lost: ", "journal": "corrupt: ", "secure_delete": "erased and back: ", "files": "in part: "}
    found = at_once(*(["power_cuts.py", "--cuts", "60", "--bad", bad] for bad in expected))
    for (bad, seen), one in zip(expected.items(), found, strict=True):
        assert any(fault.startswith(seen) for fault in one["faults"]), (bad, one)


def test_the_recording_is_whole():
    """What was seen, replayed, is what really is in the folder: no change was overlooked."""
    with memory() as folder:
        recording = power_cuts.record(folder / "day")
        disk = power_cuts.empty_disk(folder / "day")
        for change in recording.changes:
            disk.take(change)
        assert disk.now() == read_image(folder / "day")
    assert [standing.act for standing in recording.standings][-1] == "leave again"
    assert len({change.act for change in recording.changes}) == 7


class Draw:
    """A draw that always comes out the same."""

    def __init__(self, number):
        self.number = number

    def random(self):
        return self.number

    def randint(self, low, high):
        return low if self.number > 0.5 else high


@pytest.fixture
def disk(tmp_path):
    made = Disk(tmp_path)
    for act, path, data in [("make", "a", b""), ("write", "a", b"old"), ("sync", "a", b""), ("sync", "", b"")]:
        made.take(Change(act, str(tmp_path / path), data=data))
    return made


@pytest.mark.parametrize(
    ("changes", "nothing", "everything"),
    [
        ([("write", "a", 0, b"new", "")], {"a": b"old"}, {"a": b"new"}),
        ([("write", "a", 5, b"x", "")], {"a": b"old"}, {"a": b"old\0\0x"}),
        ([("truncate", "a", 1, b"", "")], {"a": b"old"}, {"a": b"o"}),
        ([("write", "a", 0, b"new", ""), ("sync", "a", 0, b"", "")], {"a": b"new"}, {"a": b"new"}),
        ([("make", "b", 0, b"", ""), ("write", "b", 0, b"x", "")], {"a": b"old"}, {"a": b"old", "b": b"x"}),
        ([("make", "b", 0, b"", ""), ("sync", "", 0, b"", "")], {"a": b"old", "b": b""}, {"a": b"old", "b": b""}),
        ([("rename", "a", 0, b"", "b")], {"a": b"old"}, {"b": b"old"}),
        ([("remove", "a", 0, b"", "")], {"a": b"old"}, {}),
        ([("folder", "f", 0, b"", ""), ("make", "f/b", 0, b"", ""), ("sync", "f", 0, b"", "")], {"a": b"old"}, {"a": b"old", "f": None, "f/b": b""}),
    ],
)
def test_only_what_was_synced_is_sure_to_stay(disk, tmp_path, changes, nothing, everything):
    for act, path, place, data, to in changes:
        disk.take(Change(act, str(tmp_path / path), place, data, str(tmp_path / to) if to else ""))
    assert disk.image(Fate("nothing", Draw(0))) == nothing
    assert disk.image(Fate("everything", Draw(0))) == everything


def test_a_write_may_stay_in_part_by_sectors(disk, tmp_path):
    disk.take(Change("write", str(tmp_path / "a"), 500, b"x" * 600))
    found = {len(disk.image(Fate("some", power_cuts.random.Random(n)))["a"]) for n in range(400)}
    assert found == {3, 512, 1024, 1100}
