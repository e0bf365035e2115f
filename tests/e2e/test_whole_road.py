import random
import shutil
import subprocess
import sys

import pytest

from tradeoff_desktop.app import centre, publishing
from tradeoff_desktop.store.store import Store


def dump_of(store):
    return list(centre.dump(store))


def merge(command, road, store, files, *more):
    return command("merge", *files, "--store", store, *road.access, *more)


def test_the_rehearsal_says_what_it_did(road):
    assert len(road.summary["workshops"]) == 3
    assert all(one["accepted"] for one in road.summary["bundles"])
    assert len(road.bundles) == 3 * 4 + 1  # the withdrawal makes the lead's second
    assert len(road.reports) == 3 * 2 + 3 + 1 + 1
    for workshop in road.summary["workshops"]:
        assert len(workshop["seal"]) == 6


def test_a_folder_with_something_in_it_is_refused(command, road):
    done = command("rehearse", "--out", road.folder)
    assert done.code == 1
    assert "folder" in done.err


def test_the_planted_shifts_are_found(road):
    data, organisation, privacy = road.summary["answers"]
    assert "towards risk" in data
    assert "health records were added" in data
    assert "towards risk" in organisation
    assert "towards benefit" in privacy


def test_the_same_seed_gives_the_same_records(command, tmp_path):
    dumps = []
    for name in ("one", "two"):
        assert command("rehearse", "--out", tmp_path / name, "--seed", 3, "--areas", 1, "--people", 8).code == 0
        dumps.append(dump_of(tmp_path / name / "centre" / "centre.db"))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 300


def test_any_order_twice_or_in_parts_gives_the_same_dump(command, road, tmp_path):
    wanted, printed = dump_of(road.store), []
    for seed in range(3):
        files = [*road.bundles, *road.bundles[:4]]
        random.Random(seed).shuffle(files)  # noqa: S311 - an order, not a secret
        store = tmp_path / f"{seed}.db"
        parts = [files] if seed == 0 else [files[i : i + 5] for i in range(0, len(files), 5)]
        for part in parts:
            assert merge(command, road, store, part).code == 0
        assert dump_of(store) == wanted
        if seed < 2:
            printed.append(reports_of(store))
    assert printed[0] == printed[1]


def reports_of(store):
    """The area report and the full report as PDF and HTML."""
    with Store.look(store) as held:
        states, sources = centre.states(held, centre.pack_of(held)), centre.provenance(held)
    found = publishing.found_in(states)
    documents = (publishing.area_document(states, "LDS", sources, found=found), publishing.full_document(states, sources, found=found))
    return [data for document in documents for data in (document.write(), document.html())]


def test_merging_again_changes_nothing_and_says_so(command, road, tmp_path):
    store = tmp_path / "centre.db"
    shutil.copy(road.store, store)
    done = merge(command, road, store, road.bundles, "--json")
    assert {one["outcome"] for one in done.value["bundles"]} == {"already_held"}
    assert dump_of(store) == dump_of(road.store)


def test_a_dry_run_says_the_same_and_writes_nothing(command, road, tmp_path):
    store = tmp_path / "centre.db"
    dry = merge(command, road, store, road.bundles, "--dry-run", "--json")
    assert not store.exists()
    assert merge(command, road, store, road.bundles, "--json").value == dry.value
    before = store.read_bytes()
    merge(command, road, store, road.bundles, "--dry-run")
    assert dump_of(store) == dump_of(road.store)
    assert len(before) > 0


def test_what_a_person_took_back_is_found_nowhere(road):
    for path in [road.store, *(road.folder / "laptops" / "man-lead" / "workshops").glob("*.db")]:
        with Store.open(path) as store:
            held = list(store.records(workshop="practice-MAN-2027-A"))
            gone = {record.body.seat for record in held if record.kind == "withdrawal"}
            assert len(gone) == 1
            kept = {record.kind for record in held if getattr(record.body, "seat", "") in gone}
            assert kept == {"seat", "withdrawal"}
            assert sum(record.erased for record in held) >= 40


@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.999])
def test_one_flipped_byte_is_refused_with_a_reason_and_the_store_unchanged(command, road, tmp_path, part):
    data = bytearray(road.bundles[0].read_bytes())
    data[int(len(data) * part)] ^= 1
    bad = tmp_path / "bad.tradeoff"
    bad.write_bytes(data)
    store = tmp_path / "centre.db"
    shutil.copy(road.store, store)
    done = merge(command, road, store, [bad], "--json")
    assert done.code == 1
    assert done.value["bundles"][0]["at_fault"]
    assert dump_of(store) == dump_of(road.store)


def test_a_bad_bundle_does_not_keep_the_good_ones_out(command, road, tmp_path):
    cut = tmp_path / "cut.tradeoff"
    cut.write_bytes(road.bundles[0].read_bytes()[:-400])
    store = tmp_path / "centre.db"
    done = merge(command, road, store, [cut, *road.bundles])
    assert done.code == 1
    assert "cut.tradeoff" in done.out
    assert dump_of(store) == dump_of(road.store)


def test_an_unknown_signer_is_named_by_eight_words(command, road, tmp_path):
    lines = road.trust.read_text().splitlines()
    trust = tmp_path / "allowed_signers"
    trust.write_text("\n".join(line for line in lines if not line.startswith("ESS.")) + "\n")
    essex = next(path for path in road.bundles if "ESS" in path.name)
    done = command("verify", essex, "--trust", trust, "--identity", road.identity, "--json")
    assert done.code == 1
    assert done.value["bundles"][0]["code"] == "unknown_signer"
    assert done.value["bundles"][0]["at_fault"] == "signer"


def test_without_the_right_identity_nothing_can_be_read(command, road):
    own = next((road.folder / "laptops" / "lds-lead" / "keys").glob("*/identity.key"))
    essex = next(path for path in road.bundles if "ESS" in path.name)
    done = command("verify", essex, "--trust", road.trust, "--identity", own, "--json")
    assert done.value["bundles"][0]["code"] == "not_for_us"


def oracle(*words, cwd, stdin=None):
    given = b"" if stdin is None else stdin.read_bytes()
    return subprocess.run([str(word) for word in words], cwd=cwd, input=given, capture_output=True, check=False)


@pytest.fixture(params=["age", "tradeoff"])
def bag(request, command, road, tmp_path):
    """A bundle opened by the age tool and unzip, and by our own command."""
    folder = tmp_path / "bag"
    file = road.bundles[0]
    if request.param == "tradeoff":
        done = command("unpack", file, "--identity", road.identity, "--out", folder)
        assert done.code == 0, done.err
        return folder, file
    plain = tmp_path / "plain.zip"
    assert oracle("age", "-d", "-i", road.identity, "-o", plain, file, cwd=tmp_path).returncode == 0
    assert oracle("unzip", "-t", plain, cwd=tmp_path).returncode == 0
    assert oracle("unzip", "-q", plain, "-d", folder, cwd=tmp_path).returncode == 0
    return folder, file


def signer_in(folder):
    info = (folder / "bag-info.txt").read_text()
    return next(line.split(": ")[1] for line in info.splitlines() if "@tradeoff" in line)


def test_the_standard_tools_accept_what_we_write(bag, road):
    folder, _ = bag
    signed = oracle(
        "ssh-keygen", "-Y", "verify", "-f", road.trust, "-I", signer_in(folder), "-n", "tradeoff-bundle-v1",
        "-Overify-time=20270401120000Z", "-s", "tagmanifest-sha256.txt.sig", cwd=folder,
        stdin=folder / "tagmanifest-sha256.txt",
    )
    assert signed.returncode == 0, signed.stderr
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        assert oracle("sha256sum", "-c", "--strict", manifest, cwd=folder).returncode == 0
    checked = oracle(sys.executable, "-W", "ignore", "-m", "bagit", "--validate", folder, cwd=folder)
    assert checked.returncode == 0, checked.stderr


def test_the_standard_tools_refuse_an_altered_bag(bag, road):
    folder, _ = bag
    for name in ("tagmanifest-sha256.txt", "data/records.ndjson"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    signed = oracle(
        "ssh-keygen", "-Y", "verify", "-f", road.trust, "-I", signer_in(folder), "-n", "tradeoff-bundle-v1",
        "-s", "tagmanifest-sha256.txt.sig", cwd=folder, stdin=folder / "tagmanifest-sha256.txt",
    )
    assert signed.returncode != 0
    assert oracle("sha256sum", "-c", "manifest-sha256.txt", cwd=folder).returncode != 0


def test_reports_can_be_read_by_other_tools(road):
    for path in road.reports:
        assert oracle("qpdf", "--check", path, cwd=road.folder).returncode == 0
        fonts = oracle("pdffonts", path, cwd=road.folder).stdout.decode().splitlines()[2:]
        assert fonts
        assert all(line.split()[-5] == "yes" for line in fonts), "a font that is not embedded"
        tree = oracle("pdfinfo", "-struct-text", path, cwd=road.folder).stdout.decode()
        assert all(tag in tree for tag in ("Document", "H1", "TH", "LBody"))
        assert oracle("pdftotext", path, "-", cwd=road.folder).stdout.decode().split()[:1]
    full = next(path for path in road.reports if "full" in path.name)
    text = oracle("pdftotext", "-layout", full, "-", cwd=road.folder).stdout.decode()
    assert "towards risk" in text
    assert "practice" in text.lower()


def test_practice_and_real_are_never_pooled(road, command, tmp_path, real_bundle):
    file, trust = real_bundle(road)
    both = tmp_path / "allowed_signers"
    both.write_text(road.trust.read_text() + trust)
    store = tmp_path / "centre.db"
    shutil.copy(road.store, store)
    done = command("merge", file, "--store", store, "--trust", both, "--identity", road.identity, "--json")
    assert done.code == 1
    assert done.value["bundles"][0]["code"] == "practice_and_real"
    assert dump_of(store) == dump_of(road.store)
