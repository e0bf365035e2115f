"""Which files follow from the code, and whether those on disk are they."""

from pathlib import Path

import spec_bundles
import spec_lines
import spec_merge
import spec_parcels
import spec_schema
import spec_text
import spec_values

from tradeoff_desktop.exchange.wordlist import WORDS

SPEC = Path(__file__).resolve().parents[2] / "resources" / "spec"
TEXTS = ("README.md", "bundle.md", "records.md", "programme.md", "merge.md")


def vectors() -> dict[str, bytes]:
    """Every file under ``vectors``, by its path there."""
    parts = (spec_values, spec_lines, spec_bundles, spec_parcels, spec_merge)
    return {name: data for part in parts for name, data in part.files().items()}


def made() -> dict[str, bytes]:
    """Every file that is made and not written by hand, by its path below ``resources/spec``."""
    words = "".join(f"{word}\n" for word in WORDS).encode()
    return {"wordlist.txt": words, **spec_schema.files(), **{f"vectors/{name}": data for name, data in vectors().items()}}


def texts(folder: Path) -> dict[str, bytes]:
    """The pages, with their examples as they ought to be."""
    examples = spec_text.examples()
    return {name: spec_text.filled((folder / name).read_text(encoding="utf-8"), examples).encode() for name in TEXTS}


def stale(folder: Path) -> list[str]:
    """The paths below ``folder`` that are missing, differ, or have no business there."""
    wanted = made() | texts(folder)
    differing = [name for name, data in wanted.items() if not _holds(folder / name, data)]
    found = (path for path in (folder / "vectors").rglob("*") if path.is_file())
    strays = [name for path in found if (name := path.relative_to(folder).as_posix()) not in wanted]
    return sorted([*differing, *strays])


def write(folder: Path) -> None:
    """Write what is stale and take away what has no business under ``vectors``."""
    wanted = made() | texts(folder)
    for name in stale(folder):
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name])
        else:
            path.unlink()


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
