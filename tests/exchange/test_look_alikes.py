"""Letters that only look like others: wherever a name, a code or a word decides something, they are other letters."""

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, programme, trust
from tradeoff_desktop.model import codec, seats
from tradeoff_desktop.model import records as r

CYRILLIC, WIDE, MARKED, HIDDEN = "\u041cAN", "\uff2dAN", "M\u0301AN", "M\u200bAN"


@pytest.mark.parametrize("area", [CYRILLIC, WIDE, MARKED, HIDDEN])
def test_a_laptop_of_an_area_that_looks_like_another_is_none(area, world):
    line = trust.write(world.trusted(world.LEAD)).replace("MAN.", f"{area}.")
    with pytest.raises(TrustError, match="bad_trust_line"):
        trust.read(line)


@pytest.mark.parametrize(("field", "value"), [
    ("area", CYRILLIC), ("area", WIDE), ("workshop", "m\u0430n-2026-11"), ("workshop", "man\u20112026\u201111"), ("workshop", "man-2026-11\u200b"),
    ("laptop", "MAN.l\u0435adlaptop@tradeoff"), ("laptop", "MAN.leadlaptop\uff20tradeoff"),
])
def test_no_record_names_what_only_looks_like_a_code(world, field, value):
    good = codec.encode(world.opened()).decode()
    spoilt = good.replace(f'"{field}":"{getattr(world.opened(), field)}"', f'"{field}":"{value}"')
    assert spoilt != good
    assert codec.decode(good.encode(), r.Opened) == world.opened()
    with pytest.raises(TrustError):
        codec.decode(spoilt.encode(), r.Opened)


@pytest.mark.parametrize("typed", ["\u041eABCDEF1", "\uff112345678", "ABCD\u200bEF1", "\u0410BCDEFG1", "\uff21BCDEFG1"])
def test_a_code_that_looks_right_is_refused(typed):
    with pytest.raises(TrustError, match="bad_workshop_code"):
        comparison.read_workshop_code(typed)


@pytest.mark.parametrize("typed", ["\uff11\uff10\uff15", "\u0661\u0660\u0665", "10\u096b", "1O5", "l05"])
def test_a_seat_code_is_three_plain_digits(typed):
    assert not seats.is_code(typed)


def test_the_words_that_are_compared_are_plain_letters(world):
    spoken = comparison.key_words(world.LEAD.key.public)
    assert all(word.isascii() and word.islower() for word in spoken)
    assert tuple(" ".join(spoken).replace("e", "\u0435").split()) != spoken


def test_an_enrolment_of_an_area_that_looks_like_another_is_none(world):
    with pytest.raises(TrustError):
        programme.read_enrolment(programme.write_enrolment(
            f"{CYRILLIC}.leadlaptop@tradeoff", key=world.LEAD.key, recipient=world.LEAD.identity.recipient,
        ))
