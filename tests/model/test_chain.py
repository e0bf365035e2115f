import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r

AT = "2027-03-03T13:31:05.123Z"


def run(texts, device="abcdefghij"):
    return [
        codec.seal_body(
            r.Note(role="lead", text=text, step="talk"), device=device, seq=seq, at=AT, salt=f"{seq:032x}",
        )
        for seq, text in enumerate(texts, start=1)
    ]


def test_an_erased_record_leaves_every_head_as_it_was():
    whole = run("abcd")
    blanked = [codec.erase(record) if record.seq == 2 else record for record in whole]
    assert chain.heads(blanked, device="abcdefghij") == chain.heads(whole, device="abcdefghij")


def test_a_changed_header_changes_every_later_head():
    whole, other = run("abcd"), run("aXcd")
    first, second = chain.heads(whole, device="abcdefghij"), chain.heads(other, device="abcdefghij")
    assert first[:2] == second[:2]
    assert all(one != two for one, two in zip(first[2:], second[2:], strict=True))


def test_two_devices_never_share_a_head():
    assert chain.start("abcdefghij") != chain.start("abcdefghik")


@pytest.mark.parametrize("picked", [[0, 2], [1, 2], [0, 0], [1, 0]])
def test_a_gap_or_a_repeat_is_named(picked):
    whole = run("abc")
    with pytest.raises(TrustError, match="chain_gap"):
        chain.follow([whole[i] for i in picked], device="abcdefghij")


def test_a_record_of_another_device_is_named():
    with pytest.raises(TrustError, match="chain_device"):
        chain.follow(run("a", device="zzzzzzzzzz"), device="abcdefghij")
