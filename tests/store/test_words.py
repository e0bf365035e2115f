"""Searching the words of notes: what is found, and that erased words are nowhere in the file."""

import sqlite3

import pytest

from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Change, Store

DEVICE = "abcdefghij"


def opened():
    return r.Opened(
        role="lead", workshop="ESS-A", area="ESS", laptop="ESS.k3v9x2q7aa@tradeoff", key="ssh-ed25519 x", pack="0" * 64,
        programme="p",
    )


def chained(*bodies, device=DEVICE):
    return [
        codec.seal_body(body, device=device, seq=seq, at="2027-03-03T13:31:05.123Z", salt=f"{seq:032x}")
        for seq, body in enumerate([opened(), *bodies], start=1)
    ]


def note(text, *tags):
    return r.Note(role="lead", text=text, step="break", tags=list(tags))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "w.db"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sell", {2}), ("they sell", {2}), ("sell they", {2}), ("SEL", {2}), ("cafe", {3}), ("priv", {3}),
        ("nothing here", set()), ("", set()), ("  ", set()), ('" OR *', set()), ("_", set()), ("they'd", {2}),
        ("clinic", {3}),
    ],
)
def test_every_word_typed_begins_a_word_of_the_note_its_tags_or_its_clarification(typed, found):
    records = chained(note("They'd sell it on"), note("In the café", "privacy"))
    about = r.Clarification(role="lead", of=records[2].ref, text="the clinic's, not the town's")
    with Store.create() as store:
        store.append(records)
        store.append(chained(note("They'd sell it on"), note("In the café", "privacy"), about)[3:])
        assert {seq for _, seq in store.find_notes(typed)} == found


def bytes_of(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.parametrize("way", ["erase", "take_in"])
def test_erased_words_are_nowhere_in_the_file_index_and_journal_included(path, way):
    records = chained(*(note(f"Holroyd lives at number {n} in Quarmby") for n in range(40)), note("kept words"))
    with Store.create(path) as store:
        store.append(records)
        assert b"holroyd" in bytes_of(path).lower()
        if way == "erase":
            store.erase(records[1:-1])
        else:
            store.take_in([Change(device=DEVICE, workshop="ESS-A", erase=tuple(one.key for one in records[1:-1]))])
        assert set(store.find_notes("holroyd")) == set()
        assert {seq for _, seq in store.find_notes("kept")} == {42}
        for word in (b"holroyd", b"quarmby"):
            assert word not in bytes_of(path).lower()
    assert b"holroyd" not in bytes_of(path).lower()


def test_what_another_laptop_wrote_is_found_too():
    other = chained(note("from table three"), device="tabledevic")
    with Store.create() as store:
        store.append(chained(note("from the lead")))
        store.take_in([Change(device="tabledevic", workshop="ESS-A", insert=tuple(other))])
        assert set(store.find_notes("from")) == {(DEVICE, 2), ("tabledevic", 2)}


def test_a_store_of_the_first_version_is_indexed_when_it_is_opened(path):
    with Store.create(path) as store:
        store.append(chained(note("old words")))
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE words")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'notes_can_be_searched'")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Store.look(path) as store:
        assert len(list(store.records())) == 2
    with Store.open(path) as store:
        assert set(store.find_notes("old")) == {(DEVICE, 2)}
