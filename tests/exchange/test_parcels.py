"""The programme file, the enrolment and the table file: signed parcels of the same make."""

import hashlib

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import (
    comparison,
    container,
    keys,
    manifest,
    parcel,
    programme,
    signature,
    tablefile,
)
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import programme as plans
from tradeoff_desktop.model import records as r

CENTRE = keys.from_seed(b"c" * 32)
NEXT = keys.from_seed(b"n" * 32)
LISTS = (
    "themes", "areas", "groups", "axes", "items", "missing", "note_kinds", "necessity", "decisions", "incidents", "written",
    "tags", "conditions", "scenarios", "tests", "features", "questions", "orders", "parts", "agenda", "glossary",
)


def refused(code, at_fault):
    return pytest.raises(TrustError, check=lambda error: (error.code, error.facts["at_fault"]) == (code, at_fault))


def small_pack(title="A pack"):
    words = dict.fromkeys(packs.Wording.__struct_fields__, "words")
    return packs.Pack(
        id="small", version="1", title=title, language="en", design="ofat", points=5, primary_item="BAL",
        wording=packs.Wording(**words), **{name: [] for name in LISTS},
    )


def plan_of(pack, **changes):
    facts = {
        "id": "prog-1", "title": "Six areas", "pack": packs.digest(pack), "areas": ["MAN"], "sessions": [],
        "signing_key": keys.public_line(CENTRE.public), "withdrawal_cut_off": "2026-12-01", "delete_by": "2027-12-01",
    }
    return plans.Programme(**facts | changes)


PACK = small_pack()
FILE = programme.write_programme(plan_of(PACK), PACK, key=CENTRE)


# -- the programme file


def test_a_programme_comes_with_its_pack_and_the_words_of_its_key():
    found = programme.read_programme(FILE, pinned=None)
    assert (found.programme, found.pack, found.key, found.previous) == (plan_of(PACK), PACK, CENTRE.public, None)
    assert found.words == comparison.key_words(CENTRE.public)
    assert programme.read_programme(FILE, pinned=CENTRE.public) == found


def test_once_pinned_no_other_key_will_do():
    with refused("other_programme_key", "signer") as caught:
        programme.read_programme(FILE, pinned=NEXT.public)
    assert caught.value.facts["words"] == " ".join(comparison.key_words(CENTRE.public))


def test_a_new_key_is_signed_by_old_and_new():
    plan = plan_of(PACK, signing_key=keys.public_line(NEXT.public))
    data = programme.write_programme(plan, PACK, key=NEXT, previous=CENTRE)
    found = programme.read_programme(data, pinned=CENTRE.public)
    assert (found.key, found.previous) == (NEXT.public, CENTRE.public)
    alone = programme.write_programme(plan, PACK, key=NEXT)
    with refused("other_programme_key", "signer"):
        programme.read_programme(alone, pinned=CENTRE.public)


def test_a_programme_names_the_key_that_signed_it():
    data = programme.write_programme(plan_of(PACK), PACK, key=NEXT)
    with refused("wrong_programme_key", "signer"):
        programme.read_programme(data, pinned=None)


def test_another_pack_than_the_programmes_is_refused():
    data = programme.write_programme(plan_of(PACK), small_pack("Another"), key=CENTRE)
    with refused("other_pack", "content"):
        programme.read_programme(data, pinned=CENTRE.public)


@pytest.mark.parametrize("name", ["programme.json", "pack.json"])
def test_a_signed_file_that_is_not_canonical_is_refused(name):
    files = {"programme.json": codec.encode(plan_of(PACK)), "pack.json": packs.canonical(PACK)}
    data = parcel.write(files | {name: files[name].replace(b",", b", ", 1)}, key=CENTRE, namespace=signature.PROGRAMME)
    with refused("not_canonical", "format"):
        programme.read_programme(data, pinned=None)


def test_the_laptops_of_a_programme_make_the_trust_store():
    laptop = plans.Laptop(
        principal="MAN.k3v9x2q7aa@tradeoff", area="MAN", key=keys.public_line(NEXT.public), recipient="",
        valid_from="2026-10-01", valid_until="2026-12-01",
    )
    plan = plan_of(PACK, laptops=[laptop], revoked=[keys.public_line(CENTRE.public)])
    store = programme.trust_of(plan)
    for day, good in (("2026-09-30", False), ("2026-10-01", True), ("2026-12-01", True), ("2026-12-02", False)):
        moment = f"{day}T{'00:00:00' if good and day.startswith('2026-10') else '23:59:59'}.000Z"
        if good:
            signer = store.judge(NEXT.public, namespace=signature.BUNDLE, received_at=moment)
            assert signer.principal == laptop.principal
        else:
            with pytest.raises(TrustError):
                store.judge(NEXT.public, namespace=signature.BUNDLE, received_at=moment)
    with refused("revoked_signer", "signer"):
        store.judge(CENTRE.public, namespace=signature.BUNDLE, received_at="2026-11-03T18:00:00.000Z")


def test_a_programme_cannot_enrol_one_key_for_two_areas():
    laptops = [
        plans.Laptop(
            principal=f"{area}.k3v9x2q7aa@tradeoff", area=area, key=keys.public_line(NEXT.public), recipient="",
            valid_from="2026-10-01", valid_until="2026-12-01",
        )
        for area in ("MAN", "SHF")
    ]
    with refused("bad_trust_line", "signer"):
        programme.trust_of(plan_of(PACK, laptops=laptops))


# -- the enrolment


def test_an_enrolment_is_signed_by_the_key_it_announces(world):
    data = programme.write_enrolment(world.LEAD.principal, key=world.LEAD.key, recipient=world.LEAD.identity.recipient)
    found, previous = programme.read_enrolment(data)
    assert (found.laptop, found.area, found.public, previous) == (world.LEAD.principal, "MAN", world.LEAD.key.public, None)
    assert found.recipient == world.LEAD.identity.recipient


def test_a_laptops_new_key_is_vouched_for_by_its_old_one(world):
    data = programme.write_enrolment(
        world.LEAD.principal, key=NEXT, recipient=world.LEAD.identity.recipient, previous=world.LEAD.key,
    )
    found, previous = programme.read_enrolment(data)
    assert (found.public, previous) == (NEXT.public, world.LEAD.key.public)


def test_nobody_enrols_somebody_elses_key(world):
    good = {
        "area": "MAN", "key": keys.public_line(world.LEAD.key.public), "laptop": world.LEAD.principal,
        "recipient": world.LEAD.identity.recipient,
    }
    cases = [
        ({"key": keys.public_line(NEXT.public)}, "bad_enrolment", "signer"),
        ({"area": "SHF"}, "bad_enrolment", "signer"),
        ({"laptop": "anybody"}, "bad_content", "content"),
        ({"recipient": "age1nobody"}, "bad_recipient", "age"),
        ({"name": "Ann"}, "not_canonical", "format"),
    ]
    for change, code, at_fault in cases:
        files = {"enrolment.json": codec.encode(good | change)}
        with refused(code, at_fault):
            programme.read_enrolment(parcel.write(files, key=world.LEAD.key, namespace=signature.ENROLMENT))


def test_an_enrolment_needs_a_real_recipient(world):
    with refused("bad_recipient", "age"):
        programme.write_enrolment(world.LEAD.principal, key=world.LEAD.key, recipient="age1nobody")


# -- the table file


def code_of(world):
    return comparison.workshop_code("man-2026-11", world.LEAD.key.public)


def test_the_table_file_holds_the_set_up_and_no_answers(world, lead_records):
    data = tablefile.write(lead_records, key=world.LEAD.key)
    found = tablefile.read(data, code=code_of(world).lower())
    assert [record.kind for record in found.records] == ["opened", "setup", "table", "seat", "undo"]
    assert (found.keys, found.opened.workshop) == ((world.LEAD.key.public,), "man-2026-11")
    assert b"worries" not in data
    assert b'"answer"' not in data


def test_an_erased_consent_is_left_out(world):
    records = world.chain_of([world.opened(), r.Consent(role="lead", seat="105", signed=True), world.note()])
    records[1] = codec.erase(records[1])
    found = tablefile.read(tablefile.write(records, key=world.LEAD.key), code=code_of(world))
    assert [record.kind for record in found.records] == ["opened"]


def test_the_typed_code_pins_workshop_and_lead(world, lead_records):
    data = tablefile.write(lead_records, key=world.LEAD.key)
    for wrong in (comparison.workshop_code("man-2026-12", world.LEAD.key.public), comparison.workshop_code("man-2026-11", NEXT.public)):
        with refused("wrong_workshop_code", "signer"):
            tablefile.read(data, code=wrong)
    impostor = tablefile.write(lead_records, key=NEXT)
    with refused("wrong_workshop_code", "signer"):
        tablefile.read(impostor, code=code_of(world))
    with refused("bad_workshop_code", "format"):
        tablefile.read(data, code="short")


@pytest.mark.parametrize(
    "choose",
    [
        lambda _, c: [c[0], *c[3:1:-1]],  # out of order
        lambda _, c: [c[0], c[2], c[2]],
        lambda _, c: [c[0], c[4]],  # a rating
        lambda _, c: [c[0], codec.erase(c[3])],
        lambda _, c: [c[0], c[0]],
        lambda w, c: [c[0], w.chain_of(w.lead_bodies(), device="otherdevic")[3]],
        lambda w, _: w.chain_of([w.opened(role="table")]),
    ],
)
def test_a_table_file_is_one_leads_set_up_in_order(world, lead_records, choose):
    lines = b"".join(codec.line(record) + b"\n" for record in choose(world, lead_records))
    data = parcel.write({"table.ndjson": lines}, key=world.LEAD.key, namespace=signature.TABLE)
    with refused("bad_table_file", "content"):
        tablefile.read(data, code=code_of(world))


def test_only_a_lead_writes_one(world):
    with refused("bad_table_file", "content"):
        tablefile.write(world.chain_of([world.opened(role="desk")]), key=world.DESK.key)


# -- the parcel itself


def test_the_same_key_twice_is_no_handing_over():
    data = parcel.write({"a": b"x"}, key=CENTRE, namespace=signature.PROGRAMME, previous=CENTRE)
    with refused("bad_signature", "signer"):
        parcel.read(data, names=("a",), namespace=signature.PROGRAMME)


def test_ssh_keygen_and_sha256sum_check_a_parcel(tool, tmp_path):
    (tmp_path / "p.zip").write_bytes(FILE)
    tool("unzip", "-q", "p.zip", cwd=tmp_path)
    line = f'centre namespaces="{signature.PROGRAMME}" {keys.public_line(CENTRE.public)}\n'
    (tmp_path / "allowed").write_text(line)
    tool(
        "ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "centre", "-n", signature.PROGRAMME,
        "-s", "manifest-sha256.txt.sig", given=(tmp_path / "manifest-sha256.txt").read_bytes(), cwd=tmp_path,
    )
    tool("sha256sum", "-c", "manifest-sha256.txt", cwd=tmp_path)
    assert hashlib.sha256((tmp_path / "pack.json").read_bytes()).hexdigest() == packs.digest(PACK)


def test_every_changed_byte_and_truncation_of_a_parcel_is_refused():
    data = parcel.write({"a": b"x" * 40}, key=CENTRE, namespace=signature.TABLE, previous=NEXT)
    assert parcel.read(data, names=("a",), namespace=signature.TABLE).previous == NEXT.public
    for place in range(len(data)):
        for altered in (data[:place], data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]):
            with pytest.raises(TrustError):
                parcel.read(altered, names=("a",), namespace=signature.TABLE)


def test_a_parcel_for_one_purpose_is_worthless_for_another():
    with refused("wrong_namespace", "signer"):
        parcel.read(FILE, names=("programme.json", "pack.json"), namespace=signature.TABLE)


def test_a_signed_list_of_other_files_is_refused():

    listing = manifest.write({"a": b"x", "b": b"y"})
    signed = signature.sign(listing, key=CENTRE, namespace=signature.TABLE)
    data = container.write({"manifest-sha256.txt.sig": signed, "manifest-sha256.txt": listing, "a": b"x"})
    with refused("manifest_differs", "format"):
        parcel.read(data, names=("a",), namespace=signature.TABLE)
