"""No altered bundle is accepted, and nothing but ``TrustError`` ever comes out of the reader."""

import random
import time

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bundle, sealing

SAMPLES = 500  # of each way to alter each of the two forms: 5,000 in all
WAYS = ("flip", "cut", "insert", "delete", "swap")
FORMS = ("plain_bundle", "sealed_bundle")


def altered(data, way, place, draw):
    """``data`` with one thing changed at ``place``."""
    if way == "flip":
        return data[:place] + bytes([data[place] ^ draw.randrange(1, 256)]) + data[place + 1 :]
    if way == "cut":
        return data[:place]
    if way == "insert":
        return data[:place] + draw.randbytes(draw.randrange(1, 9)) + data[place:]
    if way == "delete":
        return data[:place] + data[place + draw.randrange(1, 9) :]
    other = draw.randrange(len(data))
    first, second = sorted((place, other))
    return data[:first] + data[second : second + 1] + data[first + 1 : second] + data[first : first + 1] + data[second + 1 :]


def check_refused(world, good, bad):
    if bad != good:
        with pytest.raises(TrustError) as caught:
            world.opening(bad)
        assert caught.value.facts["at_fault"] in {"signer", "content", "format", "area", "age", "chain"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_a_sample_of_alterations_is_refused(world, request, form, way):
    good = request.getfixturevalue(form)
    assert world.opening(good).records  # else refusing everything would pass
    draw = random.Random(f"{form}{way}")  # noqa: S311 - alterations, no secrets; the same ones every time
    # The beginning and the end hold most of the structure; the sample leans towards them.
    edges = [*range(400), *range(len(good) - 400, len(good))]
    for _ in range(SAMPLES):
        place = draw.choice(edges) if draw.random() < 0.5 else draw.randrange(len(good))
        check_refused(world, good, altered(good, way, place, draw))


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
def test_every_place_altered_is_refused(world, request, form, way):
    good = request.getfixturevalue(form)
    draw = random.Random(f"{form}{way} at length")  # noqa: S311 - alterations, no secrets; the same ones every time
    for place in range(len(good)):
        check_refused(world, good, altered(good, way, place, draw))


@pytest.mark.parametrize("way", ["flip", "insert"])
def test_a_reader_that_skips_a_check_is_found_out(world, request, monkeypatch, plain_bundle, way):
    """The same sample against a reader that looks at no more than the first kilobyte."""
    read = bundle.read
    monkeypatch.setattr(
        bundle, "read", lambda data, **how: read(plain_bundle if data[:1024] == plain_bundle[:1024] else data, **how),
    )
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_a_sample_of_alterations_is_refused(world, request, "plain_bundle", way)


@pytest.mark.parametrize("name", ["other contents", "cut", "one byte", "no age", "many recipients"])
def test_malformed_bundles_of_4_mib_are_refused_within_50_ms(world, plain_bundle, name):
    filler = bytes(4 * 1024 * 1024)
    whole = sealing.encrypt(filler, [world.CENTRE.identity.recipient])
    data = {
        "other contents": whole,
        "cut": whole[:-1],
        "one byte": whole[:-5000] + bytes([whole[-5000] ^ 1]) + whole[-4999:],
        "no age": plain_bundle + filler,
        "many recipients": b"age-encryption.org/v1\n" + b"-> X25519 aaaa\nbbbb\n" * 200_000,
    }[name]
    took = []
    for _ in range(3):  # the best of three: another program on the machine is not our slowness
        began = time.perf_counter()
        with pytest.raises(TrustError):
            world.opening(data)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05


def test_reading_never_depends_on_what_was_read_before(world, plain_bundle, sealed_bundle):
    before = world.opening(sealed_bundle)
    with pytest.raises(TrustError):
        world.opening(plain_bundle[:-1])
    assert world.opening(sealed_bundle) == before
    assert bundle.file_name(before.info).endswith(".tradeoff")
