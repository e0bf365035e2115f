"""The centre's keys, kept twice: no programme is signed with keys whose backup was not tried out."""

from datetime import UTC, datetime

import pytest

from tradeoff_desktop.app import escrow, laptop, planning, programmes
from tradeoff_desktop.errors import MachineError, RuleError, TrustError

NOW = datetime(2027, 3, 2, 20, tzinfo=UTC)


def test_the_backup_must_have_been_restored_before_a_programme_is_signed(tmp_path):
    second, key = laptop.make("ESS").identity, tmp_path / "key"

    def issue(heard, recipient=second.recipient):
        return planning.issue_from(programmes.shipped_source(), key=key, enrolled=(), recipient=recipient, heard=heard)

    for recipient in (second.recipient, ""):
        with pytest.raises(RuleError, check=lambda error: error.code == "escrow_untried"):
            issue("", recipient)
    escrow.backup(key, recipient=second.recipient, file=tmp_path / "backup", now=NOW)
    with pytest.raises(RuleError, check=lambda error: error.code == "escrow_untried"):
        issue("abbey acorn actor advice agent ahead")
    with pytest.raises(TrustError, check=lambda error: error.code == "not_for_us"):
        escrow.restore(tmp_path / "backup", identity=laptop.make("ESS").identity, folder=tmp_path / "no", now=NOW)
    words = escrow.restore(tmp_path / "backup", identity=second, folder=tmp_path / "again", now=NOW)
    assert laptop.read(tmp_path / "again") == laptop.read(key)
    assert issue(" ".join(words)).signed.programme.escrow == second.recipient
    again = issue("").signed
    assert again.key == laptop.read(key).key.public  # said once, it need not be said again
    assert again.programme.issue == 2  # laptops take no lower one than they have
    with pytest.raises(RuleError, check=lambda error: error.code == "escrow_untried"):
        issue("", laptop.make("ESS").identity.recipient)


@pytest.mark.parametrize("gone", [laptop.SIGNING, "all but the trial", "other keys"])
def test_a_tried_backup_speaks_only_for_the_keys_it_holds(tmp_path, gone):
    second, key = laptop.make("ESS").identity, tmp_path / "key"
    escrow.backup(key, recipient=second.recipient, file=tmp_path / "backup", now=NOW)
    words = escrow.restore(tmp_path / "backup", identity=second, folder=tmp_path / "again", now=NOW)

    def issue():
        return planning.issue_from(programmes.shipped_source(), key=key, enrolled=(), recipient=second.recipient, heard=" ".join(words))

    issue()
    keep = [laptop.TRIAL, *([laptop.ISSUES, laptop.IDENTITY] if gone == laptop.SIGNING else [])]
    for path in list(key.iterdir()):
        if path.name not in keep:
            path.unlink()
    if gone == "other keys":
        laptop.keep(laptop.make("CTR"), tmp_path / "others", now=NOW)
        for path in (tmp_path / "others").iterdir():
            path.rename(key / path.name)
    before = {path.name: path.read_bytes() for path in key.iterdir()}
    with pytest.raises(RuleError if gone == "other keys" else MachineError, match="untried" if gone == "other keys" else "key_lost"):
        issue()
    if gone != "other keys":
        with pytest.raises(MachineError, match="key_lost"):
            escrow.backup(key, recipient=second.recipient, file=tmp_path / "second", now=NOW)
    assert {path.name: path.read_bytes() for path in key.iterdir()} == before


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a": "x"}', b"\xff"])
def test_a_damaged_list_of_issues_never_counts_as_none(tmp_path, data):
    second, key = laptop.make("ESS").identity, tmp_path / "key"
    escrow.backup(key, recipient=second.recipient, file=tmp_path / "backup", now=NOW)
    (key / laptop.ISSUES).write_bytes(data)
    with pytest.raises(MachineError, match="file_unreadable"):
        planning.issue_from(programmes.shipped_source(), key=key, enrolled=(), recipient=second.recipient, heard="")
