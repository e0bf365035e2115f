"""The reader of bundles stays under 128 MB, whatever it is given, and says what is at fault."""

import sys

import pytest
import reader_memory
from fault_runs import together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured through /proc")

WORST = ("full of both", "full of numbers", "encrypted noise", "too many values")


def measured(*names):
    found = together("reader_memory.py", "--names", *names)
    assert found["peaks"].keys() == set(names)
    return found


def test_the_worst_inputs_stay_within_the_bound():
    found = measured(*WORST)
    assert found["faults"] == {}
    answers = {"full of both: accepted", "full of numbers: accepted", "encrypted noise: bad_container", "too many values: bad_records"}
    assert found["answers"].keys() == answers


@pytest.mark.full
@pytest.mark.timeout(600)
def test_every_input_stays_within_the_bound():
    found = measured(*reader_memory.inputs())
    assert found["faults"] == {}
    assert "too many bytes: bad_records" in found["answers"]


def test_a_reader_without_limits_is_found_out():
    found = together("reader_memory.py", "--names", "long lists", "--unlimited", shares=1)
    assert found["peaks"]["long lists"] > 128
    assert found["faults"]
