"""Packs from their source: a folder of TOML files becomes one ``Pack``, or faults with file, line and field.

::

    pack.toml         identity, wording, themes, areas, groups, axes, items, codes
    framework.toml    tests, features, questions
    agenda.toml       parts, agenda
    glossary.toml     glossary
    scenarios/*.toml  one case each, named after its id

The identity of a pack does not depend on how its files are laid out: scenarios stand in the order of their numbers,
and line ends and runs of spaces within a text count as one space (an empty line begins a paragraph).
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tradeoff_desktop.app import tomlplaces
from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model import packcheck
from tradeoff_desktop.model.pack import Pack, digest, strict

MAX_BYTES = 1024 * 1024  # a source file is a few kilobytes; anything of this size is no source file
SECTIONS = {
    "framework.toml": frozenset({"tests", "features", "questions"}),
    "agenda.toml": frozenset({"parts", "agenda"}),
    "glossary.toml": frozenset({"glossary"}),
}
MAIN = "pack.toml"
FILES = (MAIN, *SECTIONS)
SCENARIOS = "scenarios"


class PackFault(NamedTuple):
    """One fault of a source file. ``field`` is the path within that file; ``line`` counts from 1."""

    file: str
    line: int
    field: str
    code: str
    facts: dict[str, object]


class _File(NamedTuple):
    name: str
    text: str
    values: dict[str, object]


class _Source(NamedTuple):
    """The files of a pack put together; ``scenarios`` in the order they have in ``values``."""

    files: dict[str, _File]
    scenarios: list[str]
    values: dict[str, object]


def resources() -> Path:
    """The folder of packs, programmes, fonts and icons that ships beside the package."""
    return Path(__file__).resolve().parents[2] / "resources"


@cache
def shipped() -> Pack:
    """The pack that ships with the program. Read once: it is immutable."""
    return load(resources() / "packs" / "data-sharing")


def load(folder: Path) -> Pack:
    """The pack in ``folder``; ContentError with file, line, field and ``more`` (how many other faults) if it is wrong."""
    pack, faults = _examine(folder)
    if pack is None or faults:
        raise refusal(faults[0], more=len(faults) - 1)
    return pack


def identity(folder: Path) -> str:
    """The SHA-256 identity of the pack in ``folder``, hex; ContentError as for ``load``."""
    return digest(load(folder))


def refusal(fault: PackFault, *, more: int) -> ContentError:
    """The error that stands for a fault and ``more`` others."""
    place: dict[str, object] = {"file": fault.file, "line": fault.line, "field": fault.field, "more": more}
    return ContentError(fault.code, **{**fault.facts, **place})


def check(folder: Path) -> list[PackFault]:
    """Every fault of the pack in ``folder``, by file and line; an empty list means that it may be used."""
    return sorted(_examine(folder)[1], key=lambda f: (f.file, f.line, f.field, f.code))


def tidy(value: object) -> object:
    """``value`` with every text in one form: NFC, paragraphs joined by one line end, single spaces."""
    if isinstance(value, str):
        paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", value.replace("\r\n", "\n")))
        return unicodedata.normalize("NFC", "\n".join(part for part in paragraphs if part))
    if isinstance(value, list):
        return [tidy(one) for one in value]
    if isinstance(value, dict):
        return {name: tidy(one) for name, one in value.items()}
    return value


def read_toml(path: Path, name: str) -> tuple[str, dict[str, object]]:
    """Text and values of one TOML file; ContentError with ``name`` and the line if it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError("content_no_file", file=name, line=1, field="") from error
    if len(raw) > MAX_BYTES:
        raise ContentError("content_too_big", file=name, line=1, field="", limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError("content_not_utf8", file=name, line=line, field="") from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # tomllib tells the place in its message only: "... (at line 3, column 5)" or "(at end of document)".
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise ContentError("content_syntax", file=name, line=line, field="") from error


def _examine(folder: Path) -> tuple[Pack | None, list[PackFault]]:
    """The pack if it can be made at all, and everything that is wrong with it."""
    files, faults = _read_files(folder)
    faults += _stray(files)
    if any(fault.code in _UNREADABLE for fault in faults):
        return None, faults
    source = _assemble(files)
    pack, shape_faults = _build(source)
    faults += shape_faults
    if pack is not None:
        found = packcheck.check(pack)
        faults += [_place(source, fault.field, fault.code, fault.facts) for fault in found]
    return pack, faults


_UNREADABLE = frozenset({"content_no_file", "content_not_utf8", "content_syntax", "content_too_big"})


def _read_files(folder: Path) -> tuple[dict[str, _File], list[PackFault]]:
    names = [*FILES, *sorted(f"{SCENARIOS}/{path.name}" for path in (folder / SCENARIOS).glob("*.toml"))]
    files: dict[str, _File] = {}
    faults = []
    for name in names:
        try:
            files[name] = _File(name, *read_toml(folder / name, name))
        except ContentError as error:
            facts = {key: value for key, value in error.facts.items() if key not in {"file", "line", "field"}}
            faults.append(PackFault(name, error.facts["line"], "", error.code, facts))
    known = {*FILES, SCENARIOS}
    strays = sorted(path.name for path in folder.glob("*") if path.name not in known and not path.name.startswith("."))
    faults += [PackFault(name, 1, "", "content_stray_file", {"name": name}) for name in strays]
    return files, faults


def _stray(files: dict[str, _File]) -> list[PackFault]:
    """Sections in the wrong file, and case files not named after their case."""
    faults = []
    elsewhere = {section: name for name, sections in SECTIONS.items() for section in sections} | {SCENARIOS: SCENARIOS}
    for name, file in files.items():
        allowed = SECTIONS.get(name)
        for section in file.values:
            in_main = name == MAIN and section in elsewhere
            if in_main or (allowed is not None and section not in allowed):
                facts: dict[str, object] = {"name": section, "belongs": elsewhere.get(section, MAIN)}
                faults.append(PackFault(name, tomlplaces.line_of(file.text, section), section, "content_section", facts))
        if name.startswith(SCENARIOS) and isinstance(file.values.get("id"), str) and file.values["id"] != Path(name).stem:
            line = tomlplaces.line_of(file.text, "id")
            faults.append(PackFault(name, line, "id", "content_file_name", {"id": file.values["id"]}))
    return faults


def _assemble(files: dict[str, _File]) -> _Source:
    values: dict[str, object] = {}
    values.update({k: v for k, v in files[MAIN].values.items() if k not in {s for f in SECTIONS.values() for s in f}})
    for name, sections in SECTIONS.items():
        values.update({key: value for key, value in files[name].values.items() if key in sections})
    scenarios = [file for name, file in files.items() if name.startswith(SCENARIOS)]
    # Numbers that are no numbers are found later; here they only must not stop the sorting.
    scenarios.sort(key=lambda file: (number if isinstance(number := file.values.get("number"), int) else 0, file.name))
    values[SCENARIOS] = [file.values for file in scenarios]
    return _Source(files, [file.name for file in scenarios], {name: tidy(value) for name, value in values.items()})


def _build(source: _Source) -> tuple[Pack | None, list[PackFault]]:
    """Decode strictly, and where a fault can be set right for the moment go on, so that the next one is found too."""
    faults: list[PackFault] = []
    while True:
        try:
            return strict(source.values, Pack), faults
        except ContentError as error:
            facts = dict(error.facts)
            field = str(facts.pop("field"))
            faults.append(_place(source, field, error.code, facts))
            if not _set_right(source.values, field, error):
                return None, faults


def _set_right(values: dict[str, object], field: str, error: ContentError) -> bool:
    """Take an unknown field out, or cut a text that is too long; False where only the author can help."""
    *outer, last = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", field)]
    holder: Any = values
    for part in outer:
        holder = holder[part]  # the decoder has just walked this path
    if not isinstance(holder, dict) or last not in holder:
        return False
    if error.code == "content_unknown_field":
        del holder[last]
        return True
    if error.code == "content_too_long":
        holder[last] = str(holder[last])[: int(error.facts["limit"])].strip()
        return True
    return False


def _place(source: _Source, field: str, code: str, facts: dict[str, object]) -> PackFault:
    """From a path in the whole pack to file, line and path within that file."""
    name, inner = MAIN, field
    in_scenario = re.match(r"scenarios\[(\d+)\]\.?(.*)", field)
    if in_scenario and int(in_scenario.group(1)) < len(source.scenarios):
        name, inner = source.scenarios[int(in_scenario.group(1))], in_scenario.group(2)
    else:
        section = re.split(r"[.\[]", field, maxsplit=1)[0]
        name = next((file for file, sections in SECTIONS.items() if section in sections), MAIN)
    return PackFault(name, tomlplaces.line_of(source.files[name].text, inner), inner, code, facts)
