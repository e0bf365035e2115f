"""The centre's own chain, and its codes and codings in the exchange format of qualitative programs."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from desk_world import surroundings

from tradeoff_desktop.app import refi
from tradeoff_desktop.app.centre_desk import Agreement, CentreDesk, opening
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture, coding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Change, Store

# The schema as REFI published it (MIT licence, in the file).
SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "refi" / "Project.xsd")
Q = {"q": refi.PROJECT}


@pytest.fixture
def centre(room, pack):
    """A centre that holds the lead's day with five notes, and has a codebook of two."""
    for number in range(1, 6):
        room.do(capture.note, r.Note(role="lead", text=f"Note {number}: they would <sell> it & 'more'\nline two", step="anchor_talk"))
    with Store.create() as store:
        store.take_in([Change(room.device, room.opened.workshop, insert=tuple(room.store.records(room.device)))])
        begun = opening(pack, laptop="CTR.k3v9x2q7aa@tradeoff", key="ssh-ed25519 x", programme="test", practice=False)
        desk = CentreDesk.begin(store, pack, surroundings(name="c"), opened=begun)
        for code in ("trust", "harm"):
            desk.code(coding.define, code=code, text=code.title(), definition=f"Words about {code}.")
        yield desk


def refs(centre):
    return [record.ref for _, record, _ in centre.notes(centre.workshops())]


def texts(centre):
    return [refi.Text(w, "Essex", [(rec.ref, body.text) for _, rec, body in centre.notes([w])]) for w in centre.workshops()]


def tree(data):
    return ET.fromstring(data)  # noqa: S314 - it is what this very test has just written


def project(centre):
    packed = zipfile.ZipFile(io.BytesIO(refi.project(texts(centre), centre.book, title="Data sharing")))
    return packed, packed.read("project.qde")


def test_codes_are_records_of_the_centre_and_stand_after_a_restart(centre, pack):
    note = refs(centre)[0]
    centre.give(note, "trust")
    again = CentreDesk.resume(centre.store, pack, surroundings(name="d"))
    assert again.book.codes_of((note.device, note.seq)) == ("trust",)
    assert again.workshops() == ["ESS-2027-A"]


def test_the_other_chains_are_not_written_in(centre, room):
    centre.give(refs(centre)[0], "trust")
    held = [record.key for record in centre.store.records(room.device)]
    assert held == [record.key for record in room.store.records(room.device)]


def test_undo_takes_back_act_by_act(centre):
    first, second = refs(centre)[:2]
    centre.give(first, "trust")
    centre.give(second, "harm")
    centre.undo()
    assert not centre.book.is_read((second.device, second.seq))
    assert centre.book.is_read((first.device, first.seq))
    centre.undo()
    assert not centre.book.is_read((first.device, first.seq))
    centre.undo()
    assert [body.code for body in centre.book.active()] == ["trust"]
    centre.undo()
    with pytest.raises(RuleError, match="nothing_to_undo"):
        centre.undo()


def test_narrative_is_replaced_slot_by_slot(centre):
    def told():
        return {body.slot: body.text for _, body in centre.state("ESS-2027-A").bodies(r.Annotation)}

    assert told() == {}
    centre.annotate("foreword", "First words")
    centre.annotate("limits", "Other words")
    centre.annotate("foreword", "Better words")
    assert told() == {"foreword": "Better words", "limits": "Other words"}


def test_a_verdict_but_accepting_needs_a_reason(centre):
    head = centre.store.heads()[-1]
    with pytest.raises(RuleError, match="reason_needed"):
        centre.judge(head, "query")
    centre.judge(head, "query", reason="Table 2 is missing.")


def test_both_coders_are_compared_note_by_note(centre):
    for place, ref in enumerate(refs(centre)):
        centre.give(ref, "trust" if place < 3 else "none")
        centre.give(ref, "trust" if place < 2 else "none", coder=coding.SECOND)
    assert len(centre.sample()) == 1
    found, = centre.agreement()
    assert (found.code, found.notes) == ("trust", 5)
    assert found.alpha == pytest.approx(0.64)  # coincidences by hand: 1 - (9 * 2) / (2 * 5 * 5)


def test_agreement_that_cannot_be_told_is_not_made_up(centre):
    for ref in refs(centre)[:2]:
        for coder in (coding.FIRST, coding.SECOND):
            centre.give(ref, "trust", coder=coder)
    assert centre.agreement() == [Agreement("trust", 2, None)]


def test_the_project_is_valid_by_the_published_schema(centre):
    one, two, *_ = refs(centre)
    centre.give(one, "trust")
    centre.give(one, "harm", coder=coding.SECOND)
    centre.give(two, "none")
    packed, data = project(centre)
    SCHEMA.validate(io.BytesIO(data))
    root = tree(data)
    assert [code.get("name") for code in root.findall(".//q:Codes/q:Code", Q)] == ["Harm", "Trust"]
    chosen, = root.findall(".//q:PlainTextSelection", Q)
    assert len(chosen.findall("q:Coding", Q)) == 2
    name = root.find(".//q:TextSource", Q).get("plainTextPath").removeprefix("internal://")
    plain = packed.read(f"sources/{name}").decode()
    words = plain[int(chosen.get("startPosition")) : int(chosen.get("endPosition"))]
    assert words == "Note 1: they would <sell> it & 'more' line two"
    assert len(plain.splitlines()) == 5


def test_an_empty_project_is_valid_too(centre):
    SCHEMA.validate(io.BytesIO(project(centre)[1]))


def test_a_merged_code_is_exported_as_its_heir(centre):
    centre.give(refs(centre)[0], "trust")
    centre.code(coding.retire, code="trust", into="harm")
    root = tree(project(centre)[1])
    code, = root.findall(".//q:Codes/q:Code", Q)
    assert root.find(".//q:CodeRef", Q).get("targetGUID") == code.get("guid")
    SCHEMA.validate(io.BytesIO(project(centre)[1]))


def test_every_character_a_note_may_hold_can_be_exported(centre):
    odd = "".join(map(chr, [*range(1, 32), 0x7F, 0x202E, 0xFFFE, 0x1F600]))
    text = refi.Text("w", odd, [(r.Ref(device="k3v9x2q7aa", seq=1, leaf="a" * 64), f"a{odd}b"), (r.Ref(device="k3v9x2q7aa", seq=2, leaf="b" * 64), "c")])
    centre.give(text.notes[1][0], "trust")
    packed = zipfile.ZipFile(io.BytesIO(refi.project([text], centre.book, title=odd)))
    data = packed.read("project.qde")
    SCHEMA.validate(io.BytesIO(data))
    chosen, = tree(data).findall(".//q:PlainTextSelection", Q)
    plain = packed.read(next(n for n in packed.namelist() if n.startswith("sources/"))).decode()
    assert plain[int(chosen.get("startPosition")) : int(chosen.get("endPosition"))] == "c"


def test_the_same_codings_are_the_same_bytes(centre):
    centre.give(refs(centre)[0], "trust")
    assert refi.project(texts(centre), centre.book, title="t") == refi.project(texts(centre), centre.book, title="t")


def test_the_codebook_alone_holds_no_words_of_the_room(centre):
    data = refi.codebook(centre.book).decode()
    assert "Words about trust." in data
    assert "sell" not in data
    assert 'xmlns="urn:QDA-XML:codebook:1.0"' in data
