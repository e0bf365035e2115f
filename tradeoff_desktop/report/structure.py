"""The structure tree of a tagged PDF: what each piece of marked content is, in reading order.

ISO 32000-1, 14.7 (logical structure) and 14.8 (tagged PDF). Elements are made in the order in which the story is
told; the canvas adds a mark for every stretch of content that it draws for an element, on whatever page it falls.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFPage, PDFString

from tradeoff_desktop.report.text import clean

_ALWAYS_KEPT = frozenset({"TD", "TH"})

Value: TypeAlias = str | int | float | PDFObject


class Mark(NamedTuple):
    """One stretch of marked content: the page (from 0) it is on and its number on that page."""

    page: int
    number: int


class Indirect(PDFDictionary):
    """A dictionary that is written as an object of its own, so that several places may point at it."""

    __RefOnly__ = 1


class Element:
    """One node of the structure tree."""

    def __init__(
        self,
        tag: str,
        parent: "Element | None" = None,
        *,
        alt: str = "",
        owner: str = "",
        **attributes: Value,
    ) -> None:
        """Make an element and hang it under ``parent``.

        Args:
            tag: a standard structure type of ISO 32000-1, such as ``P`` or ``TH``.
            parent: the element it belongs to; ``None`` for the root.
            alt: alternative text of a figure; it goes through the gate here.
            owner: owner of the attributes: ``Table``, ``List`` or ``Layout``.
            attributes: attributes of that owner.

        """
        self.tag = tag
        self.alt = clean(alt)
        self.spoken = ""  # the words as they were typed, where they are drawn in another order
        self.owner = owner
        self.attributes = attributes
        self.kids: list[Element | Mark] = []
        if parent is not None:
            parent.kids.append(self)

    def set_bounds(self, left: float, low: float, right: float, high: float) -> None:
        """Note where on its page an illustration stands (ISO 32000-1, 14.8.5.4.3), in points."""
        self.owner = "Layout"
        self.attributes = {"BBox": PDFArray([left, low, right, high]), "Placement": PDFName("Block")}

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn for the element; empty cells stay, for a table row is counted by its cells."""
        return self.tag not in _ALWAYS_KEPT and all(
            isinstance(kid, Element) and kid.empty for kid in self.kids
        )


def tree(root: Element, pages: Sequence[PDFPage], marks: Sequence[Sequence[Element]]) -> PDFDictionary:
    """Return the structure tree root.

    Args:
        root: the document element.
        pages: the page objects in order.
        marks: for each page the elements of its marks, by mark number.

    """
    written: dict[Element, Indirect] = {}
    top = Indirect({"Type": PDFName("StructTreeRoot")})
    top["K"] = PDFArray([_write(root, top, pages, written)])
    numbers: list[int | PDFArray] = []
    for page, elements in enumerate(marks):
        numbers += [page, PDFArray([written[element] for element in elements])]
    top["ParentTree"] = Indirect({"Nums": PDFArray(numbers)})
    top["ParentTreeNextKey"] = len(marks)
    return top


def _write(
    element: Element, parent: Indirect, pages: Sequence[PDFPage], written: dict[Element, Indirect]
) -> Indirect:
    """Return the dictionary of an element and, by recursion, of all below it."""
    made = written[element] = Indirect(
        {"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent}
    )
    home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
    if home is not None:
        made["Pg"] = pages[home]
    made["K"] = PDFArray(
        [
            _reference(kid, home, pages) if isinstance(kid, Mark) else _write(kid, made, pages, written)
            for kid in element.kids
            if isinstance(kid, Mark) or not kid.empty
        ]
    )
    if element.alt:
        made["Alt"] = PDFString(element.alt)
    if element.spoken:
        made["ActualText"] = PDFString(element.spoken)
    if element.attributes:
        made["A"] = PDFDictionary({"O": PDFName(element.owner), **element.attributes})
    return made


def _reference(mark: Mark, home: int | None, pages: Sequence[PDFPage]) -> int | PDFDictionary:
    """Return a mark as a number on the element's own page, or as a reference to another page."""
    if mark.page == home:
        return mark.number
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[mark.page], "MCID": mark.number})
