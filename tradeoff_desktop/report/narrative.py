"""What the centre writes into a report: foreword, text of chapters, recommendations, next steps, replies.

It is kept as ``annotation`` records, one slot each: ``foreword`` is the full report's, ``MAN:foreword`` the one of the
report on that area. A blank line ends a paragraph; lines that begin with "- " are a list.

Numbers and quotes are named, not typed, so that a report made again tells what is true then: ``{people}``, ``{areas}``,
``{workshops}``, ``{tables}``, ``{red lines}``, ``{agreed}``, ``{answer D}`` (a sentence), ``{condition log}`` (tables
that asked for it) and ``{quote DEVICE-SEQ}`` (a note that may be quoted). What a name does not find is printed as a
mark in square brackets, never left out in silence.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from tradeoff_desktop.findings import Results
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_across, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_acts import conditions, scenarios, statements
from tradeoff_desktop.report.parts_officer import red_lines
from tradeoff_desktop.report.parts_people import present
from tradeoff_desktop.report.parts_words import Said, said

_NAMED = re.compile(r"\{([a-z]+(?: lines)?)(?: ([A-Za-z0-9_.:-]+))?\}")


class Narrative:
    """The centre's words for one report; ``area`` is its code, "" for the full report."""

    def __init__(self, states: Sequence[Workshop], results: Results, *, area: str = "") -> None:
        self._states, self._results = states, results
        self._prefix = f"{area}:" if area else ""
        self._texts = {body.slot: body.text for state in states for _, body in state.bodies(r.Annotation) if body.text}
        self._values: dict[str, Callable[[str], str]] = {
            "people": lambda _: str(sum(present(state) for state in states)),
            "areas": lambda _: str(len({state.area for state in states})),
            "workshops": lambda _: str(len(states)),
            "tables": lambda _: str(sum(len(state.open_tables()) for state in states)),
            "agreed": lambda _: str(sum(body.state == "ratified" for state in states for body in statements(state))),
            "red lines": lambda _: str(len(red_lines(states))),
            "answer": self._answer,
            "condition": self._condition,
            "quote": self._quote,
        }

    def add(self, doc: Document, slot: str, *, heading: str = "", level: int = 1, numbered: bool = True) -> bool:
        """Write what stands in a slot, under a heading of its own where one is given; False where nothing does."""
        text = self._texts.get(f"{self._prefix}{slot}", "")
        if not text:
            return False
        if heading:
            doc.heading(level, heading, numbered=numbered)
        self.write(doc, text, numbered=numbered)
        return True

    def add_annex(self, doc: Document, slot: str, *, title: str) -> None:
        """Write what stands in a slot as an annex."""
        if text := self._texts.get(f"{self._prefix}{slot}", ""):
            doc.annex(title)
            self.write(doc, text)

    def write(self, doc: Document, text: str, *, numbered: bool = True) -> None:
        """Write a text: paragraphs, lists, and quotes that stand alone."""
        for paragraph in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
            alone = _NAMED.fullmatch(paragraph)
            words = self._note(alone[2]) if alone and alone[1] == "quote" and alone[2] else None
            if words is not None:
                doc.quote(words.text, source=phrases.upper(words.where or "the whole room"))
                continue
            for listed, lines in groupby(paragraph.splitlines(), key=lambda line: line.startswith("- ")):
                told = [self._filled(line.removeprefix("- ").strip()) for line in lines]
                if listed:
                    doc.bullets(told)
                else:
                    doc.paragraph(" ".join(told), numbered=numbered)

    def _filled(self, text: str) -> str:
        return _NAMED.sub(lambda named: self._value(named[1], named[2] or "") or f"[not found: {named[0][1:-1]}]", text)

    def _value(self, name: str, of: str) -> str:
        return self._values[name](of) if name in self._values else ""

    def _answer(self, axis: str) -> str:
        pack = self._states[0].pack
        found = next((each for each in pack.axes if each.code == axis), None)
        return parts_across.answer(self._results, pack, found) if found else ""

    def _condition(self, code: str) -> str:
        raised = [one for case in scenarios(self._states) for one in conditions(self._states, case) if one.code == code]
        return str(len({table for one in raised for table in one.tables})) if raised else ""

    def _quote(self, note: str) -> str:
        words = self._note(note)
        return f"“{words.text}” ({words.where or 'the whole room'})" if words else ""

    def _note(self, note: str) -> Said | None:
        """The note of that name, if it was taken down as it was said and may be quoted."""
        known = (words for words in said(self._states) if f"{words.key[0]}-{words.key[1]}" == note)
        return next((words for words in known if words.verbatim and words.quotable), None)
