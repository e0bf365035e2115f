"""Hints at personal data: found where it is, and silent over what is said in workshops all day."""

import re
from pathlib import Path

import pytest

from tradeoff_desktop.app import hints, rehearsal_words
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r

ROOT = Path(__file__).resolve().parents[2]


def found(text):
    return [(text[one.start : one.end], one.kind) for one in hints.find(text)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Mrs Brown of table 2", ("Mrs Brown", "name")), ("mr brown said", ("mr brown", "name")),
        ("that is Dr. Patel's view", ("Dr. Patel's", "name")), ("sarah said no", ("sarah", "name")),
        ("so Asha Patel left", ("Asha Patel", "name")), ("they asked Will Carter", ("Will Carter", "name")),
        ("my name is Zed", ("my name is Zed", "name")), ("Mohammed Khan agrees", ("Mohammed Khan", "name")),
        ("ring 07700 900123 now", ("07700 900123", "phone")), ("(0113) 496 0000", ("(0113) 496 0000", "phone")),
        ("+44 (0)7700 900123", ("+44 (0)7700 900123", "phone")), ("to a.b@c.example, he said", ("a.b@c.example", "email")),
        ("lives in LS1 4DY", ("LS1 4DY", "postcode")), ("at sw1a 1aa", ("sw1a 1aa", "postcode")),
        ("number 943 476 5919", ("943 476 5919", "nhs")), ("9434765919", ("9434765919", "nhs")),
    ],
)
def test_what_looks_like_personal_data_is_found(text, what):
    assert found(text) == [what]


@pytest.mark.parametrize("text", [
    "Will Universal Credit data be shared?", "May the council do that", "Grace periods. Mark Every sheet.", "Hope so",
    "St Thomas' Hospital and King George ward", "under Sarah's Law", "Marie Curie nurses", "a Mr and Mrs", "ms word",
    "their name is on the list", "seats 045 084 125 163", "B1 2nd round", "t3 4th talk", "10:41:12 on 2027-03-04",
    "943 476 5918", "1234567890", "about 10,000 of 1,000,000", "call 111 or 0800 1111", "R0 and R1, HOU-1 and A0f",
    "Citizens Advice, Greater Manchester, Job Centre", "James Street", "from 2017 to 2027", "",
])
def test_ordinary_words_of_a_workshop_are_left_alone(text):
    assert found(text) == []


def texts_of_the_pack():
    for path in sorted((ROOT / "resources" / "packs").rglob("*.toml")):
        yield from re.findall(r'"([^"\n]{3,})"', path.read_text(encoding="utf-8"))


def texts_of_the_rehearsal():
    for area in range(3):
        yield from (said.text for said in rehearsal_words.anchor(area))
        for theme in ("HSC", "WEL", "CJ", "HOU"):
            yield from (said.text for said in rehearsal_words.theme(theme, area))
            yield rehearsal_words.statement(theme, area)
    yield from (reason for reasons in rehearsal_words.REASONS_FOR.values() for reason in reasons)


@pytest.mark.parametrize("texts", [texts_of_the_pack, texts_of_the_rehearsal])
def test_nothing_in_the_pack_or_the_rehearsal_raises_a_hint(texts):
    held = list(texts())
    assert len(held) > 60
    assert {text: found(text) for text in held if found(text)} == {}


@pytest.mark.parametrize(
    ("digits", "good"), [("9434765919", True), ("9434765918", False), ("4505577104", True), ("943476591", False), ("1000000010", False)],
)
def test_the_check_digit_of_an_nhs_number(digits, good):
    assert hints.is_nhs_number(digits) is good


def write(desk, text, **more):
    desk.do(capture.note, r.Note(**{"role": "lead", "text": text, "step": "break", **more}))
    return desk.state.bodies(r.Note)[-1][0]


def test_notes_are_listed_again_with_what_was_added_mended_or_taken_back(room):
    plain = write(room, "the list")
    room.do(capture.clarify, role="lead", of=plain.ref, text="it was Mrs Holroyd")
    named = write(room, "sarah said so")
    write(room, "somebody said so", replaces=named.seq)
    write(room, "ring 07700 900123")
    room.undo()
    assert [(one.text, one.looks_like, one.taken_back) for one in hints.listed(room.state)] == [
        ("the list [it was Mrs Holroyd]", ("a name",), False), ("sarah said so", ("a name",), True),
        ("ring 07700 900123", ("a phone number",), True),
    ]
    for one in hints.listed(room.state):
        if one.of in {found.of for found in hints.listed(room.state)}:
            room.redact(one.of, "said in other words")
    assert hints.listed(room.state) == []


def test_a_moved_note_is_listed_once(room):
    write(room, "sarah said so")
    room.do(capture.move_notes, role="lead", last=1, step="theme_talk")
    assert [(one.text, one.taken_back) for one in hints.listed(room.state)] == [("sarah said so", False)]
