"""How a harness is run: by hand from the command line, or by a test in several shares at once."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARES = 2
Found = dict[str, Any]  # counts, or counts by name; ``faults`` is empty where all is well


@contextlib.contextmanager
def memory() -> Iterator[Path]:
    """An empty folder, in memory where the machine has such a place, so that no check waits for a disk."""
    shared = Path("/dev/shm")  # noqa: S108 - only as the parent of a temporary folder
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name).resolve()


def arguments(text: str | None, **numbers: int) -> argparse.ArgumentParser:
    """The command line every harness has: its numbers, and which share of the work to do."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in {**numbers, "seed": 1, "share": 0, "shares": 1}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser


def stay_on_one_core(share: int) -> None:
    """A tracer and what it traces take turns; on two cores each turn waits for the other core to wake."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[share % len(cores)]})


def tell(found: Found) -> None:
    """Print what was found; exit code 1 where anything is wrong."""
    sys.stdout.write(json.dumps(found, indent=1, sort_keys=True) + "\n")
    sys.exit(1 if found["faults"] else 0)


def together(name: str, *words: str, shares: int = SHARES) -> Found:
    """Run a harness in ``shares`` processes at once and add up what they found."""
    sums: Found = {}
    for found in at_once(*([name, *words, "--share", str(share), "--shares", str(shares)] for share in range(shares))):
        _add(sums, found)
    return sums


def at_once(*commands: Sequence[str]) -> list[Found]:
    """Run harnesses side by side; what each found."""
    # No laptop has pandas, which only the tests need and which sqlite-utils loads where it finds it.
    paths = os.pathsep.join([str(HERE / "absent"), str(ROOT)])
    variables = {**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"}
    found: list[Found] = []
    with contextlib.ExitStack() as held:
        started = [[sys.executable, str(HERE / name), *words] for name, *words in commands]
        for process in [held.enter_context(_started(command, variables)) for command in started]:
            out, err = process.communicate()
            assert out, err
            found.append(json.loads(out))
    return found


@contextlib.contextmanager
def _started(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=variables, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _add(sums: Found, found: Found) -> None:
    for name, value in found.items():
        if isinstance(value, dict):
            _add(sums.setdefault(name, {}), value)
        else:
            sums[name] = sums.get(name, 0) + value
