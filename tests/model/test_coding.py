"""The codebook: codes are defined, merged and retired; notes keep what they were given; everything can be taken back."""

import pytest

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import codec, coding
from tradeoff_desktop.model import records as r

NOTE = r.Ref(device="k3v9x2q7aa", seq=7, leaf="a" * 64)
OTHER = r.Ref(device="k3v9x2q7aa", seq=9, leaf="b" * 64)
KEY = (NOTE.device, NOTE.seq)


class Chain:
    """The centre's own chain, as the acts extend it."""

    def __init__(self):
        self.records = []

    @property
    def book(self):
        return coding.read(self.records)

    def do(self, act, **words):
        for body in act(self.book, **words):
            seq = len(self.records) + 1
            self.records.append(codec.seal_body(body, device="c" * 10, seq=seq, at="2027-03-02T10:00:00.000Z", salt=f"{seq:032x}"))


@pytest.fixture
def chain():
    made = Chain()
    for code in ("trust", "consent", "harm"):
        made.do(coding.define, code=code, text=code.title(), definition=f"What people say about {code}.")
    return made


def test_a_code_needs_words_and_what_it_means(chain):
    with pytest.raises(RuleError, match="code_needs_words"):
        chain.do(coding.define, code="x", text="X", definition=" ")
    with pytest.raises(RuleError, match="code_reserved"):
        chain.do(coding.define, code="none", text="None", definition="Nothing.")


def test_a_code_can_be_worded_anew(chain):
    chain.do(coding.define, code="trust", text="Trust in bodies", definition="Whether they keep their word.")
    assert [one.text for one in chain.book.active()] == ["Consent", "Harm", "Trust in bodies"]


def test_a_note_may_have_several_codes_each_once(chain):
    chain.do(coding.give, note=NOTE, code="trust")
    chain.do(coding.give, note=NOTE, code="harm")
    before = len(chain.records)
    chain.do(coding.give, note=NOTE, code="trust")
    assert chain.book.codes_of(KEY) == ("trust", "harm")
    assert len(chain.records) == before


def test_a_code_is_taken_back(chain):
    chain.do(coding.give, note=NOTE, code="trust")
    chain.do(coding.take, note=NOTE, code="trust")
    assert not chain.book.is_read(KEY)
    with pytest.raises(RuleError, match="not_coded_so"):
        chain.do(coding.take, note=NOTE, code="trust")


def test_no_code_fits_is_said_and_gives_way_to_a_code_and_back(chain):
    chain.do(coding.give, note=NOTE, code="none")
    assert chain.book.is_read(KEY)
    assert chain.book.codes_of(KEY) == ("none",)
    chain.do(coding.give, note=NOTE, code="harm")
    assert chain.book.codes_of(KEY) == ("harm",)
    chain.do(coding.give, note=NOTE, code="none")
    assert chain.book.codes_of(KEY) == ("none",)


def test_what_was_coded_counts_as_what_its_code_was_merged_into(chain):
    chain.do(coding.give, note=NOTE, code="trust")
    chain.do(coding.give, note=NOTE, code="consent")
    chain.do(coding.retire, code="trust", into="consent")
    chain.do(coding.retire, code="consent", into="harm")
    assert chain.book.codes_of(KEY) == ("harm",)
    chain.do(coding.take, note=NOTE, code="harm")
    assert chain.book.codes_of(KEY) == ()


def test_a_retired_code_is_given_no_more_and_not_worded_anew(chain):
    chain.do(coding.retire, code="trust")
    for act, words in ((coding.give, {"note": NOTE}), (coding.retire, {}), (coding.define, {"text": "T", "definition": "D"})):
        with pytest.raises(RuleError, match="code_retired"):
            chain.do(act, code="trust", **words)
    with pytest.raises(RuleError, match="unknown_code"):
        chain.do(coding.give, note=NOTE, code="nothing")
    with pytest.raises(RuleError, match="code_into_itself"):
        chain.do(coding.retire, code="harm", into="harm")


def test_codes_merged_in_a_ring_by_other_software_end(chain):
    for code, into in (("trust", "consent"), ("consent", "trust")):
        body = r.CodeBook(role="centre", code=code, text="T", definition="D", state="retired", into=into)
        seq = len(chain.records) + 1
        chain.records.append(codec.seal_body(body, device="c" * 10, seq=seq, at="2027-03-02T10:00:00.000Z", salt=f"{seq:032x}"))
    assert chain.book.current("trust") in {"trust", "consent"}


def test_the_latest_codes_stand_first(chain):
    for code in ("trust", "harm", "consent", "harm"):
        chain.do(coding.give, note=r.Ref(device="k3v9x2q7aa", seq=len(chain.records) + 20, leaf="d" * 64), code=code)
    assert chain.book.recent == ("harm", "consent", "trust")
    chain.do(coding.retire, code="harm")
    assert chain.book.recent == ("consent", "trust")


def test_the_second_coder_is_blind_and_compared_only_where_both_have_read(chain):
    chain.do(coding.give, note=NOTE, code="trust")
    chain.do(coding.give, note=OTHER, code="none")
    chain.do(coding.give, note=NOTE, code="harm", coder=2)
    assert chain.book.codes_of(KEY, 2) == ("harm",)
    assert coding.both_coded(chain.book) == {"harm": ([0], [1]), "trust": ([1], [0])}


def test_one_note_in_ten_is_drawn_whatever_the_order():
    notes = [r.Ref(device="k3v9x2q7aa", seq=seq, leaf=f"{seq:064x}") for seq in range(1, 42)]
    drawn = coding.sample(notes)
    assert len(drawn) == 5
    assert coding.sample(notes[::-1]) == drawn
    assert [ref.seq for ref in drawn] != [1, 2, 3, 4, 5]
    assert coding.sample([]) == []
