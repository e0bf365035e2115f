"""The audit: for a data protection officer, what is held, where it is, what went in and out, and what was deleted.

It holds no answer, no note and no seat code; why something was ruled stands in it, for the team wrote that to be read.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tradeoff_desktop.report import phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_method import grouped

Row = tuple[str, ...]


class Audit(NamedTuple):
    """What the audit says; days as ISO text, rows as the tables print them."""

    programme: str
    title: str
    made: date
    practice: bool
    summary: Sequence[tuple[str, str]]
    categories: Sequence[Row]  # category, what stands in it, records, erased
    places: Sequence[tuple[str, str]]
    readers: Sequence[str]
    taken_in: Sequence[Row]  # day, workshop, laptop, up to record, SHA-256
    released: Sequence[Row]  # day, what, file, SHA-256
    erasures: Sequence[Row]  # day, workshop, what, by whom
    deletions: Sequence[Row]  # what, due, how it stands
    rulings: Sequence[Row]  # day, workshop, what was decided, why
    hidden: str


MADE = (
    "Made from the central team’s store for a data protection officer. Before it was written the chain of every laptop, and "
    "the register of what was taken in, were checked from the first entry to the last: nothing in them was changed."
)
NOT_HERE = (
    "What a laptop or a stick in an area still holds cannot be seen from here. A laptop lets its workshop be deleted once "
    "the central team has confirmed that it holds everything, and insists on it after the delete-by date."
)
NO_NAMES = (
    "No names are recorded. People carry the code of a seat; no list leads from the code to a person, and lists of those "
    "invited stay outside the program."
)


def audit(told: Audit) -> Document:
    """The audit of what one central team holds."""
    doc = Document(
        title="Data protection audit", subtitle=told.title,
        details=[("Programme", told.programme), ("As of", phrases.day(told.made.isoformat()))],
        footer=f"{told.programme} · audit", notice="Practice: not real answers" if told.practice else "", made=told.made,
    )
    doc.callout("What this is", [MADE, NO_NAMES])
    doc.facts(told.summary)
    doc.heading(1, "Which data are held")
    doc.table(
        ["Category", "What it is", "Records", "Erased"], told.categories, caption="Categories of data", widths=(4, 8, 2, 2), align="llrr",
    )
    doc.heading(1, "Where they are")
    doc.facts(told.places)
    doc.paragraph(NOT_HERE)
    doc.heading(2, "Who can open them")
    doc.bullets(told.readers)
    doc.heading(1, "Deletions due and done")
    doc.table(["What", "Due", "How it stands"], told.deletions, caption="Deletions", widths=(5, 4, 7))
    doc.heading(1, "Withdrawals and erasures")
    doc.paragraph(
        "Who leaves the study is erased in the store and in the kept bundles at once; of each record only its place in the chain "
        "stays. A redaction erases the words of one note."
    )
    _table(doc, ["Day", "Workshop", "What", "Written by"], told.erasures, "Withdrawals and redactions", (3.4, 5, 4.4, 4))
    doc.heading(1, "What went out")
    _table(doc, ["Day", "What", "File", "SHA-256"], told.released, "Reports and data written", (3.2, 3.6, 5, 6.4))
    doc.heading(1, "What came in")
    _table(doc, ["Day", "Workshop", "Laptop", "Records", "SHA-256"], told.taken_in, "Bundles taken in", (2.4, 3.4, 4.8, 2.4, 6.4))
    doc.heading(1, "Rulings and verdicts")
    _table(doc, ["Day", "On", "Decision", "Why"], told.rulings, "What the central team decided", (2.8, 5, 3, 6))
    doc.heading(1, "What reports do not show")
    doc.paragraph(told.hidden)
    return doc


def _table(doc: Document, head: Sequence[str], rows: Sequence[Row], caption: str, widths: Sequence[float]) -> None:
    if rows:
        doc.table(head, [(phrases.day(day), *map(grouped, rest)) for day, *rest in rows], caption=caption, widths=widths, row_heads=False)
    else:
        doc.paragraph("None so far.")
