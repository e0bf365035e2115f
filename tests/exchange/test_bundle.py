import csv
import io

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bag, bundle, container, payload, sealing, trust
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r


def refused(code, at_fault):
    return pytest.raises(TrustError, check=lambda error: (error.code, error.facts["at_fault"]) == (code, at_fault))


@pytest.fixture
def unpacked(world, plain_bundle, tmp_path):
    """The signed bag as plain files, as ``tradeoff unpack`` leaves them."""
    files = world.opening(plain_bundle).files
    for name, content in files.items():
        path = tmp_path / "bag" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "bag"


def test_a_bundle_opens_for_the_centre_with_everything_that_went_in(world, sealed_bundle, lead_records):
    found = world.opening(sealed_bundle)
    assert list(found.records) == lead_records
    assert found.summary == world.PDF
    assert found.signer.principal == world.LEAD.principal
    head = chain.follow(lead_records, device="leaddevice")
    assert found.head == r.Head(device="leaddevice", seq=11, head=head)
    info = found.info
    assert (info.workshop, info.area, info.role, info.stage, info.practice) == ("man-2026-11", "MAN", "lead", "sealed", False)
    assert info.recipients == (world.CENTRE.identity.recipient, world.LEAD.identity.recipient)
    assert bundle.file_name(info) == "man-2026-11-leaddevice-11.tradeoff"


def test_nothing_of_an_encrypted_bundle_can_be_read_without_a_key(world, sealed_bundle):
    assert b"worries" not in sealed_bundle
    assert b"Tradeoff" not in sealed_bundle
    store = world.trusted(world.LEAD)
    with refused("not_for_us", "age"):
        bundle.read(sealed_bundle, trust=store, identities=[world.DESK.identity], received_at=world.RECEIVED)


def test_the_signed_bag_is_the_same_bytes_every_time(world, lead_records, plain_bundle):
    again = bundle.pack(lead_records, stage="sealed", key=world.LEAD.key, recipients=[], summary=world.PDF)
    assert again == plain_bundle


def test_a_bundle_to_nobody_is_signed_but_readable(world, plain_bundle):
    found = world.opening(plain_bundle)
    assert found.info.recipients == ()
    assert found.files[payload.RECORDS] in plain_bundle


@pytest.mark.parametrize("stage", ["checkpoint", "open"])
def test_a_table_laptop_sends_no_summary(world, stage):
    records = world.chain_of([world.opened(role="table", laptop=world.DESK.principal), world.note()], device="tabledevic")
    data = bundle.pack(records, stage=stage, key=world.DESK.key, recipients=[])
    found = world.opening(data)
    assert found.summary is None
    assert payload.SUMMARY not in found.files


def test_a_checkpoint_is_possible_at_any_time_and_has_no_summary(world, lead_records):
    for length in range(1, len(lead_records) + 1):
        data = bundle.pack(lead_records[:length], stage="checkpoint", key=world.LEAD.key, recipients=[])
        assert world.opening(data).info.seq == length


@pytest.mark.parametrize(
    ("length", "stage", "summary"),
    [
        (11, "open", True),  # sealed, but not said so
        (10, "sealed", True),  # not sealed, but said so
        (11, "sealed", False),
        (11, "checkpoint", True),
        (10, "open", False),
        (10, "draft", False),
    ],
)
def test_stage_seal_and_summary_must_agree(world, lead_records, length, stage, summary):
    with refused("stage_differs", "content"):
        bundle.pack(
            lead_records[:length], stage=stage, key=world.LEAD.key, recipients=[], summary=world.PDF if summary else None,
        )


def test_a_summary_is_a_pdf(world, lead_records):
    with refused("stage_differs", "content"):
        bundle.pack(lead_records, stage="sealed", key=world.LEAD.key, recipients=[], summary=b"MZ")


def test_a_reopened_workshop_is_open_again(world):
    bodies = [*world.lead_bodies(), r.Reopened(role="lead", reason="A sheet was found"), world.rating(sheet=4, round="R1")]
    data = bundle.pack(world.chain_of(bodies), stage="open", key=world.LEAD.key, recipients=[], summary=world.PDF)
    assert world.opening(data).info.stage == "open"


def test_ratings_say_what_became_of_each(world, plain_bundle):
    rows = list(csv.DictReader(io.StringIO(world.opening(plain_bundle).files[payload.RATINGS].decode())))
    assert [(row["seq"], row["item"], row["answer"], row["standing"]) for row in rows] == [
        ("5", "BAL", "4", "replaced"), ("6", "BAL", "2", "current"), ("7", "DEC", "cant_say", "undone"),
    ]
    assert {row["workshop"] for row in rows} == {"man-2026-11"}


def test_an_undone_correction_leaves_what_it_replaced_standing(world):
    bodies = [world.opened(), world.rating(), world.rating(answer="2", replaces=2), r.Undo(role="lead", seqs=[3])]
    rows = payload.ratings_csv(world.chain_of(bodies)).decode().splitlines()
    assert [row.rpartition(",")[2] for row in rows[1:]] == ["current", "undone"]


def test_no_cell_can_begin_a_formula(world):
    for start in "-=+@\t ":
        for opened, rating in (
            (world.opened(), world.rating(scenario=f"{start}1")), (world.opened(workshop=f"{start}1"), world.rating()),
        ):
            with refused("bad_content", "content"):
                world.chain_of([opened, rating])


def test_erased_ratings_leave_the_csv_and_the_bundle_still_verifies(world, lead_records):
    records = world.erased(lead_records[:9], 5, 6)
    data = bundle.pack(records, stage="checkpoint", key=world.LEAD.key, recipients=[])
    found = world.opening(data)
    assert [record.seq for record in found.records if record.erased] == [5, 6]
    assert found.files[payload.RATINGS].count(b"\n") == 2
    assert found.head.head == chain.follow(found.records, device="leaddevice")


# -- standard tools, as VERIFY.txt tells people to use them


def test_age_and_unzip_open_it(world, tool, sealed_bundle, tmp_path):
    (tmp_path / "identity.key").write_text(sealing.write_identity(world.CENTRE.identity, world.RECEIVED))
    tool("age", "-d", "-i", "identity.key", "-o", "b.zip", given=sealed_bundle, cwd=tmp_path)
    assert b"No errors detected" in tool("unzip", "-t", "b.zip", cwd=tmp_path).stdout
    tool("unzip", "-q", "b.zip", "-d", "bag", cwd=tmp_path)
    assert (tmp_path / "bag" / payload.RECORDS).read_bytes() == world.opening(sealed_bundle).files[payload.RECORDS]


def commands(unpacked):
    """The commands of VERIFY.txt, as a person would copy them."""
    lines = (unpacked / payload.VERIFY).read_text().splitlines()
    return [line.strip() for line in lines if line.startswith("   ") and line.strip().startswith(("ssh-keygen", "sha256sum"))]


def test_the_commands_of_verify_txt_accept_it_and_notice_a_change(world, tool, unpacked):
    (unpacked.parent / "allowed_signers").write_text(trust.write(world.trusted(world.LEAD, world.DESK)))
    (unpacked.parent / "revoked_keys").write_text("")
    found = commands(unpacked)
    assert len(found) == 3
    for command in found:
        tool("sh", "-c", command.replace("RECEIVED", "20261103180000Z"), cwd=unpacked)
    records = unpacked / payload.RECORDS
    records.write_bytes(records.read_bytes().replace(b'"answer":"4"', b'"answer":"5"'))
    tool("sh", "-c", found[2], cwd=unpacked, ok=False)
    (unpacked / "tagmanifest-sha256.txt").write_bytes(b"")
    tool("sh", "-c", found[0].replace("RECEIVED", "20261103180000Z"), cwd=unpacked, ok=False)


def test_the_bagit_validator_accepts_it_and_notices_a_change(unpacked):
    bagit = pytest.importorskip("bagit")
    found = bagit.Bag(str(unpacked))
    assert found.validate()
    assert found.info["Tradeoff-Stage"] == "sealed"
    (unpacked / payload.RATINGS).write_bytes(b"")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked)).validate()


def test_pandas_reads_the_ratings(unpacked):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(unpacked / payload.RATINGS, dtype={"seat": str})
    assert list(frame["seat"]) == ["105", "105", "105"]
    lines = pandas.read_json(unpacked / payload.RECORDS, lines=True)
    assert list(lines["seq"]) == list(range(1, 12))


# -- what a centre keeps after a withdrawal


def test_a_remainder_still_verifies_and_holds_nothing_of_the_person(world, sealed_bundle):
    found = world.opening(sealed_bundle)
    kept = [codec.erase(record) if record.kind in {"rating", "note"} else record for record in found.records]
    data = bundle.remainder(found, kept, recipients=[world.CENTRE.identity.recipient])
    reading = {"trust": world.trusted(world.LEAD), "identities": [world.CENTRE.identity], "received_at": world.RECEIVED}
    again = bundle.read_remainder(data, **reading)
    assert list(again.records) == kept
    assert (again.head, again.info, again.summary) == (found.head, found.info, None)
    with refused("unexpected_file", "format"):  # nobody can pass one off as a bundle
        bundle.read(data, **reading)
    plain = bundle.remainder(found, kept, recipients=[])
    assert bundle.read_remainder(plain, **reading).records == again.records
    assert b"worries" not in plain
    assert b'"answer"' not in plain


@pytest.mark.parametrize("wrong", ["signer", "record", "header"])
def test_a_remainder_is_verified_like_anything_else(world, sealed_bundle, wrong):
    found = world.opening(sealed_bundle)
    records = list(found.records)
    store = world.trusted(world.DESK if wrong == "signer" else world.LEAD)
    if wrong == "record":
        records.pop()
    if wrong == "header":
        records = world.chain_of([*world.lead_bodies()[:-1], r.Closed(role="lead")])
    data = bundle.remainder(found, records, recipients=[])
    with pytest.raises(TrustError):
        bundle.read_remainder(data, trust=store, identities=[], received_at=world.RECEIVED)


def test_a_later_format_is_named_and_not_called_damaged(world, plain_bundle):
    files = dict(world.opening(plain_bundle).files)
    files[bundle.INFO] = files[bundle.INFO].replace(b"Tradeoff-Format: 1", b"Tradeoff-Format: 2")
    del files[payload.VERIFY]
    with pytest.raises(TrustError, check=lambda e: (e.code, e.facts["found"], e.facts["known"]) == ("other_format", 2, 1)):
        world.opening(container.write(files | {"data/later.txt": b""}))


def test_a_strange_file_in_this_format_is_no_later_format(world, plain_bundle):
    files = dict(world.opening(plain_bundle).files)
    for strange in ({"other.txt": b""}, files | {"data/later.txt": b""}, dict.fromkeys([*list(files)[:3], "x"], b"")):
        with refused("unexpected_file", "format"):
            world.opening(container.write(strange))


def test_the_info_reads_back_as_it_was_written(world, sealed_bundle):
    info = world.opening(sealed_bundle).info
    assert bag.read_info(bag.write_info(info)) == info
