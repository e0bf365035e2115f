import csv
import os
import shutil
from datetime import UTC, datetime

import pytest

from tradeoff_desktop.app import content, laptop, programmes, reporting
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.store.store import Store

NOW = datetime(2027, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A laptop of its own: every folder of the program below one that is thrown away."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_a_wrong_call_ends_with_usage(command):
    assert command("merge").code == 2
    assert command("report", "--store", "x.db", "--out", "y.pdf").code == 2
    assert command("nonsense").code == 2


def test_a_missing_file_is_named(command, tmp_path):
    done = command("dump", "--store", tmp_path / "gone.db")
    assert done.code == 72
    assert "gone.db" in done.err


def test_errors_are_values_with_json(command, tmp_path):
    done = command("dump", "--store", tmp_path / "gone.db", "--json")
    assert (done.code, done.value["error"]) == (72, "store_missing")
    assert "gone.db" in done.value["message"]


def test_what_a_terminal_would_obey_is_not_printed(command, tmp_path):
    name = "gone\x1b[2J\x9b\u202e.db"
    for more in ([], ["--json"]):
        done = command("dump", "--store", tmp_path / name, *more)
        assert "gone[2J" in done.err
        assert not set(done.out + done.err) & set("\x1b\x9b\u202e")
    assert done.value["facts"]["file"] == name




def test_the_shipped_pack_is_right_and_has_an_identity(command):
    done = command("pack", "check", content.resources() / "packs" / "data-sharing", "--json")
    assert done.code == 0
    assert done.value["faults"] == []
    assert len(done.value["identity"]) == 64


def test_a_fault_in_a_pack_is_named_by_file_line_and_field(command, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(content.resources() / "packs" / "data-sharing", folder)
    path = folder / "scenarios" / "HOU-1.toml"
    path.write_text(path.read_text().replace('to = ["charity"]', 'to = ["circus"]', 1))
    done = command("pack", "check", folder)
    assert done.code == 1
    line = path.read_text().splitlines().index('to = ["circus"]') + 1
    assert f"HOU-1.toml:{line}" in done.out
    assert "circus" in done.out


def test_keys_are_made_once_shown_and_read_aloud(command, home):
    made = command("keys", "new", "--area", "MAN", "--json")
    assert made.code == 0
    assert made.value["principal"].startswith("MAN.")
    assert len(made.value["words"]) == 8
    again = command("keys", "new", "--area", "MAN")
    assert again.code == 73
    shown = command("keys", "show", "--json").value["keys"]
    assert [key["fingerprint"] for key in shown] == [made.value["fingerprint"]]
    aloud = command("keys", "words", made.value["enrolment"], "--json")
    assert aloud.value["words"] == made.value["words"]
    private = [path for path in (home / "data").rglob("*") if path.name in {"signing_key", "identity.key"}]
    assert {path.stat().st_mode & 0o077 for path in private} == {0}


def test_an_unknown_area_is_refused(command, home):
    done = command("keys", "new", "--area", "XXX")
    assert done.code == 1
    assert not list(home.rglob("signing_key"))


@pytest.fixture
def escrowed(command, home):
    """The options with which a programme is signed: the backup of the centre's key in a folder was tried out."""

    def make(folder):
        second = laptop.make("ESS").identity
        (home / "second.key").write_text(sealing.write_identity(second, "2027-01-01"))
        made = command("centre", "backup", "--key", folder, "--escrow", second.recipient, "--out", home / "backup")
        assert made.code == 0, made.err
        back = command("centre", "restore", home / "backup", "--identity", home / "second.key", "--out", home / "r", "--json")
        return ["--key", folder, "--escrow", second.recipient, "--restored", " ".join(back.value["words"])]

    return make


def test_a_programme_is_not_signed_before_the_backup_was_tried_out(command, home, escrowed):
    *options, _ = escrowed(home / "centre")
    done = command("programme", "new", programmes.shipped_source(), *options, "abbey", "--out", home / "x")
    assert done.code == 1
    assert "backup" in done.err
    assert not (home / "x").exists()


def test_a_programme_is_signed_checked_and_read_aloud(command, road, home, escrowed):
    enrolment = command("keys", "new", "--area", "ESS", "--json").value["enrolment"]
    file = home / "plan.tradeoff-programme"
    made = command(
        "programme", "new", programmes.shipped_source(), *escrowed(home / "centre"), "--enrolment", enrolment,
        "--out", file, "--json",
    )
    assert made.code == 0, made.err
    other = command("report", "--store", road.store, "--full", "--programme", file, "--out", home / "x.pdf")
    assert (other.code, "another programme" in other.err, (home / "x.pdf").exists()) == (1, True, False)
    checked = command("programme", "check", file, "--json")
    assert checked.code == 0
    assert checked.value["words"] == made.value["words"]
    assert command("keys", "words", file, "--json").value["words"] == made.value["words"]
    assert command("programme", "trust", file, "--out", home / "trust").code == 0
    signers = home / "trust" / "allowed_signers"
    assert signers.read_text().startswith("ESS.")
    assert (home / "trust" / "revoked_keys").read_text() == ""
    assert command("programme", "trust", file, "--out", home / "trust").code == 0  # the same once more
    words = " ".join(made.value["words"])
    assert words in command("programme", "trust", file, "--out", home / "trust").out  # to compare with the printed letter
    wrong = command("programme", "trust", file, "--out", home / "other", "--words", "abbey " * 8)
    assert (wrong.code, (home / "other").exists()) == (1, False)
    assert command("programme", "trust", file, "--out", home / "other", "--words", words).code == 0
    identity = home / "centre" / "identity.key"
    taken = ("merge", file, "--store", home / "s.db", "--trust", home / "trust" / "allowed_signers", "--identity", identity, "--programme", file)
    assert words in command(*taken, "--dry-run").out
    assert "words" in command(*taken, "--dry-run", "--words", "abbey " * 8).err
    signers.write_text(signers.read_text() + "# enrolled since\n")
    refused = command("programme", "trust", file, "--out", home / "trust")
    assert refused.code == 72
    assert "Another file called allowed_signers is already there" in refused.err
    assert signers.read_text().endswith("# enrolled since\n")
    altered = home / "altered.tradeoff-programme"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    altered.write_bytes(data)
    assert command("programme", "check", altered).code == 1


def test_a_plan_with_a_fault_is_not_signed(command, home, escrowed):
    plan = home / "plan.toml"
    plan.write_text(programmes.shipped_source().read_text().replace('scenario = "HSC-1"', 'scenario = "HOU-1"', 1))
    checked = command("programme", "check", plan)
    assert checked.code == 1
    done = command("programme", "new", plan, *escrowed(home / "centre"), "--out", home / "x")
    assert done.code == 1
    assert not (home / "x").exists()


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_a_folder_that_was_there_keeps_its_rights(command, home, escrowed):
    folder = home / "mine"
    folder.mkdir(mode=0o755)
    done = command("programme", "new", programmes.shipped_source(), *escrowed(folder), "--out", home / "x")
    assert done.code == 0, done.err
    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / "signing_key").stat().st_mode & 0o777 == 0o600


def test_the_doctor_looks_at_everything(command, home):
    command("keys", "new", "--area", "MAN")  # what the program makes itself, its own doctor finds well
    done = command("doctor", "--json")
    assert done.code == 0, done.out
    names = {check["name"] for check in done.value["checks"]}
    assert (home / "data" / "tradeoff-desktop").is_dir()
    assert names == {"Python", "Data folder", "Disk", "Synced folder", "Privacy", "Store", "Pack", "Keys", "Clock"}


def test_the_doctor_says_in_a_sentence_what_is_wrong(command, home):
    command("keys", "new", "--area", "MAN")
    next(home.rglob("signing_key")).write_text("no key")
    done = command("doctor")
    assert done.code == 1
    assert "NO  Keys: This file is not a laptop's key, or is damaged." in done.out


def test_reports_are_written_once_and_never_over_another_file(command, road, tmp_path):
    file = tmp_path / "essex.pdf"
    assert command("report", "--store", road.store, "--area", "ESS", "--out", file).code == 0
    before = file.read_bytes()
    assert before.startswith(b"%PDF-")
    assert command("report", "--store", road.store, "--area", "ESS", "--out", file).code == 73
    assert file.read_bytes() == before


@pytest.mark.parametrize(("option", "value", "code"), [("--area", "SHF", "area"), ("--workshop", "nowhere", "workshop")])
def test_a_report_on_what_is_not_there_is_refused(command, road, tmp_path, option, value, code):
    done = command("report", "--store", road.store, option, value, "--out", tmp_path / "x.pdf")
    assert done.code == 1
    assert code in done.err.lower()


def test_the_full_report_of_an_empty_store_is_refused(command, tmp_path):
    Store.create(tmp_path / "empty.db").close()
    done = command("report", "--store", tmp_path / "empty.db", "--full", "--out", tmp_path / "x.pdf")
    assert done.code == 1


def test_a_report_is_html_where_its_name_says_so_with_its_figures_beside_it(command, road, tmp_path):
    done = command("report", "--store", road.store, "--area", "ESS", "--out", tmp_path / "essex.html", "--figures", tmp_path / "figures", "--json")
    assert (tmp_path / "essex.html").read_bytes().startswith(b"<!DOCTYPE html>")
    names = {path.suffix for path in (tmp_path / "figures").iterdir()}
    assert (done.code, names) == (0, {".svg", ".pdf"})
    again = command("report", "--store", road.store, "--full", "--out", tmp_path / "x.pdf", "--figures", tmp_path / "figures")
    assert (again.code, (tmp_path / "x.pdf").exists()) == (1, False)


def test_a_report_says_how_far_it_is_and_a_stop_leaves_nothing(road, tmp_path):
    store = tmp_path / "centre.db"
    shutil.copy(road.store, store)
    before = store.read_bytes()
    calls = []
    asked, places = reporting.Asked("area", "ESS"), {"file": tmp_path / "x.pdf", "figures": tmp_path / "figures"}

    def count(what, done, of):
        calls.append((what, done, of))

    reporting.report(store, asked, file=tmp_path / "whole.pdf", now=NOW, figures=tmp_path / "whole", draft=True, progress=count)
    assert list(dict.fromkeys(what for what, _, _ in calls)) == ["reading the answers", "writing the report", "drawing the figures"]
    assert all(done <= of for _, done, of in calls)
    for last in (1, 2, len(calls) // 2, len(calls)):
        left = iter(range(last - 1))

        def stop(_what, _done, _of, left=left):
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            reporting.report(store, asked, **places, now=NOW, progress=stop)
        assert not any(path.exists() for path in places.values())
        assert store.read_bytes() == before


def test_findings_are_told_printed_to_twelve_digits_and_written_as_open_tables(command, road, tmp_path):
    told = command("findings", "--store", road.store, "--csv", tmp_path / "tables")
    assert "more people moved towards" in told.out
    value = command("findings", "--store", road.store, "--json").value
    assert value["digest"] in told.out
    assert (value["engine"], value["release"], set(value["seeds"])) == ("findings-1", "safeguarded", {"D", "O", "A"})
    shifts = {axis["axis"]: axis["shift"]["mean"] for axis in value["axes"]}
    assert all(mean != round(mean, 6) for mean in shifts.values())
    with (tmp_path / "tables" / "means.csv").open(encoding="utf-8", newline="") as file:
        printed = {row["axis"]: float(row["mean"]) for row in csv.DictReader(file) if row["what"] == "shift" and row["axis"]}
    assert printed == pytest.approx(shifts, abs=0.0501)
    assert command("findings", "--store", road.store, "--csv", tmp_path / "tables").code == 1


def test_unpacking_over_something_is_refused(command, road, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    done = command("unpack", road.bundles[0], "--identity", road.identity, "--out", tmp_path / "full")
    assert done.code == 1
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_every_command_helps_itself(command):
    for words in (["--help"], ["merge", "--help"], ["keys", "--help"], ["programme", "new", "--help"], ["--version"]):
        assert command(*words).code == 0


def test_a_laptop_is_enrolled_renewed_and_taken_back(command, home):
    made = command("keys", "new", "--area", "ESS", "--json").value
    trust = ["--trust", home / "allowed_signers"]
    assert command("trust", "enrol", made["enrolment"], *trust, "--words", "not those").code == 1
    done = command("trust", "enrol", made["enrolment"], *trust, "--words", " ".join(made["words"]))
    assert done.code == 0, done.err
    renewed = command("keys", "renew", "--area", "ESS", "--json").value
    assert (renewed["principal"], renewed["recipient"]) == (made["principal"], made["recipient"])
    assert "vouches" in command("trust", "enrol", renewed["enrolment"], *trust).out
    assert (home / "allowed_signers").read_text().count(made["principal"]) == 2
    assert command("trust", "revoke", made["enrolment"], *trust).code == 0
    assert made["public"] in (home / "revoked_keys").read_text()


def test_the_centre_gives_receipts(command, road, tmp_path):
    with Store.look(road.store) as held:
        workshop = held.devices()[0].workshop
    done = command(
        "receipt", "write", "--store", road.store, "--workshop", workshop, "--key", road.centre / "keys",
        "--out", tmp_path, "--json",
    )
    assert done.code == 0, done.err
    assert {len(code.replace(" ", "")) for code in done.value["codes"].values()} == {8}
    whole = command("receipt", "write", "--store", road.store, "--key", road.centre / "keys", "--out", tmp_path / "all", "--json")
    assert len(list((tmp_path / "all").glob("*.receipt"))) == 3
    assert whole.value["codes"].items() > done.value["codes"].items()


def test_a_moment_of_receipt_can_be_given(command, road):
    early = command("verify", road.bundles[0], *road.access, "--received", "20190101000000Z", "--json")
    assert early.value["bundles"][0]["code"] == "signer_not_yet_valid"
    assert command("verify", road.bundles[0], *road.access, "--received", "20270303000000Z").code == 0


def test_the_centres_own_words_stand_in_the_report(command, road, tmp_path):
    store, words = tmp_path / "centre.db", tmp_path / "words.txt"
    shutil.copy(road.store, store)
    shutil.copytree(road.centre / "packs", tmp_path / "packs")
    for text in ("Old words.", "Thanks to {people} people.\n\n{answer D}"):
        words.write_text(text, "utf-8")
        assert command("narrative", "foreword", words, "--store", store, "--key", road.centre / "keys").code == 0
    assert command("report", "--store", store, "--full", "--out", tmp_path / "full.html").code == 0
    page = (tmp_path / "full.html").read_text("utf-8")
    assert "Thanks to " in page
    assert "Old words." not in page
    assert "{answer" not in page
    assert command("narrative", "no slot", words, "--store", store, "--key", road.centre / "keys").code == 1
    assert command("narrative", "foreword", words, "--store", store, "--key", tmp_path).code == 72


def test_the_centres_store_is_made_anew_and_what_waits_is_listed(command, road, tmp_path):
    shutil.copytree(road.centre, tmp_path / "centre")
    store, by = tmp_path / "centre" / "centre.db", road.access
    done = command("centre", "rebuild", "--store", store, *by, "--out", tmp_path / "anew.db", "--json")
    assert (done.code, done.value["same"], done.value["missing"]) == (0, True, [])
    assert command("dump", "--store", tmp_path / "anew.db").out == command("dump", "--store", store).out
    assert command("centre", "waiting", "--store", store, *by).out == "Nothing is kept aside.\n"
    key = road.centre / "keys"
    refused = command("centre", "rule", "x.tradeoff", "--store", store, *by, "--key", key, "--reason", "why", "--json")
    assert refused.value["error"] == "not_waiting"


def test_a_receipt_for_nothing_here_is_refused(command, home):
    (home / "x.receipt").write_bytes(b"")
    assert "not from the central team" in command("receipt", "accept", home / "x.receipt").err
