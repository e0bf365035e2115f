"""The one background worker: it does a long piece of work and tells how far it is. It touches no widget.

While it works on a desk the store is lent to it: the page that started it shows progress and reads nothing.
"""

import gc
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from tradeoff_desktop.errors import RuleError, TradeoffError

Progress = Callable[[str, int, int], None]
Work = Callable[[Progress], object]
SWEEP = 500  # ms


class _Sweeper:
    """Keeps Python's collector of cycles to the window's own thread: one that collects a widget in another crashes Qt."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = 0

    def begin(self) -> None:
        """A thread begins to work."""
        with self._lock:
            self._working += 1
            gc.disable()

    def end(self) -> None:
        """It has done its work; said by the thread itself, for its worker may be gone."""
        with self._lock:
            self._working -= 1
            if not self._working:
                gc.enable()


_sweeper = _Sweeper()


class Worker(QObject):
    """Runs one piece of work at a time, away from the window's own thread."""

    progressed = Signal(str, int, int)  # what is being done, how far, of how much
    finished = Signal(object)  # what the work returned
    failed = Signal(object)  # TradeoffError
    broken = Signal(object)  # an error nobody expected
    ended = Signal()  # in any case, last

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.busy = False
        self._stopped = threading.Event()
        self.broken.connect(self._raise)
        self.ended.connect(self._rest)
        self._sweep = QTimer(self)
        self._sweep.setInterval(SWEEP)
        self._sweep.timeout.connect(self._collect)

    def start(self, work: Work) -> bool:
        """Begin; False where another piece of work is still going on."""
        if self.busy:
            return False
        self.busy = True
        self._stopped.clear()
        _sweeper.begin()
        self._sweep.start()
        self._pool.start(_Run(work, self))
        return True

    @Slot()
    def stop(self) -> None:
        """Ask the work to stop where it next says how far it is: it then fails with RuleError("stopped")."""
        self._stopped.set()

    def tell(self, what: str, done: int, of: int) -> None:
        """How far the work is, said from its own thread."""
        if self._stopped.is_set() and done < of:
            raise RuleError("stopped")
        self.progressed.emit(what, done, of)

    def wait(self) -> None:
        """Wait until nothing is being done; before the program ends."""
        self._pool.waitForDone()

    @Slot(object)
    def _raise(self, error: Exception) -> None:
        """Let an error out in the window's own thread: what is said about it touches widgets."""
        raise error

    @Slot()
    def _rest(self) -> None:
        self.busy = False
        self._sweep.stop()

    @Slot()
    def _collect(self) -> None:
        gc.collect(1)


class _Run(QRunnable):
    def __init__(self, work: Work, worker: Worker) -> None:
        super().__init__()
        self._work = work
        self._worker = worker

    def run(self) -> None:
        """Work, and tell the worker's own thread how it ended; anything but our errors goes to the crash report."""
        try:
            self._worker.finished.emit(self._work(self._worker.tell))
        except TradeoffError as error:
            self._worker.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker's own thread answers it
            self._worker.broken.emit(error)
        finally:
            self._worker.ended.emit()
            _sweeper.end()
