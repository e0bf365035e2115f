import hashlib
import re

import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys
from tradeoff_desktop.exchange.wordlist import WORDS

KEY = keys.from_seed(bytes(range(32))).public


def test_the_list_has_ten_bits_of_short_plain_words():
    assert len(WORDS) == len(set(WORDS)) == 1024
    assert list(WORDS) == sorted(WORDS)
    assert all(re.fullmatch("[a-z]{4,6}", word) for word in WORDS)


def test_four_letters_tell_a_word():
    assert len({word[:4] for word in WORDS}) == 1024


def test_no_word_becomes_another_by_one_letter_changed_added_or_lost():
    seen = {}
    for word in WORDS:
        # Two words within one edit share a form with one place blanked or one letter left out.
        forms = {word[:i] + "?" + word[i + 1 :] for i in range(len(word))} | {word}
        forms |= {word[:i] + word[i + 1 :] for i in range(len(word))}
        for form in forms:
            other = seen.setdefault(form, word)
            assert other == word or len(form) not in {len(word), len(other)}, (word, other)


@pytest.mark.parametrize("word", ["table", "seat", "record", "paper", "word", "waste", "pair", "colour", "gray"])
def test_words_that_sound_alike_or_mean_something_here_are_left_out(word):
    assert word not in WORDS


def test_the_list_never_changes():
    digest = hashlib.sha256(" ".join(WORDS).encode()).hexdigest()
    assert digest == "401578f2c926ee346108a1c6d8459a9a8844a20729b04d9c9d6a09b8148c2c56"


def test_eight_words_tell_keys_apart():
    words = comparison.key_words(KEY)
    assert len(words) == 8
    assert words == comparison.key_words(KEY)
    assert not set(words) & set(comparison.key_words(keys.from_seed(bytes(32)).public))


def test_every_bit_of_the_words_comes_from_the_digest():
    heads = [hashlib.sha256(bytes([n])).hexdigest() for n in range(256)]
    codes = {comparison.seal_words(head) for head in heads}
    assert len(codes) == 256
    for place in range(6):
        numbers = [WORDS.index(code[place]) for code in codes]
        ones, zeros = 0, 1023
        for number in numbers:
            ones, zeros = ones | number, zeros & number
        assert (ones, zeros) == (1023, 0)


def test_a_seal_is_six_words_worked_out_by_hand():
    head = hashlib.sha256(b"a head").hexdigest()
    bits = f"{int(hashlib.sha256(b'tradeoff-seal-words-v1' + bytes.fromhex(head)).hexdigest(), 16):0256b}"
    assert comparison.seal_words(head) == tuple(WORDS[int(bits[i : i + 10], 2)] for i in range(0, 60, 10))


def test_the_workshop_code_binds_workshop_and_lead():
    code = comparison.workshop_code("man-2026-11", KEY)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code)
    assert code != comparison.workshop_code("man-2026-12", KEY)
    assert code != comparison.workshop_code("man-2026-11", keys.from_seed(bytes(32)).public)


def test_the_workshop_code_is_forty_bits_worked_out_by_hand():
    digest = hashlib.sha256(b"tradeoff-workshop-code-v1\x00w\x00" + KEY).digest()
    bits = f"{int.from_bytes(digest):0256b}"
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert comparison.workshop_code("w", KEY) == "".join(alphabet[int(bits[i : i + 5], 2)] for i in range(0, 40, 5))


@pytest.mark.parametrize("typed", ["K0A1-BCD9", "k0a1bcd9", " KOAI BCD9", "koal-bcd9"])
def test_a_code_is_read_as_people_type_it(typed):
    assert comparison.read_workshop_code(typed) == "K0A1BCD9"


@pytest.mark.parametrize("typed", ["", "K0A1BCD", "K0A1BCD99", "K0A1BCDU", "K0A1BCDé", "\uff2b0A1BCD9"])
def test_what_cannot_be_a_code_is_refused(typed):
    with pytest.raises(TrustError, check=lambda error: error.code == "bad_workshop_code"):
        comparison.read_workshop_code(typed)
