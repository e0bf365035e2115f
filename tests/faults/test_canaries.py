"""What people typed stands in the store and in encrypted bundles, and nowhere else."""

import fault_tracer as tracer
import pytest
from fault_runs import together

pytestmark = pytest.mark.skipif(bool(tracer.missing()), reason=tracer.missing() or "traced")


def test_typed_words_are_in_no_log_report_index_or_temporary_file():
    found = together("canaries.py", shares=1)
    assert found["faults"] == {}
    assert found["refused"] == {"centre": 1, "crash": 4, "damaged": 300, "merged": 1, "refused": 9}
    assert found["writes"][".db"] > 100
    assert found["writes"][".part"] >= 10


def test_leaks_are_found_out():
    """A temporary file, a traceback, an error that quotes, and a store that only forgets where the words were."""
    found = together("canaries.py", "--bad", "temporary", "traceback", "facts", "secure_delete", shares=1)
    for seen in ("written to tmp", "written to pipe:", "in what was said", "erased and still in .db"):
        assert any(fault.startswith(seen) for fault in found["faults"]), seen
