"""A programme is closed: what held answers or keys is gone, what was published stays, and a certificate says so."""

import hashlib
import re
import shutil

import pytest
from desk_world import surroundings
from laptops_world import START, World

from tradeoff_desktop.app import ending, handing_over, receipts
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.exchange import keys, receipt, signature
from tradeoff_desktop.exchange.receipt import MergeReceipt
from tradeoff_desktop.model.records import Head
from tradeoff_desktop.store.store import Store


@pytest.fixture
def here(tmp_path):
    """A central team's folder with something of everything in it, and reports beside it."""
    world = World(tmp_path / "world")
    folder = CentreFolder(tmp_path / "world" / "centre")
    folder.bring_programme(world.file)
    with Store.create(folder.store) as store:
        assert store.path
    for name in ("originals/a.tradeoff", "quarantine/b.tradeoff"):
        path = folder.root / name
        path.parent.mkdir()
        path.write_bytes(name.encode())
        path.chmod(0o400)
    (folder.root / "reports").mkdir()
    (folder.root / "reports" / "full.pdf").write_bytes(b"%PDF")
    return folder


def close(here, named=None, certificate=None):
    named = here.signed().programme.id if named is None else named
    return ending.close_centre(here.root, named=named, certificate=certificate or here.root / "certificate.txt", now=START)


def left(here):
    return sorted(path.relative_to(here.root).as_posix() for path in here.root.rglob("*") if path.is_file())


def test_store_originals_and_keys_go_and_reports_and_the_programme_stay(here):
    before, digest = left(here), hashlib.sha256(here.store.read_bytes()).hexdigest()
    signed, key = here.signed(), here.own().key.public
    done = close(here)
    assert done.files == len([name for name in before if re.match(r"centre\.db|originals|quarantine|keys", name)])
    assert not [name for name in left(here) if re.match(r"centre\.db|originals|quarantine|keys", name)]
    assert "reports/full.pdf" in left(here)
    assert here.has_programme
    assert not (here.root / "originals").exists()
    text = done.certificate.read_bytes()
    assert f"{digest}  centre.db" in text.decode()
    assert "keys/signing_key\n" in text.decode()
    made = (here.root / "certificate.txt.sig").read_bytes()
    assert signature.verify(text, made, namespace=signature.CERTIFICATE) == key == signed.key


def test_nothing_is_removed_unless_it_is_meant(here):
    before = left(here)
    with pytest.raises(RuleError, check=lambda error: error.code == "close_word"):
        close(here, named="another")
    (here.root / "certificate.txt").write_text("an earlier one")
    with pytest.raises(MachineError, check=lambda error: error.code == "file_exists"):
        close(here)
    assert left(here) == sorted([*before, "certificate.txt"])


def begun(root, text, *, key, certificate="certificate.txt"):
    """What a closing leaves that was stopped before it removed anything."""
    text = text if isinstance(text, bytes) else text.encode()
    (root / f"{certificate}.begun").write_bytes(text)
    (root / f"{certificate}.sig").write_bytes(signature.sign(text, key=key, namespace=signature.CERTIFICATE))


def lines(programme, *files):
    listed = "".join(f"  {hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    return f"Certificate of deletion\n\nprogramme  {programme}\nclosed     now\n\n{listed}"


@pytest.mark.parametrize("stop", ["centre.db", "keys/identity.key", "keys/signing_key", "certificate.txt"])
def test_a_closing_that_was_stopped_is_finished_with_the_same_certificate(here, tmp_path, stop):
    named = here.signed().programme.id
    blocked = here.root / stop
    kept = blocked.read_bytes() if blocked.is_file() else None
    again = CentreFolder(shutil.copytree(here.root, tmp_path / "again"))
    text = close(here).certificate.read_bytes()
    order = sorted(sorted((again.root / name for name in re.findall(r"  [0-9a-f]{64}  (.+)", text.decode())), reverse=True), key=ending._turn)
    for path in order:
        if path == again.root / stop:
            assert path.read_bytes() == kept
            break
        path.unlink()
    shutil.copy(here.root / "certificate.txt.sig", again.root / "certificate.txt.sig")
    (again.root / "certificate.txt.begun").write_bytes(text)
    with pytest.raises(RuleError, check=lambda error: error.code == "close_begun"):
        close(again, named="nonsense")
    assert close(again, named=named).certificate.read_bytes() == text
    assert left(again) == left(here)


def test_a_closing_stopped_before_its_signature_is_begun_anew(here):
    (here.root / "certificate.txt.begun").write_text("half a certif")
    assert close(here).files
    assert not here.store.exists()


@pytest.mark.parametrize("kind", ["unsigned", "stranger", "no text", "changed", "elsewhere", "of another programme"])
def test_what_did_not_begin_here_or_has_changed_removes_nothing(here, tmp_path, kind):
    named, own = here.signed().programme.id, here.own().key
    (tmp_path / "mine").write_bytes(b"mine")
    store = ("centre.db", here.store.read_bytes())
    if kind == "unsigned":
        (here.root / "certificate.txt.begun").write_text(f"  {'0' * 64}  centre.db\n")
    elif kind == "stranger":
        begun(here.root, lines(named, store), key=keys.from_seed(b"s" * 32))
    elif kind == "no text":
        begun(here.root, lines(named, store).encode() + b"\xff", key=own)
    elif kind == "changed":
        begun(here.root, lines(named, store, ("originals/a.tradeoff", b"as it was")), key=own)
    elif kind == "elsewhere":
        begun(here.root, lines(named, ("../../mine", b"mine")), key=own)
    else:
        begun(here.root, lines("autumn", store), key=own)
    before = left(here)
    typed = "nonsense" if kind == "unsigned" else named
    wanted = {"unsigned": "close_word", "of another programme": "close_begun"}.get(kind, "close_altered")
    with pytest.raises(RuleError, check=lambda error: error.code == wanted):
        close(here, named=typed)
    assert left(here) == before
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert close(here, certificate=here.root / "another.txt").files  # as the sentence says


def test_on_a_laptop_a_stopped_closing_removes_no_workshop_that_is_locked(tmp_path):
    world = World(tmp_path)
    lead, places = world.lead, world.lead.places
    handing_over.hand_over(lead.desk, places, folder=world.stick("a"))
    opened, path = lead.desk.opened, lead.desk.store.path
    lead.workshops.leave(lead.desk)
    name = path.relative_to(places.root).as_posix()
    begun(places.root, lines(opened.programme, (name, path.read_bytes())), key=lead.own.key)

    def try_it():
        return ending.close_laptop(places, surroundings(), named=opened.programme, certificate=places.root / "certificate.txt")

    with pytest.raises(RuleError, check=lambda error: error.code == "close_locked"):
        try_it()
    with Store.look(path) as store:
        records = list(store.records(lead.desk.device))
        receipts.accept_code(places, store, receipts.receipt.code_of(records))
    assert try_it().files == 1
    assert not path.exists()


def test_a_damaged_store_beside_the_others_is_left_alone_and_named(tmp_path):
    world = World(tmp_path)
    lead, places = world.lead, world.lead.places
    handing_over.hand_over(lead.desk, places, folder=world.stick("a"))
    opened, path, records = lead.desk.opened, lead.desk.store.path, list(lead.desk.store.records(lead.desk.device))
    damaged = path.with_name("aaa.db")
    damaged.write_bytes(b"not a store, but long enough to be looked at" * 50)
    said = MergeReceipt(
        at="2026-11-03T18:00:00.000Z", held=[Head(device=records[0].device, seq=len(records), head=lead.desk.store.own().head)],
        programme=opened.programme, workshop=opened.workshop,
    )
    file = tmp_path / "one.receipt"
    file.write_bytes(receipt.write(said, key=world.centre.key))
    lead.workshops.leave(lead.desk)
    assert receipts.accept_here(places, file) == opened.workshop
    done = ending.close_laptop(places, surroundings(), named=opened.programme, certificate=tmp_path / "certificate.txt")
    assert (done.workshops, done.damaged, damaged.exists()) == ([opened.workshop], ("aaa.db",), True)
    assert (places.keys / opened.area / "signing_key").is_file()  # what is left of its bundles may need it
    with pytest.raises(MachineError, check=lambda error: error.facts["file"] == "aaa.db"):
        receipts.accept_here(places, file)


def test_on_a_laptop_only_what_the_centre_holds_is_deleted(tmp_path):
    world = World(tmp_path)
    lead, places = world.lead, world.lead.places
    handing_over.hand_over(lead.desk, places, folder=world.stick("a"))
    records, opened = list(lead.desk.store.records(lead.desk.device)), lead.desk.opened

    def files():
        return sorted(path for path in places.root.rglob("*") if path.is_file() and path.suffix != ".open" and path.name != "index.json")

    def try_it(name=opened.programme):
        lead.workshops.leave(lead.desk)
        try:
            return ending.close_laptop(places, surroundings(), named=name, certificate=tmp_path / "certificate.txt")
        finally:
            if lead.workshops.recent():
                lead.desk = lead.workshops.resume(places.workshops / f"{opened.workshop}.db")

    before = files()
    for name, code in (("another", "close_word"), (opened.programme, "close_locked")):
        with pytest.raises(RuleError, check=lambda error, code=code: error.code == code):
            try_it(name)
    assert files() == before
    receipts.accept_code(places, lead.desk.store, receipts.receipt.code_of(records))
    done = try_it()
    assert done.workshops == [opened.workshop]
    assert not [path for path in files() if path.suffix in {".db", ".tradeoff"} or "keys" in path.parts]
    assert lead.workshops.recent() == []
    assert f"  {opened.workshop}  {records[0].device}  {len(records)}  " in done.certificate.read_text()
