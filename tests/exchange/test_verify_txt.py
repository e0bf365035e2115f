"""VERIFY.txt followed to the letter: every line a person would copy, in its order, in one folder."""

import shutil
import subprocess
import sys

import pytest

from tradeoff_desktop.exchange import bundle, payload, sealing, trust

TOOLS = ("age", "unzip", "ssh-keygen", "sha256sum")


@pytest.fixture
def followed(world, sealed_bundle, tmp_path):
    """Run the commands of the bundle's own VERIFY.txt; what ``spoil`` does happens once it is unpacked."""
    if missing := [name for name in TOOLS if shutil.which(name) is None]:
        pytest.skip(f"{missing[0]} is not installed")
    pytest.importorskip("bagit")
    found = world.opening(sealed_bundle)
    (tmp_path / bundle.file_name(found.info)).write_bytes(sealed_bundle)
    (tmp_path / "identity.key").write_text(sealing.write_identity(world.CENTRE.identity, world.RECEIVED))
    (tmp_path / "allowed_signers").write_text(trust.write(world.trusted(world.LEAD)))
    text = found.files[payload.VERIFY].decode()
    copied = [line.strip() for line in text.splitlines() if line.strip().startswith((*TOOLS, "cd ", "python -m"))]
    assert [line.split()[0] for line in copied] == [
        "cd", "age", "unzip", "unzip", "cd", "ssh-keygen", "sha256sum", "sha256sum", "python",
    ]

    def follow(spoil="", received="20261103180000Z"):
        copied[copied.index(next(line for line in copied if line.startswith("cd ") and ">>" not in line))] += f"\n{spoil}"
        script = "\n".join(["set -e", *copied]).replace("RECEIVED", received).replace("python -m", f"{sys.executable} -m")
        return subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    return follow


def test_a_good_bundle_passes_every_line(followed):
    done = followed()
    assert done.returncode == 0, done.stderr
    for part in ("No errors detected", 'Good "tradeoff-bundle-v1" signature', "bag-info.txt: OK", "data/records.ndjson: OK"):
        assert part in done.stdout


@pytest.mark.parametrize("file", ["bag-info.txt", "manifest-sha256.txt", "data/records.ndjson", "tagmanifest-sha256.txt"])
def test_an_altered_file_is_noticed(followed, file):
    assert followed(spoil=f"printf x >> {file}").returncode != 0


def test_another_signer_is_noticed(followed):
    assert followed(spoil="sed s/MAN/SHF/ ../allowed_signers > ../other; mv ../other ../allowed_signers").returncode != 0


def test_a_revoked_key_is_refused(followed, world, tmp_path):
    (tmp_path / "revoked_keys").write_text(trust.write_revoked([world.LEAD.key.public]))
    done = followed()
    assert done.returncode != 0
    assert "Could not verify signature" in done.stdout
    assert "bag-info.txt: OK" not in done.stdout


def test_a_list_of_other_revoked_keys_refuses_nothing_and_stays_as_it_is(followed, world, tmp_path):
    listed = trust.write_revoked([world.DESK.key.public])
    (tmp_path / "revoked_keys").write_text(listed)
    assert followed().returncode == 0
    assert (tmp_path / "revoked_keys").read_text() == listed


def test_it_says_what_windows_has_in_place_of_unzip_and_sha256sum(world, plain_bundle):
    text = world.opening(plain_bundle).files[payload.VERIFY].decode()
    for line in ("mkdir man-2026-11-leaddevice-11", "tar -xf man-2026-11-leaddevice-11.zip -C man-2026-11-leaddevice-11"):
        assert f"   {line}\n" in text
    assert "   certutil -hashfile data\\records.ndjson SHA256\n" in text


def test_it_says_of_which_head_the_seal_code_is_made(world, plain_bundle):
    text = " ".join(world.opening(plain_bundle).files[payload.VERIFY].decode().split())
    assert 'chain after its last "sealed": where that is the last record, the line Tradeoff-Chain-Head' in text
    assert "where somebody left afterwards, it must be worked out" in text
