"""What people typed stands in the store and in encrypted bundles, and nowhere else."""

import fault_tracer as tracer
import pytest
from fault_runs import together

pytestmark = pytest.mark.skipif(bool(tracer.missing()), reason=tracer.missing() or "traced")


def test_typed_words_are_in_no_log_report_index_or_temporary_file():
    found = together("canaries.py", shares=1)
    assert found["faults"] == {}
    assert found["refused"] == {"crash": 1, "damaged": 300, "refused": 9}
    assert found["writes"][".db"] > 100
    assert found["writes"][".part"] >= 10


@pytest.mark.parametrize(
    ("bad", "seen"),
    [("temporary", "written to "), ("facts", "in what was said"), ("secure_delete", "erased and still in .db")],
)
def test_a_leak_is_found_out(bad, seen):
    assert any(fault.startswith(seen) for fault in together("canaries.py", "--bad", bad, shares=1)["faults"])
