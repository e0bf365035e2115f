import pytest

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys, signature, trust
from tradeoff_desktop.exchange.trust import Signer, TrustStore

KEY = keys.from_seed(bytes(range(32)))
OTHER = keys.from_seed(bytes(32))
LINE = keys.public_line(KEY.public)
NAME = "MAN.k3v9x2q7aa@tradeoff"
GOOD = f'{NAME} namespaces="tradeoff-bundle-v1" {LINE}'
RECEIVED = "2026-11-03T18:00:00.000Z"


def refused(code, **facts):
    def check(error):
        return error.code == code and error.facts["at_fault"] == "signer" and facts.items() <= error.facts.items()

    return pytest.raises(TrustError, check=check)


def one(**changes):
    return TrustStore(signers=(Signer(**{"principal": NAME, "key": KEY.public} | changes),))


def judged(store, key=KEY, namespace=signature.BUNDLE, at=RECEIVED):
    return store.judge(key.public, namespace=namespace, received_at=at)


def test_a_store_reads_back_as_it_was_written():
    store = TrustStore(signers=(
        Signer(principal=NAME, key=KEY.public, valid_after="20260101000000Z", comment="lead laptop"),
        Signer(principal="SHF.0000000000@tradeoff", key=OTHER.public, namespaces=(signature.TABLE,), valid_before="20261231235959Z"),
    ))
    assert trust.read(trust.write(store)) == store


def test_comments_and_empty_lines_are_passed_over():
    assert trust.read(f"# the laptops\n\n  \n{GOOD}\n") == one(namespaces=(signature.BUNDLE,))


def test_an_enrolled_key_in_time_is_trusted_and_knows_its_area():
    assert judged(one()).principal == NAME
    assert judged(one()).area == "MAN"


def test_an_unknown_key_is_named_in_words_so_that_it_can_be_enrolled():
    words = " ".join(comparison.key_words(OTHER.public))
    with refused("unknown_signer", words=words, fingerprint=keys.fingerprint(OTHER.public), key=keys.public_line(OTHER.public)):
        judged(one(), key=OTHER)
    enrolled = one().enrol(Signer(principal="MAN.otherlapto@tradeoff", key=OTHER.public))
    assert judged(enrolled, key=OTHER).principal == "MAN.otherlapto@tradeoff"
    assert judged(enrolled).principal == NAME


def test_enrolling_goes_through_the_same_rules_as_reading_and_keeps_revocations():
    store = TrustStore(revoked=frozenset({OTHER.public}))
    grown = store.enrol(Signer(principal=NAME, key=KEY.public))
    with refused("revoked_signer"):
        judged(grown, key=OTHER)
    for bad in ({"principal": "MAN.*@tradeoff"}, {"key": KEY.public}, {"namespaces": ("file",)}, {"comment": "x\ny"}):
        with refused("bad_trust_line"):
            grown.enrol(Signer(**{"principal": "MAN.otherlapto@tradeoff", "key": OTHER.public} | bad))


def test_a_key_signs_only_what_it_is_enrolled_for():
    with refused("signer_not_allowed", namespace=signature.BUNDLE):
        judged(one(namespaces=(signature.TABLE,)))


def test_a_revoked_key_is_refused_whatever_the_store_says():
    store = TrustStore(signers=one().signers, revoked=trust.read_revoked(trust.write_revoked({KEY.public, OTHER.public})))
    with refused("revoked_signer"):
        judged(store)


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ({}, None),
        ({"valid_after": "20261103180000Z"}, None),
        ({"valid_after": "20261103180001Z"}, "signer_not_yet_valid"),
        ({"valid_before": "20261103180000Z"}, None),
        ({"valid_before": "20261103175959Z"}, "signer_expired"),
    ],
)
def test_validity_is_judged_at_receipt_as_ssh_keygen_does(tool, tmp_path, bounds, code):
    store = one(**bounds)
    (tmp_path / "allowed").write_text(trust.write(store))
    (tmp_path / "sig").write_bytes(signature.sign(b"x", key=KEY, namespace=signature.BUNDLE))
    done = tool(
        "ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", NAME, "-n", signature.BUNDLE,
        "-Overify-time=" + trust.stamp(RECEIVED), "-s", str(tmp_path / "sig"), given=b"x", ok=None,
    )
    assert (done.returncode == 0) is (code is None), done.stderr
    if code is None:
        assert judged(store).principal == NAME
    else:
        with refused(code):
            judged(store)


def test_ssh_keygen_takes_the_revocation_list(tool, tmp_path):
    (tmp_path / "allowed").write_text(trust.write(one()))
    (tmp_path / "revoked").write_text(trust.write_revoked([KEY.public]))
    (tmp_path / "sig").write_bytes(signature.sign(b"x", key=KEY, namespace=signature.BUNDLE))
    command = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "allowed"), "-I", NAME, "-n", signature.BUNDLE]
    tool(*command, "-s", str(tmp_path / "sig"), given=b"x")
    tool(*command, "-r", str(tmp_path / "revoked"), "-s", str(tmp_path / "sig"), given=b"x", ok=False)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (GOOD.replace("MAN.", "*."), "principal"),
        (GOOD.replace("MAN.", "!MAN."), "principal"),
        (GOOD.replace("MAN.", "M?N."), "principal"),
        (GOOD.replace("MAN.", "man."), "principal"),
        (GOOD.replace(NAME, f"{NAME},SHF.k3v9x2q7aa@tradeoff"), "principal"),
        (GOOD.replace(NAME, f'"{NAME}"'), "principal"),
        (GOOD.replace("@tradeoff", "@tradeoff.example"), "principal"),
        (" " + GOOD, "principal"),
        ("\t", None),
        (GOOD.replace('"tradeoff-bundle-v1"', '"*"'), "namespaces"),
        (GOOD.replace('"tradeoff-bundle-v1"', '"tradeoff-bundle-v1,!file"'), "namespaces"),
        (GOOD.replace('"tradeoff-bundle-v1"', '""'), "namespaces"),
        (GOOD.replace('"tradeoff-bundle-v1"', '"tradeoff-table-v1,tradeoff-table-v1"'), "namespaces"),
        (f"{NAME} {LINE}", "options"),
        (GOOD.replace("namespaces", "cert-authority,namespaces"), "options"),
        (GOOD.replace(' namespaces="', ' namespaces="tradeoff-table-v1",namespaces="'), "options"),
        (GOOD.replace(' namespaces="', ' colour="red",namespaces="'), "options"),
        (GOOD.replace('v1" ', 'v1", '), "options"),
        (GOOD.replace('v1" ', 'v1",valid-after="2026" '), "date"),
        (GOOD.replace('v1" ', 'v1",valid-after="20261301Z" '), "date"),
        (GOOD.replace('v1" ', 'v1",valid-before="20260101" '), "date"),  # local time: another answer on another laptop
        (GOOD.replace('v1" ', 'v1",valid-before="20260101000000" '), "date"),
        (GOOD.replace('v1" ', 'v1",valid-after="" '), "date"),
        (GOOD.replace("ssh-ed25519", "ssh-rsa"), "key"),
        (GOOD.replace("ssh-ed25519 ", "ssh-ed25519-cert-v01@openssh.com "), "key"),
        (GOOD[:-3], "key"),
        (NAME, "namespaces"),
    ],
)
def test_abuses_of_the_trust_store_are_refused(line, field):
    text = "# laptops\n" + line + "\n"
    if field is None:
        assert trust.read(text) == TrustStore()
        return
    with refused("bad_trust_line", line=2, field=field):
        trust.read(text)


def test_one_key_stands_once_so_that_nobody_speaks_for_two_areas():
    with refused("bad_trust_line", line=2, field="twice"):
        trust.read(f"{GOOD}\n{GOOD.replace('MAN', 'SHF')}\n")


def test_short_dates_are_written_out():
    store = trust.read(GOOD.replace('v1" ', 'v1",valid-after="20260102Z",valid-before="202603040506Z" '))
    assert (store.signers[0].valid_after, store.signers[0].valid_before) == ("20260102000000Z", "20260304050600Z")


def test_a_trust_store_has_a_limit():
    with refused("bad_trust_line", field="size"):
        trust.read("#" * (1024 * 1024 + 1))


def test_a_bad_line_in_a_revocation_list_is_named():
    with refused("bad_trust_line", line=2, field="key"):
        trust.read_revoked("# keys\nssh-rsa AAAA\n")


@pytest.mark.parametrize("moment", ["", "2026-11-03", "2026-11-03T18:00:00Z", "2026-11-03T18:00:00.000+00:00"])
def test_a_moment_has_one_spelling(moment):
    with pytest.raises(TrustError, check=lambda error: error.code == "bad_moment"):
        trust.stamp(moment)
