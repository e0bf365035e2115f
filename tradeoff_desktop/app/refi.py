"""Notes, codebook and codings in the REFI-QDA exchange format (version 1.0 of 18 March 2019, www.qdasoftware.org).

A project file is a ZIP with ``project.qde`` (XML) and the texts it is about; a codebook file is the XML of the codes
alone. NVivo, MAXQDA, ATLAS.ti and QualCoder read both. A text holds the notes of one workshop, one a paragraph, as they
stand now: what was redacted, undone or withdrawn is in neither.
"""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.coding import FIRST, NONE, SECOND, Book, Coder, Key

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = "Tradeoff Desktop"
_NAMES = uuid.UUID("5f0a6f5e-6a2b-5d0e-9d3f-0c4c1e7a2b11")  # ours, so that the same thing has the same id in every export
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters no XML file may hold
_CODERS: dict[Coder, str] = {FIRST: "First coder", SECOND: "Second coder"}


class Text(NamedTuple):
    """The notes of one workshop: its id, its printed name, and the notes in order."""

    workshop: str
    name: str
    notes: Sequence[tuple[r.Ref, str]]


def project(texts: Iterable[Text], book: Book, *, title: str) -> bytes:
    """A project file (``.qdpx``): every text, the codebook, and what each coder gave to which note."""
    root = _element("Project", PROJECT, name=_clean(title), origin=_ORIGIN)
    users = ET.SubElement(root, "Users")
    for coder, name in _CODERS.items():
        ET.SubElement(users, "User", guid=_guid("user", coder), name=name, id=str(coder))
    _codes(root, book)
    held = list(texts)
    sources = ET.SubElement(root, "Sources") if held else root
    plain = {}
    for text in held:
        paragraphs = _paragraphs(text)
        name = f"{_guid('text', text.workshop)}.txt"
        _source(sources, text, paragraphs, book, file=name)
        plain[name] = "\n".join(words for _, words, _ in paragraphs)
    return _zip({"project.qde": _xml(root), **{f"sources/{name}": words.encode() for name, words in plain.items()}})


def codebook(book: Book) -> bytes:
    """A codebook file (``.qdc``): the codes with what they mean, and nothing that was said."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": _ORIGIN})
    _list(ET.SubElement(root, "Codes"), book)
    return _xml(root)


def _paragraphs(text: Text) -> list[tuple[r.Ref, str, int]]:
    """Each note with its words on one line and where they begin in the text, in characters."""
    found, at = [], 0
    for ref, words in text.notes:
        line = _clean(" ".join(words.split()))
        found.append((ref, line, at))
        at += len(line) + 1
    return found


def _source(sources: ET.Element, text: Text, paragraphs: list[tuple[r.Ref, str, int]], book: Book, *, file: str) -> None:
    source = ET.SubElement(
        sources, "TextSource", guid=_guid("text", text.workshop), name=_clean(text.name), plainTextPath=f"internal://{file}",
    )
    for ref, words, at in paragraphs:
        key = (ref.device, ref.seq)
        given = [(coder, code) for coder in _CODERS for code in book.codes_of(key, coder) if code != NONE]
        if given:
            chosen = ET.SubElement(
                source, "PlainTextSelection", guid=_guid("note", *key), name=words[:60], startPosition=str(at), endPosition=str(at + len(words)),
            )
            for coder, code in given:
                _coding(chosen, key, coder, code)


def _coding(chosen: ET.Element, note: Key, coder: Coder, code: str) -> None:
    coding = ET.SubElement(chosen, "Coding", guid=_guid("coding", *note, coder, code), creatingUser=_guid("user", coder))
    ET.SubElement(coding, "CodeRef", targetGUID=_guid("code", code))


def _codes(root: ET.Element, book: Book) -> None:
    if book.codes:
        _list(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), book)


def _list(codes: ET.Element, book: Book) -> None:
    """Every code that counts; what was merged away is counted as its heir, and a retired one keeps its codings."""
    for body in sorted(book.codes.values(), key=lambda one: one.code):
        if not body.into:
            code = ET.SubElement(codes, "Code", guid=_guid("code", body.code), name=_clean(body.text), isCodable="true")
            ET.SubElement(code, "Description").text = _clean(body.definition or body.text)


def _element(tag: str, namespace: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {"xmlns": namespace, **attributes})


def _clean(text: str) -> str:
    """The text with a mark in the place of what no XML file may hold; every character keeps its place."""
    return _NO_XML.sub("\ufffd", text)


def _guid(*names: object) -> str:
    return str(uuid.uuid5(_NAMES, "|".join(map(str, names))))


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _zip(files: dict[str, bytes]) -> bytes:
    """The same files give the same bytes: fixed dates, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
