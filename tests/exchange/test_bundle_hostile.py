"""Bundles that a trusted key signed correctly and that must be refused all the same."""

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bag, bundle, container, manifest, payload, sealing, signature
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r


def refused(code, at_fault):
    return pytest.raises(TrustError, check=lambda error: (error.code, error.facts["at_fault"]) == (code, at_fault))


def signed(files, key, *, namespace=signature.BUNDLE):
    """``files`` as a bag whose every sum and signature is right, whatever they hold."""
    data = {name: content for name, content in files.items() if name.startswith("data/")}
    tags = {bundle.INFO: files[bundle.INFO], bundle.BAGIT: files[bundle.BAGIT], bundle.MANIFEST: manifest.write(data)}
    listing = manifest.write(tags)
    made = signature.sign(listing, key=key, namespace=namespace)
    return container.write({bundle.SIGNATURE: made, bundle.TAGMANIFEST: listing, **tags, **data})


def forged(world, records, *, key=None, **claims):
    """A bag of any records, described as its maker likes, all sums and the signature right."""
    opening = records[0].body if isinstance(records[0].body, r.Opened) else world.opened()
    summary = world.PDF if claims.get("stage", "checkpoint") != "checkpoint" and opening.role == "lead" else None
    lines = claims.pop("lines", None) or payload.lines_of(records)
    files = payload.write([world.chain_of([opening])[0], *records[1:]], lines, summary=summary)
    facts = {
        "date": records[-1].at[:10], "oxum": bag.oxum(files), "workshop": opening.workshop, "area": opening.area,
        "laptop": opening.laptop, "device": records[0].device, "role": opening.role, "programme": opening.programme,
        "pack": opening.pack, "practice": opening.practice, "stage": "checkpoint", "seq": len(records),
        "head": chain.heads(records, device=records[0].device)[-1], "recipients": (),
    }
    info = bag.write_info(bag.Info(**facts | claims))
    return signed({bundle.INFO: info, bundle.BAGIT: bag.BAGIT, **files}, key or world.LEAD.key)


def test_the_forge_makes_a_good_bundle_of_good_records(world, lead_records):
    assert list(world.opening(forged(world, lead_records)).records) == lead_records
    assert world.opening(forged(world, lead_records, stage="sealed")).summary == world.PDF


# -- who


def test_a_correctly_signed_bundle_of_an_unknown_laptop_can_be_enrolled(world, plain_bundle):
    store = world.trusted(world.DESK)
    with refused("unknown_signer", "signer") as caught:
        world.opening(plain_bundle, store=store)
    assert len(caught.value.facts["words"].split()) == 8
    released = store.enrol(Signer(principal=world.LEAD.principal, key=world.LEAD.key.public))
    assert world.opening(plain_bundle, store=released).info.device == "leaddevice"


def test_expiry_is_judged_at_receipt(world, plain_bundle):
    signer = Signer(principal=world.LEAD.principal, key=world.LEAD.key.public, valid_before="20261104000000Z")
    store = TrustStore(signers=(signer,))
    assert world.opening(plain_bundle, store=store).signer == signer
    with refused("signer_expired", "signer"):
        world.opening(plain_bundle, store=store, received_at="2026-11-04T00:00:01.000Z")


def test_a_forged_area_fails_even_with_a_trusted_key(world, lead_records):
    with refused("wrong_area", "area"):
        world.opening(forged(world, lead_records, area="SHF", laptop="SHF.leadlaptop@tradeoff"))
    elsewhere = world.chain_of([world.opened(area="SHF", laptop="SHF.leadlaptop@tradeoff")])
    with refused("wrong_area", "area"):
        world.opening(forged(world, elsewhere))
    with refused("wrong_area", "area"):
        world.opening(forged(world, elsewhere, area="MAN", laptop=world.LEAD.principal))


def test_one_laptop_cannot_speak_as_another_of_its_area(world, lead_records):
    with refused("wrong_laptop", "signer"):
        world.opening(forged(world, lead_records, key=world.DESK.key))
    with refused("derived_differs", "content"):
        world.opening(forged(world, lead_records, key=world.DESK.key, laptop=world.DESK.principal))


def test_a_table_files_signature_does_not_sign_a_bundle(world, plain_bundle):
    files = dict(world.opening(plain_bundle).files)
    with refused("wrong_namespace", "signer"):
        world.opening(signed(files, world.LEAD.key, namespace=signature.TABLE))


# -- what


def test_the_chain_must_end_where_the_info_says(world, lead_records):
    for claims in ({"seq": 10}, {"seq": 12}, {"head": "00" * 32}):
        with refused("head_differs", "chain"):
            world.opening(forged(world, lead_records, **claims))


def test_the_chain_must_be_whole_in_order_and_of_one_device(world, lead_records):
    other = world.chain_of(world.lead_bodies(), device="otherdevic")
    cases = {
        "chain_gap": [lead_records[:3] + lead_records[4:], lead_records[:2] + lead_records[1:], lead_records[1:]],
        "chain_device": [[*lead_records[:5], other[5]]],
    }
    for code, broken in cases.items():
        for records in broken:
            with refused(code, "chain"):
                world.opening(forged(world, records))
    with refused("chain_device", "chain"):
        world.opening(forged(world, lead_records, device="otherdevic"))


def with_file(name, content):
    def change(world, data):
        return signed(dict(world.opening(data).files) | {name: content}, world.LEAD.key)

    return change


def edited(name, old, new):
    def change(world, data):
        files = dict(world.opening(data).files)
        assert old in files[name]
        return signed(files | {name: files[name].replace(old, new, 1)}, world.LEAD.key)

    return change


@pytest.mark.parametrize(
    ("change", "code", "at_fault"),
    [
        (edited(payload.RATINGS, b",2,", b",5,"), "derived_differs", "content"),
        (edited(payload.DATAPACKAGE, b"seat code", b"name"), "derived_differs", "content"),
        (edited(payload.VERIFY, b"sha256sum -c", b"rm -rf"), "derived_differs", "content"),
        (with_file(payload.SUMMARY, b"MZ"), "stage_differs", "content"),
        (with_file(payload.RECORDS, b""), "bad_records", "format"),
        (with_file(payload.RECORDS, b"\n"), "bad_content", "content"),
        (with_file(payload.RECORDS, b"\n" * 300_000), "bad_records", "format"),
        (with_file(payload.RECORDS, b"[" * 1000 + b"\n"), "too_deep", "format"),
        (with_file(payload.RECORDS, b"9" * 60_000 + b"\n"), "bad_content", "content"),
        (with_file(payload.RECORDS, b'{"at":"' + b"x" * 70_000 + b'"}\n'), "line_too_long", "format"),
        (with_file(payload.RECORDS, b"\xff\xfe\n"), "bad_content", "content"),
        (edited(payload.RECORDS, b'"seat":"105"', b'"seat":"105","name":"Ann"'), "bad_content", "content"),
        (edited(payload.RECORDS, b'"role":"desk"', b'"role":"desk","role":"lead"'), "not_canonical", "format"),
        (edited(payload.RECORDS, b'"answer":"4"', b'"answer":"5"'), "leaf_mismatch", "chain"),
        (edited(payload.RECORDS, b'"seq":5', b'"seq":5.0'), "bad_content", "content"),
        (edited(payload.RECORDS, b'"seq":5', b'"seq":99999999999999999999'), "bad_content", "content"),
        (edited(payload.RECORDS, b"\n", b"\r\n"), "not_canonical", "format"),
        (edited(payload.RECORDS, b"\n", b"\n\n"), "bad_content", "content"),
        (with_file(bundle.BAGIT, b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"), "manifest_differs", "content"),
        (with_file(bundle.INFO, b""), "bad_bag_info", "format"),
        (with_file(bundle.INFO, b"x" * 100_000), "bad_bag_info", "format"),
        (edited(bundle.INFO, b"Tradeoff-Format: 1\n", b"Tradeoff-Format: 2\n"), "other_format", "format"),
        (edited(bundle.INFO, b"Tradeoff-Format: 1\n", b"Tradeoff-Format: 01\n"), "bad_bag_info", "format"),
        (edited(bundle.INFO, b"Tradeoff-Practice: no", b"Tradeoff-Practice: yes"), "derived_differs", "content"),
        (edited(bundle.INFO, b"Tradeoff-Role: lead", b"Tradeoff-Role: desk"), "derived_differs", "content"),
        (edited(bundle.INFO, b"Tradeoff-Workshop: man", b"Tradeoff-Workshop: shf"), "bad_bag_info", "format"),
        (edited(bundle.INFO, b"Tradeoff-Pack: ab", b"Tradeoff-Pack: ac"), "derived_differs", "content"),
        (edited(bundle.INFO, b"Bagging-Date: 2026-11-03", b"Bagging-Date: 2026-11-04"), "derived_differs", "content"),
        (edited(bundle.INFO, b"Tradeoff-Stage: sealed", b"Tradeoff-Stage: open"), "stage_differs", "content"),
        (edited(bundle.INFO, b"Tradeoff-Stage", b"Tradeoff-Recipient: age1" + b"q" * 58 + b"\nTradeoff-Stage"), "bad_bag_info", "format"),
    ],
)
def test_signed_lies_are_refused_with_a_reason(world, plain_bundle, change, code, at_fault):
    with refused(code, at_fault):
        world.opening(change(world, plain_bundle))


def test_a_file_altered_after_signing_is_refused_whichever_it_is(world, plain_bundle):
    # The container is written anew, so that its own check numbers are right: anybody could do that.
    files = dict(world.opening(plain_bundle).files)
    assert world.opening(container.write(files)).info.seq == 11
    for name, content in files.items():
        for other in (content + b" ", content[:-1], b"BagIt-Version: 0.97\n"):
            with pytest.raises(TrustError):
                world.opening(container.write(files | {name: other}))
    with refused("manifest_differs", "content"):
        world.opening(container.write(files | {bundle.BAGIT: bag.BAGIT + b"\n"}))


@pytest.mark.parametrize(
    "bodies",
    [
        lambda w: [w.note()],
        lambda w: [w.opened(), w.opened()],
        lambda w: [w.opened(practice=True)],
        lambda w: [w.opened(workshop="practice-man-1")],
        lambda w: [w.opened(role="centre")],
    ],
)
def test_an_opening_that_contradicts_itself_is_refused(world, bodies):
    records = world.chain_of(bodies(world))
    with refused("not_opened", "content"):
        bundle.pack(records, stage="checkpoint", key=world.LEAD.key, recipients=[])
    with pytest.raises(TrustError):
        world.opening(forged(world, records))


def test_no_record_at_all_is_refused(world):
    with refused("not_opened", "content"):
        bundle.pack([], stage="checkpoint", key=world.LEAD.key, recipients=[])


def test_practice_bundles_are_marked_so_throughout(world):
    records = world.chain_of([world.opened(practice=True, workshop="practice-man-1")])
    found = world.opening(bundle.pack(records, stage="checkpoint", key=world.LEAD.key, recipients=[]))
    assert found.info.practice


@pytest.mark.parametrize("late", [lambda w: w.rating(), lambda w: w.note(), lambda _: r.Sealed(role="lead", devices=[])])
def test_a_sealed_chain_takes_nothing_but_leavings_and_a_reopening(world, late):
    records = world.chain_of([*world.lead_bodies(), r.Withdrawal(role="lead", seat="105"), late(world)])
    with refused("after_seal", "content"):
        bundle.pack(records, stage="checkpoint", key=world.LEAD.key, recipients=[])
    with refused("after_seal", "content"):
        world.opening(forged(world, records))


# -- erasures


def test_an_erased_line_must_be_named_by_an_erasure_of_its_chain(world, lead_records):
    hidden = [codec.erase(record) if record.seq == 9 else record for record in lead_records]
    with refused("erased_unnamed", "content"):
        world.opening(forged(world, hidden))


@pytest.mark.parametrize("name", ["device", "seq", "leaf"])
def test_the_erasure_must_name_it_exactly(world, lead_records, name):
    wrong = {"device": "otherdevic", "seq": 6, "leaf": "00" * 32}[name]
    facts = {"device": "leaddevice", "seq": 5, "leaf": lead_records[4].header.leaf} | {name: wrong}
    bodies = [*world.lead_bodies()[:9], r.Erasure(role="lead", erased=[r.Ref(**facts)], why="withdrawal")]
    records = [codec.erase(record) if record.seq == 5 else record for record in world.chain_of(bodies)]
    with refused("erased_unnamed", "content"):
        world.opening(forged(world, records))


def test_an_erasure_cannot_reach_into_the_future(world):
    future = r.Ref(device="leaddevice", seq=3, leaf=world.chain_of([world.opened(), world.note(), world.note()])[2].header.leaf)
    bodies = [world.opened(), r.Erasure(role="lead", erased=[future], why="redaction"), world.note()]
    records = [codec.erase(record) if record.seq == 3 else record for record in world.chain_of(bodies)]
    with refused("erased_unnamed", "content"):
        world.opening(forged(world, records))


@pytest.mark.parametrize("seq", [10, 11])
def test_the_frame_of_a_chain_is_never_erased(world, lead_records, seq):
    records = world.erased(lead_records, seq)
    with refused("erased_unnamed", "content"):
        world.opening(forged(world, records))


def test_an_erased_opening_is_no_opening(world, lead_records):
    records = world.erased(lead_records[:9], 1)
    with refused("not_opened", "content"):
        bundle.pack(records, stage="checkpoint", key=world.LEAD.key, recipients=[])


# -- a remainder


def test_a_remainder_of_another_laptops_chain_is_refused(world, lead_records):
    made = forged(world, lead_records, key=world.DESK.key, laptop=world.DESK.principal)
    files = container.read(made, bundle.LAYOUTS)
    names = (bundle.SIGNATURE, bundle.TAGMANIFEST, bundle.INFO, payload.RECORDS)
    data = container.write({name: files[name] for name in names})
    with refused("wrong_laptop", "signer"):
        bundle.read_remainder(data, trust=world.trusted(world.DESK), identities=[], received_at=world.RECEIVED)


# -- age


def test_encryption_must_be_as_the_signer_meant_it(world, sealed_bundle, plain_bundle):
    stripped = sealing.decrypt(sealed_bundle, [world.CENTRE.identity])
    with refused("not_as_sealed", "age"):
        world.opening(stripped)
    with refused("not_as_sealed", "age"):
        world.opening(sealing.encrypt(plain_bundle, [world.CENTRE.identity.recipient]))


def test_signing_for_a_recipient_that_is_none_is_refused(world, lead_records):
    with refused("bad_recipient", "age"):
        bundle.pack(lead_records[:3], stage="checkpoint", key=world.LEAD.key, recipients=["age1nobody"])


@pytest.mark.parametrize("data", [b"", b"PK", b"MZ" * 100, b"age-encryption.org/v1\n", b"\x00" * 1000, b"SQLite format 3\x00"])
def test_what_is_no_bundle_at_all_is_refused(world, data):
    with pytest.raises(TrustError):
        world.opening(data)
