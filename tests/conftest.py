"""What holds for every test: no display, a home of its own, the same examples every time, and no silent skips on CI."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Every core runs tests already: a second thread for tables of a few hundred columns costs more than it saves.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

TOGETHER = ("tests/e2e/", "tests/report/contents/")  # folders whose files share one rehearsal, or one set of reports

# A slow laptop is no failure, and what failed once must fail again.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home that is thrown away, before anything that looks for one is imported."""
    home = Path(tempfile.mkdtemp(prefix="tradeoff-tests-", dir=memory()))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    for name in (*places, "APPDATA", "LOCALAPPDATA"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)
    os.environ.update(HOME=str(home), USERPROFILE=str(home), PYTEST_DEBUG_TEMPROOT=str(home))
    # Without its bytecode the program is compiled anew for every process a test starts.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Somebody's own chart settings must not colour the tests.
    os.environ.pop("MPLCONFIGDIR", None)


def memory() -> Path | None:
    """A place in memory with room for what the tests write, so that their thousands of syncs wait for no disk."""
    shared = Path("/dev/shm")  # noqa: S108 - only as the parent of a temporary folder
    return shared if shared.is_dir() and shutil.disk_usage(shared).free > 2**31 else None


class FilesTogether(LoadScopeScheduling):
    """A file stays on one core, and a folder whose files share what is costly as well."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders that stay on one core, so that none is left alone with one at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from going through thousands of tests and modules that all stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FilesTogether | None:
    """In the order in which the tests were collected."""
    if config.option.dist != "loadfile":
        return None
    config.option.loadscopereorder = False
    return FilesTogether(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI a skipped test is a failed one, but for those whose published data may be absent."""
    report = yield
    if item.get_closest_marker("published") is None and not hasattr(report, "wasxfail"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """On CI a skipped file is a failed one."""
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that names its reason, where CI=true."""
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"CI does not allow what happened here: {reason}"
