"""A disk that fails is said to fail, loses nothing, and the same desk goes on once it is well again."""

import fault_tracer as tracer
import pytest
from failing_writes import WAYS, Fault
from fault_runs import at_once, together
from fault_tracer import Change

pytestmark = pytest.mark.skipif(bool(tracer.missing()), reason=tracer.missing() or "traced")

# SQLite goes on where only the name of its journal, or the emptied journal of a store being closed, could not be
# synced, and where the journal of the look at opening, which is rolled back and changed nothing, could not be emptied:
# nothing that was acknowledged hangs on any of them.
HARMLESS = {"broken: sync folder", "broken: sync .db-journal", "broken: truncate .db-journal"}


def fails(*words):
    found = together("failing_writes.py", *words)
    assert found["faults"] == {}
    assert found["unseen"].keys() <= HARMLESS
    assert found["shown"].keys() <= {"disk_full", "disk_error", "store_unwritable", "stick_full"}
    assert {"disk_full", "disk_error"} <= found["shown"].keys()
    return found


def test_every_seventh_failure_is_shown_and_loses_nothing():
    assert fails("--every", "7", "--brief")["failed"] > 120


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_every_failure_is_shown_and_loses_nothing():
    assert fails("--every", "1")["failed"] > 1500


def test_bad_habits_are_found_out():
    """An act that hides the disk's error, and a desk that does not look again after one."""
    command = ["failing_writes.py", "--every", "1", "--ways", "broken", "--only", "sync", "--brief", "--bad"]
    for found in at_once([*command, "swallowed"], [*command, "blind"]):
        assert any("differs: " in fault for fault in found["faults"]), found


def test_a_full_disk_stays_full_until_something_is_freed():
    fault = Fault("full", 2)
    grow, say = Change("write", "a", data=b"xx"), Change("say", "", data=b'["freed"]')
    assert [fault.before(one) is not None for one in (grow, grow, grow, say, grow)] == [False, True, True, False, False]
    assert WAYS["full"].isdisjoint({"sync", "truncate", "remove"})


def test_a_short_write_does_half_and_then_finds_no_room():
    fault = Fault("short", 1)
    grow = Change("write", "a", data=b"xxxx")
    assert [fault.before(grow), fault.before(grow)] == [tracer.Shorten(2), tracer.Refuse(28)]
