"""The centre's acts on small workshops of a lead and a table laptop."""

import itertools
import json
import sqlite3
from datetime import UTC, datetime

import pytest
from desk_world import SESSION, opened, surroundings

from tradeoff_desktop.app import centre, content, day, exporting, judging, laptop, merging, reporting
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.trust import Signer, TrustStore, write, write_revoked
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

NOW = datetime(2027, 3, 2, 20, tzinfo=UTC)
LEAD, TABLE = (laptop.make("ESS", seed=bytes([n]) * 64, id_=f"laptop000{n}") for n in (1, 2))
TRUST = TrustStore(signers=tuple(Signer(principal=one.principal, key=one.key.public) for one in (LEAD, TABLE)))
ACCESS = judging.Access(TRUST, (), NOW)


def desk_of(own, role, device, pack, *, name, path=None):
    begun = codec.amended(opened(pack, role), laptop=own.principal, key=own.public_line)
    return Desk.begin(Store.create(path), pack, surroundings(name=name), device=device, opened=begun)


class Files:
    """Bundles on a stick."""

    def __init__(self, folder):
        self.folder, self.numbers = folder, itertools.count()

    def data(self, desk, own):
        return bundle.pack(list(desk.store.records(desk.device)), stage="checkpoint", key=own.key, recipients=[])

    def write(self, desk, own):
        file = self.folder / f"{next(self.numbers)}.tradeoff"
        file.write_bytes(self.data(desk, own))
        return file


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


@pytest.fixture
def lead(pack):
    desk = desk_of(LEAD, "lead", "leadlead11", pack, name="a")
    day.prepare(desk, SESSION)
    yield desk
    desk.store.close()


def table_of(lead, pack, *texts, name="b"):
    desk = desk_of(TABLE, "table", "tabletab11", pack, name=name)
    desk.join([one for one in lead.store.records(lead.device) if one.kind in {"opened", "setup", "table", "seat"}])
    for text in texts:
        desk.do(capture.note, r.Note(role="table", text=text, step="anchor_talk"))
    return desk


def sealed_with(lead, table, files):
    """The lead takes the table in, closes and seals; the sealed bundle's file."""
    lead.take_in([bundle.read(
        files.data(table, TABLE), trust=TRUST, identities=[], received_at="2027-03-02T20:00:00.000Z",
    )])
    day.close(lead)
    day.seal(lead, accepted=["x"])
    return files.write(lead, LEAD)


def merged(store, *found, **more):
    return merging.merge(list(found), store=store, access=ACCESS, **more)


def test_what_came_after_the_seal_waits_for_a_ruling(files, lead, pack, tmp_path):
    table = table_of(lead, pack, "honest words")
    seal = sealed_with(lead, table, files)
    early = files.write(table, TABLE)
    table.do(capture.note, r.Note(role="table", text="late words", step="anchor_talk"))
    late = files.write(table, TABLE)
    for dry_run in (True, False):
        said = merged(tmp_path / "c.db", seal, early, late, dry_run=dry_run)
        assert [one.seal for one in said] == ["", "as_sealed", "after_seal"]
        assert [one.waiting for one in said] == [0, 0, 1]
        assert "after seal: 1 record waits for a ruling" in said[2].text
        assert "after seal" not in said[0].text + said[1].text
    assert json.loads(json.dumps(said[2].facts()))["waiting"] == 1


def test_a_rewritten_chain_is_told_from_the_sealed_one(files, lead, pack, tmp_path):
    seal = sealed_with(lead, table_of(lead, pack, "honest words"), files)
    other = files.write(table_of(lead, pack, "rewritten", name="c"), TABLE)
    said = merged(tmp_path / "c.db", other, seal)
    assert said[0].seal == "differs"
    assert "not the one that the lead laptop sealed" in said[0].text


def test_what_the_lead_names_and_nobody_brought_is_missing(files, lead, pack, tmp_path):
    table = table_of(lead, pack, "honest words")
    seal = sealed_with(lead, table, files)
    said = merged(tmp_path / "c.db", seal)
    assert said[0].missing == (f"{TABLE.principal} up to record {table.store.own().seq}",)
    assert TABLE.principal in said[0].text
    assert merged(tmp_path / "c.db", seal, files.write(table, TABLE))[0].missing == ()


def test_a_shorter_copy_than_the_sealed_one_is_told(files, lead, pack, tmp_path):
    table = table_of(lead, pack)
    short = files.write(table, TABLE)
    table.do(capture.note, r.Note(role="table", text="one more", step="anchor_talk"))
    said = merged(tmp_path / "c.db", sealed_with(lead, table, files), short)
    assert said[1].seal == "before_seal"
    assert "longer copy" in said[1].text


def test_a_workshop_without_its_leads_bundle_says_so(files, lead, pack, tmp_path):
    alone = merged(tmp_path / "c.db", files.write(table_of(lead, pack, "words"), TABLE))
    assert not alone[0].lead
    assert "lead laptop" in alone[0].text
    assert merged(tmp_path / "c.db", files.write(lead, LEAD))[0].lead


def test_the_same_file_twice_is_new_once(files, lead, tmp_path):
    file = files.write(lead, LEAD)
    assert [one.outcome for one in merged(tmp_path / "c.db", file, file)] == ["fresh", "already_held"]


def test_where_every_bundle_is_refused_no_store_is_made(tmp_path):
    bad = tmp_path / "bad.tradeoff"
    bad.write_bytes(b"nothing of ours")
    assert [one.outcome for one in merged(tmp_path / "c.db", bad)] == ["refused"]
    assert list(tmp_path.iterdir()) == [bad]


def test_a_laptops_own_workshop_is_no_centre_store(files, lead, pack, tmp_path):
    path = tmp_path / "workshop.db"
    desk_of(TABLE, "table", "tabletab11", pack, name="b", path=path).store.close()
    before = path.read_bytes()
    with pytest.raises(RuleError, match="not_a_centre_store"):
        merged(path, files.write(lead, LEAD))
    assert path.read_bytes() == before


def test_a_centre_store_says_what_it_is(files, lead, tmp_path):
    merged(tmp_path / "c.db", files.write(lead, LEAD))
    with Store.look(tmp_path / "c.db") as store:
        assert store.about() == {"role": "centre", "practice": "no"}
        assert [one.device for one in store.receipts()] == ["leadlead11"]


@pytest.mark.parametrize("act", ["dump", "report", "merge"])
def test_a_row_edited_in_the_file_stops_every_act(files, lead, tmp_path, act):
    path, file = tmp_path / "c.db", files.write(lead, LEAD)
    merged(path, file)
    edited = sqlite3.connect(path)
    edited.execute("DROP TRIGGER records_are_only_erased")
    edited.execute("UPDATE records SET body = CAST(replace(body, 'civil', 'other') AS BLOB) WHERE seq = 2")
    edited.commit()
    edited.close()
    acts = {
        "dump": lambda: list(centre.dump(path)),
        "report": lambda: reporting.report(path, reporting.Asked("summary", SESSION.id), file=tmp_path / "x.pdf", now=NOW),
        "merge": lambda: merged(path, file),
    }
    with pytest.raises(MachineError) as caught:
        acts[act]()
    assert (caught.value.code, caught.value.facts["seq"]) == ("store_altered", 2)
    assert not (tmp_path / "x.pdf").exists()


def test_a_revoked_key_is_refused(files, lead, tmp_path):
    signers = tmp_path / "allowed_signers"
    signers.write_text(write(TRUST))
    file = files.write(lead, LEAD)

    def judged():
        return judging.verify([file], judging.access(trust=signers, identity=None, now=NOW))[0]

    assert judged().accepted
    (tmp_path / "revoked_keys").write_text(write_revoked([LEAD.key.public]))
    assert judged().code == "revoked_signer"


@pytest.mark.parametrize(("day_of_month", "code"), [(1, "signer_not_yet_valid"), (2, ""), (3, "signer_expired")])
def test_a_key_is_judged_when_its_bundle_comes_in(files, lead, day_of_month, code):
    signer = Signer(
        principal=LEAD.principal, key=LEAD.key.public, valid_after="20270302000000Z", valid_before="20270302235959Z",
    )
    by = judging.Access(TrustStore(signers=(signer,)), (), datetime(2027, 3, day_of_month, 12, tzinfo=UTC))
    assert judging.verify([files.write(lead, LEAD)], by)[0].code == code


def test_an_unknown_signer_is_named_in_the_sentence(files, lead):
    judged = judging.verify([files.write(lead, LEAD)], judging.Access(TrustStore(), (), NOW))[0]
    assert f"the first two are {' '.join(LEAD.words[:2])}." in judged.text
    assert " ".join(LEAD.words[:3]) not in f"{judged.text} {judged.todo}"  # what is typed must be heard, not copied
    assert "SHA256:" in judged.text


def test_other_cards_are_read_from_beside_the_store_or_refused(files, tmp_path):
    pack = packs.read(packs.canonical(content.shipped()))
    other = codec.amended(pack, version=f"{pack.version}.other")
    desk = desk_of(LEAD, "lead", "leadlead11", other, name="a")
    path = tmp_path / "c.db"
    merged(path, files.write(desk, LEAD))
    with Store.look(path) as store:
        with pytest.raises(TrustError, match="other_pack"):
            centre.pack_of(store)
        (tmp_path / "packs").mkdir()
        (tmp_path / "packs" / f"{packs.digest(other)}.json").write_bytes(packs.canonical(other))
        assert packs.digest(centre.pack_of(store)) == packs.digest(other)


def test_a_stick_that_gives_back_something_else_is_told(lead, tmp_path):
    data = exporting.make(lead, LEAD, [LEAD.identity.recipient], checkpoint=True)

    def failing_stick(what, _done, _of):
        if what == "reading back":
            file = next(tmp_path.glob("*.tradeoff"))
            file.write_bytes(file.read_bytes() + b"?")

    with pytest.raises(MachineError, match="copy_differs"):
        exporting.export(lead, LEAD, data, folder=tmp_path, progress=failing_stick)


def test_a_failing_stick_is_told_of_what_it_carries_too(files, lead, tmp_path):
    data = exporting.make(lead, LEAD, [LEAD.identity.recipient], checkpoint=True)
    carried = files.write(lead, LEAD)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert exporting.export(lead, LEAD, data, folder=stick, carry=(carried,)).carried == 1
    (stick / carried.name).write_bytes(b"another")
    with pytest.raises(MachineError, match="file_differs"):
        exporting.export(lead, LEAD, data, folder=stick, carry=(carried,))


def test_the_order_of_taking_in_does_not_show_in_the_provenance(lead, files, pack, tmp_path):
    bundles = [files.write(lead, LEAD), files.write(table_of(lead, pack, "a note"), TABLE)]
    told = []
    for name, order in (("a", bundles), ("b", bundles[::-1])):
        store = tmp_path / f"{name}.db"
        for file in order:
            merged(store, file)
        with Store.look(store) as held:
            told.append(centre.provenance(held))
    assert len(told[0]) == 2
    assert told[0] == told[1]
