import pyrage
import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import sealing

US = sealing.from_seed(bytes(range(32)))
THEM = sealing.from_seed(b"t" * 32)
PLAIN = b"nothing but bytes\n" * 100


def refused(code):
    return pytest.raises(TrustError, check=lambda error: (error.code, error.facts["at_fault"]) == (code, "age"))


def test_an_identity_is_made_of_its_seed_alone_and_hides_it():
    assert sealing.from_seed(bytes(range(32))) == US
    assert US.secret not in repr(US)
    # RFC 7748 clamps the seed, so age's own library must give the recipient back.
    assert US.recipient == "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"


@pytest.mark.parametrize("seed", [bytes(32), b"\xff" * 32, b"\x80" + bytes(31), bytes(31) + b"\x01"])
def test_any_seed_makes_an_identity_the_library_reads(seed):
    identity = sealing.from_seed(seed)
    assert sealing.read_identity(sealing.write_identity(identity, "2026-11-03T18:00:00Z")) == identity


def test_the_age_tool_opens_what_we_seal_with_our_key_file(tool, tmp_path):
    (tmp_path / "identity.key").write_text(sealing.write_identity(US, "2026-11-03T18:00:00Z"))
    sealed = sealing.encrypt(PLAIN, [THEM.recipient, US.recipient])
    assert tool("age", "-d", "-i", str(tmp_path / "identity.key"), given=sealed).stdout == PLAIN


def test_we_open_what_the_age_tool_seals(tool):
    sealed = tool("age", "-r", US.recipient, "-r", THEM.recipient, given=PLAIN).stdout
    assert sealing.decrypt(sealed, [US]) == PLAIN


def test_we_read_the_age_tools_own_key_file(tool, tmp_path):
    tool("age-keygen", "-o", str(tmp_path / "key"))
    text = (tmp_path / "key").read_text()
    identity = sealing.read_identity(text)
    assert identity.recipient in text
    assert tool("age-keygen", "-y", str(tmp_path / "key")).stdout.decode().strip() == identity.recipient


def test_each_recipient_opens_it_and_nobody_else():
    sealed = sealing.encrypt(PLAIN, [US.recipient, THEM.recipient])
    assert sealing.decrypt(sealed, [US]) == sealing.decrypt(sealed, [THEM]) == PLAIN
    assert sealing.decrypt(sealed, [sealing.from_seed(bytes(32)), US]) == PLAIN
    for nobody in ([], [sealing.from_seed(bytes(32))]):
        with refused("not_for_us"):
            sealing.decrypt(sealed, nobody)


def test_large_contents_come_back_whole():
    plain = bytes(range(256)) * 1024
    assert sealing.decrypt(sealing.encrypt(plain, [US.recipient]), [US]) == plain


def test_the_text_form_is_refused():
    armoured = pyrage.encrypt(PLAIN, [pyrage.x25519.Recipient.from_str(US.recipient)], armored=True)
    assert sealing.is_sealed(armoured)
    with refused("armoured"):
        sealing.decrypt(armoured, [US])


def test_a_passphrase_file_is_refused_without_asking():
    header = b"age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 22\n8s6Ka3dOhVXFeUSDODUW/ZuL8XUXpcxQe4dGOkUI7xM\n"
    with refused("not_for_us"):
        sealing.decrypt(header + b"--- Dp1sDK/2T3JTaJeOBz3jFYnGo8zSbqyEvFfYAGZkBgo\n" + bytes(60), [US])


def test_every_changed_byte_of_a_sealed_file_is_refused():
    sealed = sealing.encrypt(b"short", [US.recipient])
    for place in range(len(sealed)):
        for flip in (0x01, 0x80):
            with pytest.raises(TrustError):
                sealing.decrypt(sealed[:place] + bytes([sealed[place] ^ flip]) + sealed[place + 1 :], [US])


def test_every_truncation_and_addition_is_refused():
    sealed = sealing.encrypt(b"short", [US.recipient])
    for place in range(len(sealed)):
        with refused("bad_age"):
            sealing.decrypt(sealed[:place], [US])
    with refused("bad_age"):
        sealing.decrypt(sealed + b"x", [US])


def test_a_header_without_end_is_refused_at_once():
    with refused("bad_age"):
        sealing.decrypt(b"age-encryption.org/v1\n" + b"-> X25519 aaaa\nbbbb\n" * 100_000, [US])


def test_no_more_than_the_limit_is_ever_taken():
    most = bytes(sealing.MAX_PLAIN)
    assert sealing.decrypt(sealing.encrypt(most, [US.recipient]), [US]) == most
    with refused("too_large"):
        sealing.encrypt(most + b"x", [US.recipient])
    large = pyrage.encrypt(most + b"x", [pyrage.x25519.Recipient.from_str(US.recipient)])
    with refused("too_large"):  # refused in the sink, as its length alone does not show it
        sealing.decrypt(large, [US])
    with refused("too_large"):  # refused by its length, before any key is tried
        sealing.decrypt(large + bytes(64 * 1024), [])


def test_sealing_to_nobody_is_refused():
    with refused("bad_recipient"):
        sealing.encrypt(PLAIN, [])


@pytest.mark.parametrize("text", ["", "age1", US.recipient.upper(), US.recipient + " ", US.secret, "ssh-ed25519 AAAA", "agé1"])
def test_a_recipient_has_one_spelling(text):
    with refused("bad_recipient"):
        sealing.encrypt(PLAIN, [text])


@pytest.mark.parametrize(
    "text",
    ["", US.recipient, US.secret.lower(), US.secret[:-1] + "Q", f"{US.secret}\n{THEM.secret}\n", f"x\n{US.secret}\n", US.secret + "\n\n"],
)
def test_a_key_file_holds_one_identity(text):
    with refused("bad_identity"):
        sealing.read_identity(text)


def test_a_bare_secret_is_a_key_file():
    assert sealing.read_identity(US.secret) == US
