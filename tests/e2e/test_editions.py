"""A report is published, somebody withdraws, and the report is issued again: the two together give nobody away."""

import shutil
import subprocess
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tradeoff_desktop.app import centre, editions, evidence, reporting
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.findings.disclosure import SDC_1
from tradeoff_desktop.report.parts_method import grouped
from tradeoff_desktop.store.store import Store

MAN = "practice-MAN-2027-A"
NOW = datetime(2027, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def issued(command, road, tmp_path_factory):
    """A store of three areas: published, one seat withdrawn by a later bundle, and published again."""
    folder = tmp_path_factory.mktemp("editions")
    store, lead = folder / "centre.db", sorted(file for file in road.bundles if "MAN" in file.name)
    with_seat = {file.stem.rpartition("-")[0]: file for file in reversed(lead)}  # the earlier of the lead's two
    later = [file for file in lead if file not in with_seat.values()]
    assert len(later) == 1
    files = [file for file in road.bundles if file not in later]
    assert command("merge", *files, "--store", store, *road.access).code == 0
    full = command("report", "--store", store, "--full", "--out", folder / "first.html")
    assert full.code == 0, full.err
    assert command("report", "--store", store, "--area", "MAN", "--out", folder / "man.html").code == 0
    shutil.copy(store, folder / "published.db")
    assert command("merge", *later, "--store", store, *road.access).code == 0
    assert command("report", "--store", store, "--full", "--out", folder / "second.html").code == 0
    assert command("report", "--store", store, "--area", "MAN", "--out", folder / "man2.html").code == 0
    return folder


def kept(store):
    with Store.look(store) as held:
        return editions.read(held)


def rows(edition, scope=editions.WHOLE):
    return dict(edition.scopes[scope].rows)


def test_somebody_left_between_the_editions(issued):
    first, _, second, _ = kept(issued / "centre.db")
    changed = [name for name, row in rows(second).items() if name[0] == MAN and row.n != rows(first)[name].n]
    assert len(changed) > 10
    assert {rows(second)[name].n - rows(first)[name].n for name in changed if rows(second)[name].n} == {-1}


def test_no_two_editions_differ_by_a_few_people(issued):
    found = kept(issued / "centre.db")
    compared = hidden = 0
    for place, later in enumerate(found):
        for earlier in found[:place]:
            for scope in set(later.scopes) & set(earlier.scopes):
                before = rows(earlier, scope)
                for name, row in rows(later, scope).items():
                    hidden += row.reason == "edition"
                    compared += 1
                    assert says_little(before[name], row), (name, before[name], row)
    assert compared > 1000
    assert hidden > 10


def says_little(before, after):
    """Whether what both rows print, held against each other, changed by nobody or by five people or more."""
    starts = sorted(set(before.starts) & set(after.starts))
    if len(starts) < 2:
        return before == after or after.direction in {None, before.direction}
    changes = [summed(after, low, high) - summed(before, low, high) for low, high in pairwise([*starts, 99])]
    finer = not set(after.starts) <= set(before.starts)
    return not finer and (not any(changes) or min(map(abs, changes)) >= SDC_1.block)


def summed(row, low, high):
    return sum(people for start, people in zip(row.starts, row.people, strict=True) if low <= start < high)


def test_control_without_the_earlier_edition_the_pair_would_tell(issued):
    """The same answers, published as if nothing had been before: the difference is one person's."""
    first = rows(kept(issued / "centre.db")[0])
    with Store.look(issued / "centre.db") as held:
        states = centre.states(held, centre.pack_of(held))
    alone = dict(editions.edition_of(evidence.find_in(states, audience="published")).rows)
    assert any(not says_little(first[name], row) for name, row in alone.items() if name[0] == MAN)


def test_means_give_way_where_the_people_behind_them_changed(issued):
    first, _, second, _ = kept(issued / "centre.db")
    old, new = (dict(edition.scopes[editions.WHOLE].means) for edition in (first, second))
    for name, told in new.items():
        same = (told.workshops, told.people) == (old[name].workshops, old[name].people)
        assert told.value is None or (same and told.value == old[name].value)
    assert any(told.reason == "edition" for told in new.values())


def test_what_changed_nothing_is_the_same_edition(issued, command, tmp_path):
    shutil.copy(issued / "centre.db", tmp_path / "centre.db")
    file = tmp_path / "again.html"
    assert command("report", "--store", tmp_path / "centre.db", "--full", "--out", file).code == 0
    assert file.read_bytes() == (issued / "second.html").read_bytes()
    assert len(kept(tmp_path / "centre.db")) == 4


def test_a_draft_is_held_against_editions_and_is_none(issued, command, tmp_path):
    shutil.copy(issued / "published.db", tmp_path / "centre.db")
    for area, option in (("ESS", ["--draft"]), ("ESS", [])):
        before = len(kept(tmp_path / "centre.db"))
        done = command("report", "--store", tmp_path / "centre.db", "--area", area, "--out", tmp_path / f"{before}{len(option)}.html", *option)
        assert done.code == 0
        assert len(kept(tmp_path / "centre.db")) == before + (not option)


def test_a_report_says_which_edition_it_is_and_a_draft_says_so_on_every_page(issued, command, tmp_path):
    digests = [edition.digest for edition in kept(issued / "centre.db")]
    for name, number in (("first", 1), ("man", 2), ("second", 3), ("man2", 4)):
        told = f"{number} of those published from one store; digest up to it {grouped(digests[number - 1])}"
        assert told in (issued / f"{name}.html").read_text("utf-8")
    shutil.copy(issued / "centre.db", tmp_path / "centre.db")
    done = command("report", "--store", tmp_path / "centre.db", "--area", "MAN", "--draft", "--out", tmp_path / "draft.pdf")
    assert done.code == 0, done.err
    pages = subprocess.run(["pdftotext", "-layout", tmp_path / "draft.pdf", "-"], capture_output=True, check=True, text=True).stdout.split("\f")[:-1]
    assert len(pages) > 3
    assert all(reporting.DRAFT in page for page in pages)
    assert reporting.DRAFT not in (issued / "man2.html").read_text("utf-8")


def test_no_edition_is_kept_of_a_report_that_could_not_be_written(issued, tmp_path):
    store = tmp_path / "centre.db"
    shutil.copy(issued / "published.db", store)
    (tmp_path / "taken.html").write_text("here already", "utf-8")
    before = kept(store)
    for file, code in ((tmp_path / "taken.html", "file_exists"), (tmp_path / "nowhere" / "x.html", "folder_missing")):
        with pytest.raises(MachineError, match=code):
            reporting.report(store, reporting.Asked("area", "ESS"), file=file, now=NOW)
    assert kept(store) == before


@pytest.mark.parametrize(("change", "code"), [
    ("DELETE FROM about WHERE name = 'edition.000001'", "edition_missing"),
    ("DELETE FROM about WHERE name = 'edition.000004'", "edition_missing"),
    ("DELETE FROM about WHERE name = 'edition_seal.000004'", "edition_missing"),
    ("UPDATE about SET value = 'x' || value WHERE name = 'edition.000002'", "edition_damaged"),
    ("UPDATE about SET value = substr(value, 1, 500) WHERE name = 'edition.000001'", "edition_damaged"),
    ("UPDATE about SET value = (SELECT value FROM about WHERE name = 'edition.000001') WHERE name = 'edition.000002'", "edition_damaged"),
])
def test_nothing_is_published_beside_an_edition_that_cannot_be_read(issued, command, tmp_path, change, code):
    store = tmp_path / "centre.db"
    shutil.copy(issued / "centre.db", store)
    with Store.open(store) as held:
        held._connection.execute(change)
        held._connection.commit()
    for words in (["report", "--full", "--out", tmp_path / "x.pdf"], ["report", "--area", "ESS", "--draft", "--out", tmp_path / "x.pdf"],
                  ["data", "--release", "open", "--out", tmp_path / "x"], ["findings"]):
        done = command(words[0], "--store", store, *words[1:])
        assert (done.code != 0, "edition" in done.err, "copy" in done.err) == (True, True, True), done.err
    assert not (tmp_path / "x.pdf").exists()
    with pytest.raises(MachineError, match=code):
        reporting.findings(store)


def test_a_store_made_anew_knows_what_was_published(issued, command, road, tmp_path):
    shutil.copytree(issued, tmp_path / "centre")
    done = command("centre", "rebuild", "--store", tmp_path / "centre" / "centre.db", "--out", tmp_path / "centre" / "new.db", *road.access)
    assert done.code == 0, done.err
    assert kept(tmp_path / "centre" / "new.db") == kept(issued / "centre.db")
