"""Programme files taken in: the first is compared, its key is known from then on, another's is refused."""

import pytest

from tradeoff_desktop.app import content, laptop, programmes, shelf
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import MachineError, TrustError
from tradeoff_desktop.exchange.programme import write_programme

PACK = content.shipped()
CENTRE = laptop.make("CTR", seed=bytes(range(64)), id_="centre0001")
OTHER = laptop.make("CTR", seed=bytes(range(64, 128)), id_="centre0002")


def write(path, signer, *, previous=None, after=0):
    keys = programmes.Keys(signing=signer.public_line, centre=signer.identity.recipient)
    planned = programmes.plan(programmes.shipped_source(), pack=PACK, keys=keys, after=after)
    path.write_bytes(write_programme(planned, PACK, key=signer.key, previous=previous.key if previous else None))
    return path


@pytest.fixture
def places(tmp_path):
    return folders(tmp_path / "data")


@pytest.fixture
def file(tmp_path):
    return write(tmp_path / "a.programme", CENTRE)


def test_the_first_file_is_not_known_until_it_is_accepted(places, file):
    found = shelf.look(places, file)
    assert not found.known
    assert len(found.signed.words) == 8
    shelf.accept(places, found)
    assert shelf.look(places, file).known
    kept = shelf.programme(places, found.signed.programme.id)
    assert kept is not None
    assert kept.programme == found.signed.programme


def test_looking_alone_keeps_nothing(places, file):
    found = shelf.look(places, file)
    assert shelf.programme(places, found.signed.programme.id) is None
    assert not places.programmes.exists()


def test_another_central_team_is_refused_with_its_words(places, file, tmp_path):
    shelf.accept(places, shelf.look(places, file))
    with pytest.raises(TrustError) as refused:
        shelf.look(places, write(tmp_path / "b.programme", OTHER))
    assert refused.value.code == "other_programme_key"
    assert len(refused.value.facts["words"].split()) == 8


def test_a_new_key_signed_by_the_old_one_is_taken_and_pinned(places, file, tmp_path):
    shelf.accept(places, shelf.look(places, file))
    changed = shelf.look(places, write(tmp_path / "b.programme", OTHER, previous=CENTRE))
    assert changed.known
    shelf.accept(places, changed)
    assert shelf.look(places, write(tmp_path / "c.programme", OTHER)).known


def test_an_older_file_is_refused_over_a_newer_one_with_words(places, file, tmp_path):
    newer = write(tmp_path / "b.programme", CENTRE, after=3)
    shelf.accept(places, shelf.look(places, newer))
    with pytest.raises(TrustError) as refused:
        shelf.look(places, file)
    assert (refused.value.code, refused.value.facts["at_fault"]) == ("programme_older", "content")
    assert "issue 1, and issue 4 is here" in str(say(refused.value))
    assert shelf.look(places, newer).known
    shelf.accept(places, shelf.look(places, write(tmp_path / "c.programme", CENTRE, after=4)))
    with pytest.raises(TrustError, match="programme_older"):
        shelf.look(places, newer)


def test_what_stands_in_the_way_of_a_kept_programme_is_named(places, file):
    found = shelf.look(places, file)
    kept = places.programmes / f"{found.signed.programme.id}.programme"
    kept.mkdir(parents=True)
    with pytest.raises(MachineError, check=lambda error: error.code == "in_the_way") as refused:
        shelf.accept(places, shelf.look(places, file))
    assert kept.name in str(say(refused.value))


def test_one_flipped_byte_is_refused(places, file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(TrustError):
        shelf.look(places, file)


def test_a_file_that_is_not_there_is_said_so(places, tmp_path):
    with pytest.raises(MachineError) as refused:
        shelf.look(places, tmp_path / "nothing")
    assert refused.value.code == "file_missing"
