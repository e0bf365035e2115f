"""Watching a process change its files, call by call, and refusing single calls. Linux on x86-64.

A forked child asks the kernel to stop it at every call that changes a file (a seccomp filter) and to show the call
to its parent (ptrace). Nothing between the program and the kernel can be overlooked, no tool or compiler has to be
installed, and the same few lines record what was done and make the k-th change fail. See man ptrace and seccomp.
"""

import ctypes
import errno
import gc
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SAYING = "/dev/null"  # what a traced process writes there is told to the watcher in its place among the changes

_TRACEME, _CONT, _GETREGS, _SETREGS, _SYSCALL, _SETOPTIONS = 0, 7, 12, 13, 24, 0x4200
_OPTIONS = 0x1 | 0x80 | 0x100000  # mark stops at calls; stop where the filter says; the child dies with its parent
_FILTERED = signal.SIGTRAP | (7 << 8)
_AT_CALL = signal.SIGTRAP | 0x80
_CALLS = {
    1: "write", 18: "pwrite64", 20: "writev", 40: "sendfile", 74: "fsync", 75: "fdatasync", 76: "truncate",
    77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 85: "creat", 86: "link", 87: "unlink", 88: "symlink",
    257: "openat", 258: "mkdirat", 263: "unlinkat", 264: "renameat", 265: "linkat", 266: "symlinkat",
    285: "fallocate", 296: "pwritev", 316: "renameat2", 326: "copy_file_range", 328: "pwritev2", 2: "open",
}
# What calls by name do, and whether their paths are relative to a handle.
_BY_NAME = {
    "mkdir": ("folder", False), "mkdirat": ("folder", True), "unlink": ("remove", False), "unlinkat": ("remove", True),
    "rmdir": ("remove", False), "rename": ("rename", False), "renameat": ("rename", True), "renameat2": ("rename", True),
}
# The registers of x86-64 in the order of struct user_regs_struct, as far as a call is concerned.
_NUMBER, _RESULT, _ARGUMENTS = 15, 10, (14, 13, 12, 7, 9, 8)
_HERE = ctypes.c_int(-100).value  # AT_FDCWD


class Change(NamedTuple):
    """One change to a file, a folder or what is on the disk for good.

    ``act``: make, truncate, write, sync, rename, remove, folder (made) or say. ``place`` is the offset of a write or
    the size after a truncate, ``to`` the new path of a rename.
    """

    act: str
    path: str
    place: int = 0
    data: bytes = b""
    to: str = ""


class Refuse(NamedTuple):
    """Do not carry the change out; answer with that error."""

    number: int


class Shorten(NamedTuple):
    """Carry out only the first ``count`` bytes of a write, as a disk does that is about to be full."""

    count: int


Before = Callable[[Change], Refuse | Shorten | None]
After = Callable[[Change], None]  # with the data really written, only if it succeeded


def missing() -> str:
    """Why nothing can be traced here, or an empty string."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "calls are traced on Linux on x86-64 only"
    try:
        follow(lambda: None, root=Path("/nowhere"), before=lambda _: None)
    except OSError as error:
        return f"this machine does not let a process trace its child ({error})"
    return ""


def follow(action: Callable[[], None], *, root: Path, before: Before, after: After | None = None) -> int:
    """Perform ``action`` in a child and show every change below ``root`` before and, where asked for, after it is made.

    Below "/" that is whatever it writes anywhere, pipes included. Returns the child's exit code, minus a signal's number
    where one ended it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # the child's collector must not touch, and so copy, all that it inherits
    child = os.fork()
    if child == 0:
        _be_traced(action)
    gc.unfreeze()
    return _Trace(child, str(root).rstrip(os.sep), before, after).run()


def _be_traced(action: Callable[[], None]) -> None:
    code = 1
    try:
        _ptrace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _filter_calls()
        action()
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child must never return into its parent's code
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


class _Trace:
    """The parent's side of one traced child."""

    def __init__(self, child: int, root: str, before: Before, after: After | None) -> None:
        self._child = child
        self._root = root
        self._before = before
        self._after = after
        self._changes: list[Change] = []
        self._memory = -1

    def run(self) -> int:
        os.waitpid(self._child, 0)
        try:
            _ptrace(_SETOPTIONS, self._child, _OPTIONS)
            self._memory = os.open(f"/proc/{self._child}/mem", os.O_RDONLY)
            return self._loop()
        except BaseException:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            raise
        finally:
            if self._memory >= 0:
                os.close(self._memory)

    def _loop(self) -> int:
        request, deliver = _CONT, 0
        while True:
            _ptrace(request, self._child, deliver)
            _, status = os.waitpid(self._child, 0)
            if not os.WIFSTOPPED(status):
                return os.waitstatus_to_exitcode(status)
            request, deliver = _CONT, 0
            if status >> 8 == _FILTERED:
                request = self._entering()
            elif os.WSTOPSIG(status) == _AT_CALL:
                self._leaving()
            else:
                deliver = os.WSTOPSIG(status)

    def _entering(self) -> int:
        """Look at a call about to be made; how to go on."""
        registers = _registers(self._child)
        self._changes = self._changes_of(registers)
        if not self._changes:
            return _CONT
        answers = [answer for change in self._changes if (answer := self._before(change)) is not None]
        if answers:
            _obey(self._child, registers, answers[0])
        return _CONT if self._after is None else _SYSCALL

    def _leaving(self) -> None:
        result = _signed(_registers(self._child)[_RESULT])
        if result >= 0 and self._after is not None:
            for change in self._changes:
                self._after(change._replace(data=change.data[:result]) if change.act == "write" else change)

    # -- what a call changes

    def _changes_of(self, registers: list[int]) -> list[Change]:
        name = _CALLS[registers[_NUMBER]]
        arguments = [registers[place] for place in _ARGUMENTS]
        if name in {"write", "pwrite64", "fsync", "fdatasync", "ftruncate"}:
            return self._by_handle(name, arguments)
        if name in {"openat", "open"}:
            folder, *rest = arguments if name == "openat" else (_HERE, *arguments)
            return self._opening(self._path(folder, rest[0]), rest[1])
        return self._by_name(name, arguments)

    def _by_handle(self, name: str, arguments: list[int]) -> list[Change]:
        handle, address, count, offset = arguments[:4]
        path = os.readlink(f"/proc/{self._child}/fd/{handle}")  # noqa: PTH115 - a Path costs more than the call
        if path == SAYING and name == "write":
            return [Change("say", path, data=self._bytes(address, count))]
        if not self._ours(path):
            return []
        if name == "write":
            return [Change("write", path, self._position(handle), self._bytes(address, count))]
        if name == "pwrite64":
            return [Change("write", path, offset, self._bytes(address, count))]
        return [Change("truncate", path, address) if name == "ftruncate" else Change("sync", path)]

    def _opening(self, path: str, flags: int) -> list[Change]:
        if not self._ours(path):
            return []
        if not os.path.lexists(path):
            return [Change("make", path)] if flags & os.O_CREAT else []
        return [Change("truncate", path, 0)] if flags & os.O_TRUNC else []

    def _by_name(self, name: str, arguments: list[int]) -> list[Change]:
        act, relative = _BY_NAME.get(name, ("", False))
        if not act:
            # The program makes none of these now. A new one must be understood here before it is trusted.
            raise OSError(errno.ENOSYS, f"a call that is not understood: {name}")
        if relative:
            paths = [self._path(*arguments[0:2])] + ([self._path(*arguments[2:4])] if act == "rename" else [])
        else:
            paths = [self._path(_HERE, address) for address in arguments[: 2 if act == "rename" else 1]]
        return [Change(act, paths[0], to=paths[-1] if act == "rename" else "")] if any(map(self._ours, paths)) else []

    def _ours(self, path: str) -> bool:
        return not self._root or path == self._root or path.startswith(self._root + os.sep)

    # -- what the child's memory and handles say

    def _bytes(self, address: int, count: int) -> bytes:
        return os.pread(self._memory, count, address)

    def _path(self, folder: int, address: int) -> str:
        raw = b""
        while b"\0" not in raw:
            raw += self._bytes(address + len(raw), 4096 - (address + len(raw)) % 4096)
        at = ctypes.c_int(folder & 0xFFFFFFFF).value
        base = Path(f"/proc/{self._child}", "cwd" if at == _HERE else f"fd/{at}").readlink()
        return os.path.normpath(base / os.fsdecode(raw.split(b"\0")[0]))

    def _position(self, handle: int) -> int:
        told = os.open(f"/proc/{self._child}/fdinfo/{handle}", os.O_RDONLY)
        try:
            return int(os.read(told, 64).split()[1])
        finally:
            os.close(told)


def _obey(child: int, registers: list[int], answer: Refuse | Shorten) -> None:
    changed = list(registers)
    if isinstance(answer, Refuse):
        changed[_NUMBER] = 2**64 - 1  # no such call: the kernel skips it and leaves the result as it is set here
        changed[_RESULT] = 2**64 - answer.number
    else:
        changed[_ARGUMENTS[2]] = answer.count
    _ptrace(_SETREGS, child, 0, (ctypes.c_uint64 * 27)(*changed))


def _registers(child: int) -> list[int]:
    found = (ctypes.c_uint64 * 27)()
    _ptrace(_GETREGS, child, 0, found)
    return found[:]


def _signed(value: int) -> int:
    return ctypes.c_int64(value).value


_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, child: int, value: int = 0, block: object = None) -> None:
    """One ptrace request. What the manual calls data is the third argument, or a block of memory where one is given."""
    data = ctypes.cast(block, ctypes.c_void_p) if block is not None else ctypes.c_void_p(value)
    if _libc.ptrace(request, child, None, data) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _filter_calls() -> None:
    """Have the kernel stop this process at the calls above; an opening only where it makes or empties a file."""
    allow, stop = 0x7FFF0000, 0x7FF00000
    load, equal, any_bit, answer = 0x20, 0x15, 0x45, 0x06
    steps = [(load, 0, 0, 4), (equal, 1, 0, 0xC000003E), (answer, 0, 0, allow), (load, 0, 0, 0)]
    for number, name in _CALLS.items():
        if name in {"openat", "open"}:
            flags = 16 + 8 * (2 if name == "openat" else 1)
            making = os.O_CREAT | os.O_TRUNC
            steps += [(equal, 0, 4, number), (load, 0, 0, flags), (any_bit, 0, 1, making), (answer, 0, 0, stop), (answer, 0, 0, allow)]
        else:
            steps += [(equal, 0, 1, number), (answer, 0, 0, stop)]
    steps.append((answer, 0, 0, allow))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code)
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(buffer)))
    if _libc.prctl(38, 1, 0, 0, 0) or _libc.prctl(22, 2, program, 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
