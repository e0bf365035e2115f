"""A checker of what PDF/UA-1 (ISO 14289-1) asks of the structure of a file, on pikepdf.

It reads the file alone and knows nothing of how it was made. Every fault names the clause it breaks. What our reports
never hold (links, forms, layers, media, attachments) is refused outright rather than checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Figure",
        "Formula",
        "Form",
    ]
)
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "EI"])
SHOWING = frozenset(["Tj", "TJ", "'", '"'])


class Fault(NamedTuple):
    """A clause of ISO 14289-1 and what breaks it."""

    clause: str
    what: str


class Place(NamedTuple):
    """A piece of marked content: the page object and the number on it."""

    page: tuple[int, int]
    number: int


@dataclass
class Reading:
    """What has been learnt about a file so far."""

    faults: set[Fault] = field(default_factory=set)
    owners: dict[Place, tuple[int, int]] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    fonts: dict[tuple[int, int], Object] = field(default_factory=dict)

    def expect(self, holds: object, clause: str, what: str) -> None:
        if not holds:
            self.faults.add(Fault(clause, what))


def check(data: bytes) -> set[Fault]:
    """Return every fault of a file; an empty set is what a report must give."""
    with pikepdf.open(BytesIO(data)) as pdf:
        reading = Reading()
        check_catalogue(pdf, reading)
        tree = pdf.Root.get("/StructTreeRoot")
        reading.expect(tree is not None, "7.1", "no structure tree")
        if tree is not None:
            for element in elements(tree):
                check_element(element, reading, "StructTreeRoot", None)
            check_headings(reading)
        for page in pdf.pages:
            check_page(page.obj, reading, tree)
        for font in reading.fonts.values():
            check_font(font, reading)
        return reading.faults


def check_catalogue(pdf: pikepdf.Pdf, reading: Reading) -> None:
    root = pdf.Root
    metadata = root.get("/Metadata")
    packet = metadata.read_bytes().decode() if metadata is not None else ""
    part = re.search(r"pdfuaid:part(?:>|=[\"'])(\d)", packet)
    reading.expect(part and part[1] == "1", "5", "not identified as PDF/UA-1")
    titles = re.findall(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", packet, re.DOTALL)
    reading.expect(titles and titles[0].strip(), "7.1", "no title in the metadata")
    reading.expect(root.get("/MarkInfo", {}).get("/Marked") is True, "6.2", "not marked as tagged")
    shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
    reading.expect(shown is True, "7.1", "the title is not displayed")
    reading.expect(
        re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))), "7.2", "no language"
    )
    for entry in ("/AcroForm", "/OCProperties", "/Names", "/OpenAction", "/AA"):
        reading.expect(entry not in root, "7.18", f"{entry} in the catalogue")


def kids(element: Object) -> list[Object]:
    inside = element.get("/K")
    if inside is None:
        return []
    return list(inside) if isinstance(inside, Array) else [inside]


def elements(element: Object) -> list[Object]:
    return [kid for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def tag(element: Object) -> str:
    return str(element.S)[1:]


def attributes(element: Object) -> dict[str, Object]:
    given = element.get("/A")
    each = list(given) if isinstance(given, Array) else [given] if given is not None else []
    return {str(key): value for one in each for key, value in one.items()}


def check_element(element: Object, reading: Reading, parent: str, page: Object | None) -> None:
    """Check an element and all below it; ``page`` is the page that its numbers count on."""
    kind = tag(element)
    page = element.get("/Pg", page)
    below = [tag(each) for each in elements(element)]
    reading.expect(kind in STANDARD, "7.1", f"{kind} is no standard type")
    reading.expect("/P" in element, "7.1", f"{kind} has no parent")
    reading.expect(kind not in PARENTS or parent in PARENTS[kind], "7.2", f"{kind} inside {parent}")
    reading.expect(
        kind not in CHILDREN or set(below) <= CHILDREN[kind], "7.2", f"{kind} holds {sorted(set(below))}"
    )
    reading.expect("Caption" not in below[1:-1], "7.2", f"a caption in the middle of {kind}")
    check_kind(element, kind, reading)
    for kid in kids(element):
        if isinstance(kid, int):
            reading.expect(page is not None, "7.1", f"{kind} has content on no page")
            claim(reading, Place(page.objgen, int(kid)), element)
        elif kid.get("/Type") == Name.MCR:
            claim(reading, Place(kid.get("/Pg", page).objgen, int(kid.MCID)), element)
        elif "/S" in kid:
            check_element(kid, reading, kind, page)
        else:
            reading.faults.add(Fault("7.1", f"{kind} holds what is no content"))


def claim(reading: Reading, place: Place, element: Object) -> None:
    reading.expect(place not in reading.owners, "7.1", f"content {place.number} belongs to two elements")
    reading.owners[place] = element.objgen


def check_kind(element: Object, kind: str, reading: Reading) -> None:
    """Check what one kind of element asks for."""
    if re.fullmatch("H[1-6]", kind):
        reading.headings.append(int(kind[1]))
    if kind == "Figure":
        reading.expect(str(element.get("/Alt", "")).strip(), "7.3", "a figure without alternative text")
        reading.expect(len(attributes(element).get("/BBox", ())) == 4, "7.3", "a figure without bounds")
    if kind == "TH":
        reading.expect("/Scope" in attributes(element), "7.5", "a head cell without scope")
    if kind == "Table":
        check_table(element, reading)
    if kind in {"P", "H1", "H2", "H3", "Caption", "Lbl", "LBody"}:
        reading.expect(kids(element), "7.1", f"an empty {kind}")


def check_table(table: Object, reading: Reading) -> None:
    """Every row has as many cells as the first; THead comes with TBody, one of each at most."""
    groups = [tag(each) for each in elements(table)]
    for group in ("THead", "TBody", "Caption"):
        reading.expect(groups.count(group) <= 1, "7.2", f"a table with two {group}")
    rows = [
        row
        for group in elements(table)
        for row in (elements(group) if tag(group) in {"THead", "TBody"} else [group])
        if tag(row) == "TR"
    ]
    widths = {len(elements(row)) for row in rows}
    reading.expect(len(widths) == 1, "7.2", f"rows of {sorted(widths)} cells")
    heads = [cell for row in rows for cell in elements(row) if tag(cell) == "TH"]
    reading.expect(heads, "7.5", "a table without head cells")


def check_headings(reading: Reading) -> None:
    before = 0
    for level in reading.headings:
        reading.expect(level <= before + 1, "7.4", f"H{level} after H{before}")
        before = level


def check_page(page: Object, reading: Reading, tree: Object | None) -> None:
    """Check the content of a page against the tree, in both directions."""
    reading.expect("/Annots" not in page, "7.18", "an annotation")
    reading.expect(page.get("/Tabs") == Name.S, "7.18", "tab order does not follow the structure")
    found = {place.number for place in marked_content(page, reading)}
    named = {place.number for place in reading.owners if place.page == page.objgen}
    reading.expect(
        found == named, "7.1", f"content {sorted(found ^ named)} is only on one side of page and tree"
    )
    parents = parent_array(tree, page.get("/StructParents")) if tree is not None else None
    reading.expect(parents is not None, "7.1", "a page unknown to the parent tree")
    for number, element in enumerate(parents or []):
        owner = reading.owners.get(Place(page.objgen, number))
        reading.expect(owner == element.objgen, "7.1", f"content {number} has two owners")


def parent_array(tree: Object, key: Object | None) -> list[Object] | None:
    numbers = list(tree.ParentTree.Nums)
    pairs = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    return None if key is None or int(key) not in pairs else list(pairs[int(key)])


def marked_content(page: Object, reading: Reading) -> Iterator[Place]:
    """Walk a content stream: everything painted is either an artifact or content of the tree, never both."""
    open_marks: list[str] = []
    hidden = False
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word in {"BDC", "BMC"}:
            kind = "artifact" if operands[0] == Name.Artifact else "content"
            reading.expect(not open_marks, "7.1", f"{kind} inside {[*open_marks, ''][0]}")
            open_marks.append(kind)
            if kind == "content":
                yield Place(page.objgen, int(operands[1].MCID))
        elif word == "EMC":
            reading.expect(open_marks, "7.1", "a mark is closed that was not opened")
            open_marks = open_marks[:-1]
        elif word == "Tf":
            font = page.Resources.Font[str(operands[0])]
            reading.fonts[font.objgen] = font
        elif word == "Tr":
            hidden = int(operands[0]) == 3
        elif word in PAINTING:
            reading.expect(open_marks, "7.1", f"{word} outside marked content")
            reading.expect(not (hidden and word in SHOWING), "7.1", "invisible text")
    reading.expect(not open_marks, "7.1", "a mark is left open at the end of the page")


def check_font(font: Object, reading: Reading) -> None:
    name = str(font.get("/BaseFont"))
    descriptor = font.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    reading.expect(embedded, "7.21", f"{name} is not embedded")
    reading.expect("/ToUnicode" in font, "7.21", f"{name} has no characters behind its glyphs")
