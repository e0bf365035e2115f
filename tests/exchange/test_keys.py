import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import keys, wire

SEED = bytes(range(32))


def refused(code):
    return pytest.raises(TrustError, check=lambda error: error.code == code)


def save(path, data):
    path.write_bytes(data)
    path.chmod(0o600)
    return str(path)


def test_a_key_is_made_of_its_seed_alone_and_hides_it():
    assert keys.from_seed(SEED) == keys.from_seed(SEED)
    assert keys.from_seed(SEED).public != keys.from_seed(SEED[::-1]).public
    assert "seed" not in repr(keys.from_seed(SEED))


def test_ssh_keygen_reads_our_private_key(tool, tmp_path):
    key = keys.from_seed(SEED)
    path = save(tmp_path / "key", keys.write_private(key, "MAN.abcdefghij@tradeoff"))
    line = tool("ssh-keygen", "-y", "-f", path).stdout.decode().strip()
    assert line == keys.public_line(key.public, "MAN.abcdefghij@tradeoff")


def test_ssh_keygen_prints_our_fingerprint(tool, tmp_path):
    key = keys.from_seed(SEED)
    path = save(tmp_path / "key.pub", keys.public_line(key.public, "a b").encode() + b"\n")
    assert keys.fingerprint(key.public) in tool("ssh-keygen", "-l", "-f", path).stdout.decode()


@pytest.mark.parametrize("comment", ["", "x", "1234567", "MAN.abcdefghij@tradeoff"])
def test_we_read_what_ssh_keygen_writes(tool, tmp_path, comment):
    tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(tmp_path / "key"))
    key = keys.read_private((tmp_path / "key").read_bytes())
    assert keys.read_public_line((tmp_path / "key.pub").read_text().strip()) == key.public


@pytest.mark.parametrize("comment", ["", "x", "12", "123", "1234", "12345", "123456", "1234567"])
def test_a_private_key_reads_back_whatever_its_padding(comment):
    key = keys.from_seed(SEED)
    assert keys.read_private(keys.write_private(key, comment)) == key


def test_a_key_with_a_passphrase_says_so(tool, tmp_path):
    tool("ssh-keygen", "-q", "-t", "ed25519", "-N", "open sesame", "-f", str(tmp_path / "key"))
    with refused("locked_key"):
        keys.read_private((tmp_path / "key").read_bytes())


def test_other_kinds_of_key_are_refused(tool, tmp_path):
    tool("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", str(tmp_path / "key"))
    with refused("bad_key_file"):
        keys.read_private((tmp_path / "key").read_bytes())
    with refused("bad_public_key"):
        keys.read_public_line((tmp_path / "key.pub").read_text().strip())


def test_no_private_key_with_a_changed_byte_gives_another_key():
    good = keys.write_private(keys.from_seed(SEED), "x")
    for place in range(len(good)):
        altered = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        try:
            key = keys.read_private(altered)
        except TrustError:
            continue
        assert key == keys.from_seed(SEED)  # only the comment and the check number may differ


@pytest.mark.parametrize("cut", [0, 1, 40, 200, -1])
def test_a_cut_private_key_is_refused(cut):
    with refused("bad_key_file"):
        keys.read_private(keys.write_private(keys.from_seed(SEED), "x")[:cut])


def test_a_private_key_file_has_a_limit():
    with refused("bad_key_file"):
        keys.read_private(keys.write_private(keys.from_seed(SEED), "x" * 4000))


def rebuilt(change):
    """A private key file with its inner parts changed but every length right."""
    key = keys.from_seed(SEED)
    parts = {
        "count": 1, "public": wire.key_blob(key.public), "check": b"abcd" * 2, "inner": wire.key_blob(key.public),
        "secret": key.seed + key.public, "comment": b"", "padding": None, "after": b"",
    } | change
    private = b"".join((
        parts["check"], parts["inner"], wire.string(parts["secret"]), wire.string(parts["comment"]),
    ))
    padding = bytes(range(1, 1 + -len(private) % 8)) if parts["padding"] is None else parts["padding"]
    blob = b"".join((
        b"openssh-key-v1\x00", wire.string(b"none"), wire.string(b"none"), wire.string(b""),
        parts["count"].to_bytes(4, "big"), wire.string(parts["public"]), wire.string(private + padding), parts["after"],
    ))
    return wire.armour(blob, "OPENSSH PRIVATE KEY")


def test_the_rebuilding_below_gives_a_good_key():
    assert keys.read_private(rebuilt({})) == keys.from_seed(SEED)


@pytest.mark.parametrize(
    "change",
    [
        {"count": 2},
        {"after": b"x"},
        {"check": b"abcdabce"},
        {"secret": SEED + bytes(32)},
        {"secret": SEED},
        {"secret": SEED[::-1] + bytes(32)},
        {"padding": b"\x01\x02"},
        {"padding": b"\x02"},
        {"padding": b"\x01\x02\x03\x04\x06"},  # the right length, another byte
        {"padding": bytes(range(1, 14))},  # a whole block too many
        {"padding": b"\x01\x02\x03"},
        {"public": b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x01a"},
        {"inner": b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20" + bytes(32)},
    ],
)
def test_a_private_key_that_contradicts_itself_is_refused(change):
    with refused("bad_key_file"):
        keys.read_private(rebuilt(change))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-rsa AAAA",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 ????",
        "ssh-ed25519 é",
        " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ssh-ed25519  AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4AA==",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG5=",
    ],
)
def test_a_public_line_is_ssh_ed25519_in_one_spelling(line):
    with refused("bad_public_key"):
        keys.read_public_line(line)


def test_a_public_line_may_carry_a_comment():
    key = keys.from_seed(SEED)
    assert keys.read_public_line(keys.public_line(key.public, "two words")) == key.public
