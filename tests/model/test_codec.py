import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import BODIES, KIND_OF

AT = "2027-03-03T13:31:05.123Z"
SALT = "00112233445566778899aabbccddeeff"


def sealed(body, seq=1):
    return codec.seal_body(body, device="abcdefghij", seq=seq, at=AT, salt=SALT)


NOTE = r.Note(role="lead", text="They'd sell it on – ŵ", step="talk", verbatim=True, tags=["privacy"])


def test_a_line_reads_back_as_the_same_record():
    record = sealed(NOTE)
    assert codec.read_line(codec.line(record)) == record


def test_an_erased_line_keeps_only_its_header():
    record = codec.erase(sealed(NOTE))
    again = codec.read_line(codec.line(record))
    assert again.erased
    assert again.header == sealed(NOTE).header
    assert b"sell" not in codec.line(record)


def test_the_leaf_is_the_salted_hash_of_the_body():
    record = sealed(NOTE)
    assert record.header.leaf == hashlib.sha256(bytes.fromhex(SALT) + record.raw).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"role":"lead"', b'"role":"lead","role":"lead"', "not_canonical"),  # duplicate key
        (b'"seq":1', b'"seq":1.0', None),
        (b'"seq":1', b'"seq": 1', "not_canonical"),
        (b'"seq":1', b'"extra":0,"seq":1', "bad_content"),
        (b'"kind":"note"', b'"kind":"nite"', "unknown_kind"),
        (b'"verbatim":true', b'"verbatim":false', None),  # a default written out
        (b"They'd", b"They\\u0027d", None),  # another spelling of the same text
        (b"They'd", b"Thez'd", "leaf_mismatch"),
        (b'"at":"2027', b'"at":"x027', "bad_content"),
    ],
)
def test_a_second_spelling_is_refused(old, new, code):
    line = codec.line(sealed(NOTE))
    assert old in line
    with pytest.raises(TrustError) as caught:
        codec.read_line(line.replace(old, new))
    if code:
        assert caught.value.code == code


def test_a_default_has_one_form_wherever_its_letters_came_from():
    typed = r.Incident(role="lead", code="other", step=str(b"setup", "ascii"))
    assert codec.encode(typed) == codec.encode(r.Incident(role="lead", code="other"))
    with pytest.raises(TrustError, match="not_canonical"):
        codec.decode(b'{"code":"other","role":"lead","step":"setup"}', r.Incident)
    assert codec.encode([typed]) == b'[{"code":"other","role":"lead"}]'


def test_text_that_is_not_nfc_is_refused():
    decomposed = r.Note(role="lead", text="e\u0301", step="talk")
    with pytest.raises(TrustError, match="not_canonical"):
        sealed(decomposed)


def test_deep_and_long_lines_are_refused_before_parsing():
    with pytest.raises(TrustError, match="too_deep"):
        codec.read_line(b"[" * 40 + b"]" * 40)
    with pytest.raises(TrustError, match="line_too_long"):
        codec.read_line(b" " * (codec.MAX_LINE + 1))


def test_brackets_inside_text_are_not_nesting():
    record = sealed(r.Note(role="lead", text='[[[[[{{{{{ "\\" }}}', step="talk"))
    assert codec.read_line(codec.line(record)) == record


def test_the_longest_note_fits_a_line():
    record = sealed(r.Note(role="lead", text="😀" * 10_000, step="talk"))
    assert len(codec.line(record)) < codec.MAX_LINE


def test_a_trailing_line_end_does_not_pass_a_pattern():
    with pytest.raises(TrustError):
        sealed(r.Consent(role="lead", seat="045\n", signed=True))


@given(st.binary(max_size=300))
def test_garbage_is_refused_and_nothing_else_happens(data):
    with pytest.raises(TrustError):
        codec.read_line(data)


@given(st.text(max_size=200))
def test_sanitised_text_can_always_be_stored(text):
    clean = codec.sanitise(text)
    if clean:
        record = sealed(r.Note(role="lead", text=clean, step="talk"))
        assert codec.read_line(codec.line(record)).body.text == clean


@given(st.text(max_size=40), st.data())
def test_a_changed_byte_never_reads_as_the_same_record(text, data):
    line = codec.line(sealed(r.Note(role="lead", text="x" + codec.sanitise(text), step="talk")))
    at = data.draw(st.integers(0, len(line) - 1))
    flipped = line[:at] + bytes([line[at] ^ data.draw(st.integers(1, 255))]) + line[at + 1 :]
    try:
        record = codec.read_line(flipped)
    except TrustError:
        return
    # The header has no hash of its own in a line: the chain covers it. The body must be untouched.
    assert record.raw == codec.read_line(line).raw
    assert record.header != codec.read_line(line).header or record.salt != SALT


def test_sanitise_drops_what_cannot_be_kept():
    assert codec.sanitise("a\ud800b\x00c\r\nd\te\x1b") == "abc\nd\te"
    assert codec.sanitise("e\u0301") == "é"
    assert codec.sanitise("x" * 10_001) == "x" * 10_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\n\u0303b", "a\nb"), ("a\t\u0323\u0308b", "a\tb"), ("a\r\n\u0303", "a\n"), ("a\nn\u0303", "a\nñ"), ("a\nŵ", "a\nŵ")],
)
def test_an_accent_without_a_letter_does_not_join_the_escape_before_it(typed, kept):
    assert codec.sanitise(typed) == kept
    assert codec.read_line(codec.line(sealed(r.Note(role="lead", text=kept, step="talk")))).body.text == kept


@pytest.mark.parametrize(
    "body",
    [
        r.Withdrawal(role="lead", seat="\u0661\u0660\u0665"),
        r.Setup(role="lead", date="\u0662\u0660\u0662\u0666-11-03", start="13:30", venue="", groups={}),
        r.Setup(role="lead", date="2026-11-03", start="13:3\u0966", venue="", groups={}),
    ],
)
def test_digits_are_those_of_ascii(body):
    with pytest.raises(TrustError, match="bad_content"):
        sealed(body)
    with pytest.raises(TrustError, match="bad_content"):
        codec.seal_body(NOTE, device="abcdefghij", seq=1, at=AT.replace("2", "\u0968"), salt=SALT)


def test_every_kind_has_one_body_and_one_name():
    assert {KIND_OF[body] for body in BODIES.values()} == set(BODIES)
    assert len(BODIES) == 34


def test_no_body_may_hold_a_float():
    for body in BODIES.values():
        assert "float" not in str([field.type for field in msgspec.structs.fields(body)])
