"""The checking copy: a letter to those who took part, and a form on which they say what is not right."""

from collections.abc import Sequence

from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_people import place
from tradeoff_desktop.report.text import Text

_LINES = 5  # rows of the form; a second sheet may be added
_BLANK = "\n\n\n"  # room to write by hand


def add_letter(doc: Document, states: Sequence[Workshop]) -> None:
    """Write what is asked of those who took part."""
    doc.callout("Please check this", [
        ("You took part in this workshop. Before the report is final we ask you: is what you and your table said and decided "
        "told rightly? Is something missing, or does something give away more than it should?"),
        ("Paragraphs and tables are numbered. The form at the end has room for the number and your words. You need not give your "
        "name. What was asked for, what was changed and what was not, and why, will stand in the annex of the report."),
        "Please do not pass this copy on: it is not final.",
    ])
    doc.paragraph(states[0].pack.wording.withdrawal)
    doc.page_break()


def add_reply_form(doc: Document, states: Sequence[Workshop]) -> None:
    """Write the form on a page of its own."""
    doc.page_break()
    doc.heading(1, "Reply form", numbered=False)
    doc.paragraph(
        f"Checking copy, {' and '.join(dict.fromkeys(place(state) for state in states))}. Give this page back to the person who gave "
        "it to you, or send it to the address in the letter that came with it. Leave out names, also of other people.",
    )
    for question in ("Is what your table decided told rightly?", "Is what you marked and said told fairly?", "May it be published as it stands?"):
        doc.facts([(question, "☐ yes      ☐ no      ☐ I cannot say")])
    doc.paragraph("Your table’s number, if you wish: ________     Date: ________________")
    rows: list[Sequence[Text]] = [(_BLANK, "", "") for _ in range(_LINES)]
    doc.table(
        head=["Paragraph or table", "What is not right, missing, or should not be printed", "What it should say"], rows=rows,
        caption="What should be changed", widths=(3, 7, 6), row_heads=False,
    )
