"""The audit for a data protection officer: what is held and where, what went in and out, what is deleted; never an answer."""

import shutil
import subprocess

import pytest

from tradeoff_desktop.app import released
from tradeoff_desktop.store.store import Store


@pytest.fixture(scope="module")
def centre(road, tmp_path_factory):
    """A copy of the rehearsal's centre, from which a report and data went out."""
    return shutil.copytree(road.centre, tmp_path_factory.mktemp("audited") / "centre")


@pytest.fixture(scope="module")
def told(centre, command):
    store = centre / "centre.db"
    for words in (("report", "--host", "practice-ESS-2027-A", "--out", centre / "host.pdf"),
                  ("report", "--host", "practice-ESS-2027-A", "--out", centre / "draft.pdf", "--draft"),
                  ("data", "--release", "safeguarded", "--out", centre / "data")):
        done = command(*words, "--store", store)
        assert done.code == 0, done.err
    file = centre / "audit.pdf"
    done = command("audit", "--store", store, "--programme", centre / "programme.tradeoff-programme", "--out", file)
    assert done.code == 0, done.err
    return " ".join(subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode().split())


def test_it_is_a_tagged_pdf(told, centre):
    assert told
    assert "Tagged:          yes" in subprocess.run(["pdfinfo", centre / "audit.pdf"], capture_output=True, check=True).stdout.decode()
    subprocess.run(["qpdf", "--check", centre / "audit.pdf"], capture_output=True, check=True)


def test_it_says_what_is_held_and_until_when(told, centre):
    with Store.look(centre / "centre.db") as held:
        ratings = sum(one.kind == "rating" for one in held.records())
        gone = sum(one.erased for one in held.records())
    assert f"Answers on sheets private marks, under the code of a seat {ratings}" in told
    assert "Everything held here by 31 March 2028" in told
    assert f"done: {gone} records erased in the store" in told
    assert "originals, beside the store: 13 bundles" in told


def test_it_dates_every_withdrawal_taking_in_and_export(told, centre):
    assert "9 March 2027 Greater Manchester somebody left the" in told
    with Store.look(centre / "centre.db") as held:
        assert all(one.signer.removesuffix("@tradeoff") in told for one in held.receipts())
    assert "Safeguarded" in told
    assert "host.pdf" in told
    assert "draft.pdf" not in told
    assert "counts are not shown separately" in told


def test_no_seat_code_and_no_words_of_anybody_stand_in_it(told, road):
    left = {one["withdrawn"] for one in road.summary["workshops"] if one.get("withdrawn")}
    with Store.look(road.store) as held:
        words = [record.body.text for record in held.records() if record.kind == "note" and record.body is not None]
    assert words
    assert not [one for one in words if one in told]
    assert not left & set(told.split())


def test_what_goes_out_is_noted_before_it_is_written(centre, command):
    before = released.read(centre / "centre.db")
    done = command("data", "--store", centre / "centre.db", "--release", "open", "--out", centre / "open")
    assert done.code == 0, done.err
    new = released.read(centre / "centre.db")[len(before):]
    assert [one.what for one in new] == ["Open data"]
    damaged = centre / "centre.released"
    damaged.write_text("[[1")
    refused = command("data", "--store", centre / "centre.db", "--release", "open", "--out", centre / "again")
    assert refused.code == 72, refused.err
    assert not (centre / "again").exists()
