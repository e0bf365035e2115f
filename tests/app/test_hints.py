"""Hints at personal data: found where it is, and silent over what is said in workshops all day."""

import re
import typing
from pathlib import Path

import msgspec
import pytest

from tradeoff_desktop.app import hints, rehearsal_words
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import BODIES, CENTRE_ONLY

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


@pytest.mark.parametrize(("text", "name"), [
    # short ones
    ("Ann said no", "Ann"), ("ask tom", "tom"), ("raj thinks so", "raj"), ("so Li left early", "Li"), ("Jo lives here", "Jo"),
    ("with Kai and the host", "Kai"), ("Mo Salah was there", "Mo Salah"), ("bev's point", "bev's"),
    # names that are words too
    ("Will said yes", "Will"), ("then they asked Will", "Will"), ("so Grace left", "Grace"), ("May thinks it fair", "May"),
    ("my daughter May", "my daughter May"), ("we asked Rose", "Rose"), ("as Mark told them", "Mark"), ("ask Patel", "Patel"),
    # South Asian
    ("Harpreet was unsure", "Harpreet"), ("gurdeep kaur", "gurdeep"), ("Priya Sharma", "Priya Sharma"), ("fatema begum", "fatema"),
    # African
    ("Chidi said", "Chidi"), ("oluwaseun agreed", "oluwaseun"), ("Kwame Mensah", "Kwame Mensah"), ("J. Okafor", "J. Okafor"),
    ("Tendai Moyo", "Tendai Moyo"), ("Hodan asked", "Hodan"), ("Selamawit was upset", "Selamawit"),
    # East European
    ("Małgorzata Nowak", "Małgorzata Nowak"), ("wojciech", "wojciech"), ("Ionut from table 2", "Ionut"), ("Oleksandr", "Oleksandr"),
    ("Mindaugas", "Mindaugas"), ("with Zsuzsanna", "Zsuzsanna"),
    # Arabic and Persian
    ("Abdul-Rahman", "Abdul-Rahman"), ("ruqayya said", "ruqayya"), ("Hussein al Masri", "Hussein"), ("Youssef", "Youssef"),
    # Welsh, Irish and Scottish
    ("Siân was worried", "Siân"), ("Llinos", "Llinos"), ("dafydd", "dafydd"), ("Róisín O'Brien", "Róisín O'Brien"),
    ("ask O’Neill about it", "O’Neill"), ("caoimhe", "caoimhe"), ("tadhg said", "tadhg"), ("Eilidh", "Eilidh"),
    # Chinese and Vietnamese
    ("Xiaoming Wang", "Xiaoming Wang"), ("Wei Zhang", "Wei Zhang"), ("nguyen", "nguyen"),
    # whoever it is, by what stands before
    ("her neighbour Oluwadarasimi, said", "her neighbour Oluwadarasimi"), ("a man called Zdravko", "man called Zdravko"),
    ("Anne-Marie", "Anne-Marie"),
])
def test_names_of_many_origins_are_found(text, name):
    assert found(text) == [(name, "name")]


@pytest.mark.parametrize("text", [
    "Will they share it", "in May we meet", "since April or June", "the Will to share", "Hope it works", "a Bill on data",
    "the Bill", "Mark it as private", "Rose by a third", "Grace is needed", "the Green paper", "Young people", "et al",
    "rob Peter to pay Paul", "Big Ben", "the Francis report", "Alan Turing Institute", "Oliver McGowan training",
    "PIP and ESA", "so it may", "i will ask", "he will mark it", "they hope", "joy and grace", "I Brown the meat",
    "Universal Credit", "my doctor and my mum", "the person named on the form", "a system called Spine is not a person",
    "Islam, Christian and Sikh groups", "in Bradford, Kirklees and Leeds", "English and Polish speakers", "J. said",
    "their data", "a man and a woman", "St Mary's Church hall", "Queen Elizabeth Hospital", "DNA and RAM", "ram and ed",
])
def test_words_that_are_names_too_are_left_alone(text):
    assert found(text) == []


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


def test_everything_typed_is_listed_again_and_read_once(room, monkeypatch):
    seat = room.state.sitting()[0]
    question = room.pack.written[0].code
    write(room, "sarah said so", kind="question")
    room.do(capture.write_answer, role="lead", seat=seat, question=question, text="my neighbour Tom has it")
    room.do(capture.write_answer, role="lead", seat=room.state.sitting()[1], question=question, missing="declined")
    room.do(capture.draft_statement, role="lead", table=1, text="Ask Mrs Holroyd first")
    room.do(acts.report_incident, role="lead", code=room.pack.incidents[0].code, text="Dr Khan came late")
    room.do(capture.debrief, role="lead", prompt="distress", text="ring 07700 900123", incident=False)
    room.do(capture.rule, role="lead", choice="keep", reason="ann remembers")
    assert [(one.where, one.text) for one in hints.listed(room.state)] == [
        ("note", "sarah said so"), ("written answer", "my neighbour Tom has it"), ("statement", "Ask Mrs Holroyd first"),
        ("incident", "Dr Khan came late"), ("debrief", "ring 07700 900123"), ("ruling", "ann remembers"),
    ]
    monkeypatch.setattr(hints, "find", lambda text: pytest.fail(f"read again: {text}"))
    assert len(hints.listed(room.state)) == 6


def test_every_field_that_holds_typed_words_is_looked_at():
    typed = {
        kind: {field.name for field in msgspec.structs.fields(body) if holds_words(field.type)}
        for kind, body in BODIES.items() if kind not in CENTRE_ONLY
    }
    looked_at = {kind: set(fields) for kind, (_, fields) in hints._FIELDS.items()} | {"note": {"text"}, "clarification": {"text"}}
    plain = {"opened": {"key"}, "setup": {"venue"}, "table": {"host"}}  # a key, a place, and a field nothing writes
    assert {kind: fields for kind, fields in typed.items() if fields} == looked_at | plain


def holds_words(kind):
    """Whether a field is of the types Line or Text, or a list of them."""
    inner = typing.get_args(kind)[0] if typing.get_origin(kind) is list else kind
    return inner in {r.Line, r.Text}
