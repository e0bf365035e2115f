import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import keys, signature, wire

KEY = keys.from_seed(bytes(range(32)))
MESSAGE = "What the record says – ŵ\n".encode()


def refused(code):
    return pytest.raises(TrustError, check=lambda error: error.code == code)


def ours():
    return signature.sign(MESSAGE, key=KEY, namespace=signature.BUNDLE)


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(keys.write_private(KEY, "MAN.abcdefghij@tradeoff"))
    path.chmod(0o600)
    return str(path)


@pytest.mark.parametrize("message", [b"", b"x", MESSAGE, bytes(range(256)) * 500])
@pytest.mark.parametrize("namespace", sorted(signature.NAMESPACES))
def test_our_signature_is_what_ssh_keygen_writes(tool, key_file, message, namespace):
    theirs = tool("ssh-keygen", "-q", "-Y", "sign", "-f", key_file, "-n", namespace, given=message).stdout
    assert signature.sign(message, key=KEY, namespace=namespace) == theirs


def test_ssh_keygen_verifies_ours_and_refuses_another_message(tool, tmp_path):
    (tmp_path / "sig").write_bytes(ours())
    (tmp_path / "allowed").write_text(f'MAN.abcdefghij@tradeoff namespaces="{signature.BUNDLE}" {keys.public_line(KEY.public)}\n')
    command = [
        "ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", "MAN.abcdefghij@tradeoff",
        "-n", signature.BUNDLE, "-s", str(tmp_path / "sig"),
    ]
    tool(*command, given=MESSAGE)
    tool(*command, given=MESSAGE + b" ", ok=False)


def test_it_verifies_and_names_the_key():
    assert signature.verify(MESSAGE, ours(), namespace=signature.BUNDLE) == KEY.public


def test_another_message_is_refused():
    with refused("bad_signature"):
        signature.verify(MESSAGE + b" ", ours(), namespace=signature.BUNDLE)


def test_a_signature_for_one_purpose_is_worthless_for_another():
    with refused("wrong_namespace"):
        signature.verify(MESSAGE, ours(), namespace=signature.TABLE)


def test_every_changed_byte_is_refused():
    good = ours()
    for place in range(len(good)):
        for flip in (1, 0x20, 0x80):
            altered = good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :]
            with pytest.raises(TrustError):
                signature.verify(MESSAGE, altered, namespace=signature.BUNDLE)


def test_every_truncation_and_insertion_is_refused():
    good = ours()
    for place in range(len(good)):
        for altered in (good[:place], good[:place] + b"\n" + good[place:], good[:place] + b"A" + good[place:]):
            with pytest.raises(TrustError):
                signature.verify(MESSAGE, altered, namespace=signature.BUNDLE)


def test_a_long_signature_is_not_even_looked_at():
    with refused("bad_signature_format"):
        signature.verify(MESSAGE, ours() + b"\n" * 1024, namespace=signature.BUNDLE)


def built(**change):
    """A signature with one inner part changed and every length right."""
    parts = {
        "magic": b"SSHSIG", "version": 1, "key": wire.key_blob(KEY.public), "namespace": signature.BUNDLE.encode(),
        "reserved": b"", "hash": b"sha512", "kind": b"ssh-ed25519", "raw": None, "inside": b"", "after": b"",
    } | change
    if parts["raw"] is None:
        blob = wire.remove_armour(ours(), "SSH SIGNATURE", code="")
        parts["raw"] = blob[-64:]
    made = wire.string(parts["kind"]) + wire.string(parts["raw"]) + parts["inside"]
    head = parts["magic"] + parts["version"].to_bytes(4, "big")
    middle = [parts["key"], parts["namespace"], parts["reserved"], parts["hash"], made]
    return wire.armour(head + b"".join(map(wire.string, middle)) + parts["after"], "SSH SIGNATURE")


def test_the_building_below_gives_a_good_signature():
    assert built() == ours()


@pytest.mark.parametrize(
    "change",
    [
        {"magic": b"SSHSIH"},
        {"version": 2},
        {"reserved": b"x"},
        {"hash": b"sha256"},
        {"kind": b"ssh-rsa"},
        {"raw": bytes(63)},
        {"inside": b"x"},
        {"after": b"x"},
        {"key": wire.string(b"ssh-rsa") + wire.string(KEY.public)},
        {"key": wire.string(b"ssh-ed25519") + wire.string(KEY.public[:31])},
        {"key": wire.key_blob(KEY.public) + b"x"},
    ],
)
def test_any_other_form_is_refused(change):
    with refused("bad_signature_format"):
        signature.verify(MESSAGE, built(**change), namespace=signature.BUNDLE)


@pytest.mark.parametrize("key", [bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_weak_and_impossible_keys_are_refused(key):
    # A key of small order verifies a signature of zeros over any message in careless implementations.
    with refused("bad_signature"):
        signature.verify(MESSAGE, built(key=wire.key_blob(key), raw=key + bytes(32)), namespace=signature.BUNDLE)


def test_a_second_form_of_the_same_signature_is_refused():
    # S + L is the same number modulo the group order; a strict verifier takes only the small one.
    order = 2**252 + 27742317777372353535851937790883648493
    raw = wire.remove_armour(ours(), "SSH SIGNATURE", code="")[-64:]
    larger = (int.from_bytes(raw[32:], "little") + order).to_bytes(32, "little")
    with refused("bad_signature"):
        signature.verify(MESSAGE, built(raw=raw[:32] + larger), namespace=signature.BUNDLE)
