"""A disk that keeps only what it was told to keep, and what may be left on it when the power goes.

The model is strict. The bytes of a file are safe once that file was synced, a name in a folder once that folder was
synced. Of what was written since, anything may be there: nothing, everything, or any of it, a write in part by
sectors, later writes without earlier ones; the names of one folder change in order. Real file systems keep more.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fault_tracer import Change

SECTOR = 512
Image = dict[str, bytes | None]  # what is found by path below the root; None for a folder


@dataclass
class Node:
    """A file or a folder: what is safe of it, and what was done since."""

    folder: bool = False
    content: bytearray = field(default_factory=bytearray)
    names: dict[str, "Node"] = field(default_factory=dict)
    since: list[Change] = field(default_factory=list)  # writes and truncations not yet safe
    renamed: list[tuple[str, "Node | None", str]] = field(default_factory=list)  # (name, what it is now, old name)


class Fate:
    """What a power cut does to everything that is not safe: ``nothing`` of it stays, ``everything``, or ``some``."""

    def __init__(self, kind: str, draw: random.Random) -> None:
        self._kind = kind
        self._draw = draw

    def prefix(self, count: int) -> int:
        """How many of so many changes of names stay."""
        return {"nothing": 0, "everything": count}.get(self._kind, self._draw.randint(0, count))

    def stays(self) -> bool:
        """Whether one change of bytes stays whole."""
        return self._kind == "everything" or (self._kind == "some" and self._draw.random() < 0.5)

    def torn(self) -> bool:
        """Whether a write that does not stay whole stays in part."""
        return self._kind == "some" and self._draw.random() < 0.5


class Disk:
    """What a run of changes has left: what the program sees, and what would survive."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.safe = Node(folder=True)
        self._seen: dict[str, Node] = {self._root: self.safe}

    def take(self, change: Change) -> None:
        """One more change as the tracer saw it."""
        getattr(self, f"_{change.act}")(change)

    def _make(self, change: Change) -> None:
        self._enter(change.path, Node())

    def _folder(self, change: Change) -> None:
        self._enter(change.path, Node(folder=True))

    def _enter(self, path: str, node: Node) -> None:
        folder, _, name = path.rpartition("/")
        self._seen[folder].renamed.append((name, node, ""))
        self._seen[path] = node

    def _write(self, change: Change) -> None:
        self._seen[change.path].since.append(change)

    _truncate = _write

    def _sync(self, change: Change) -> None:
        node = self._seen[change.path]
        for one in node.since:
            _apply(node.content, one)
        _rename(node.names, node.renamed)
        node.since, node.renamed = [], []

    def _remove(self, change: Change) -> None:
        folder, _, name = change.path.rpartition("/")
        self._seen[folder].renamed.append((name, None, ""))
        del self._seen[change.path]

    def _rename(self, change: Change) -> None:
        (folder, _, old), (other, _, name) = change.path.rpartition("/"), change.to.rpartition("/")
        assert folder == other, "the model knows renaming within one folder only"
        self._seen[folder].renamed.append((name, self._seen[change.path], old))
        for path in [path for path in self._seen if path == change.path or path.startswith(change.path + "/")]:
            self._seen[change.to + path.removeprefix(change.path)] = self._seen.pop(path)

    # -- what is there

    def image(self, fate: Fate) -> Image:
        """What is found after the power comes back."""
        return dict(_walk(self.safe, "", fate))

    def now(self) -> Image:
        """What the program itself sees now: everything stays."""
        return self.image(Fate("everything", random.Random(0)))  # noqa: S311 - nothing is drawn


def write_image(image: Image, root: Path) -> None:
    """Put an image on a real disk, into a folder that is not there yet."""
    root.mkdir()
    for path, content in image.items():
        if content is None:
            (root / path).mkdir()
        else:
            (root / path).write_bytes(content)


def read_image(root: Path) -> Image:
    """What really is in a folder."""
    return {
        path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(root.rglob("*"))
    }


def _walk(folder: Node, path: str, fate: Fate) -> Iterator[tuple[str, bytes | None]]:
    names = dict(folder.names)
    _rename(names, folder.renamed[: fate.prefix(len(folder.renamed))])
    for name, node in sorted(names.items()):
        yield path + name, None if node.folder else bytes(_left(node, fate))
        if node.folder:
            yield from _walk(node, f"{path}{name}/", fate)


def _rename(names: dict[str, Node], changes: list[tuple[str, Node | None, str]]) -> None:
    for name, node, old in changes:
        names.pop(old, None)
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _left(node: Node, fate: Fate) -> bytearray:
    content = bytearray(node.content)
    for change in node.since:
        if fate.stays():
            _apply(content, change)
        elif change.act == "write" and fate.torn():
            for sector in _sectors(change):
                if fate.stays():
                    _apply(content, sector)
    return content


def _sectors(change: Change) -> Iterator[Change]:
    start, end = change.place, change.place + len(change.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield change._replace(place=start, data=change.data[start - change.place : stop - change.place])
        start = stop


def _apply(content: bytearray, change: Change) -> None:
    if change.act == "truncate":
        del content[change.place :]
    # A gap is read as zeros.
    content.extend(bytes(max(0, change.place - len(content))))
    content[change.place : change.place + len(change.data)] = change.data
