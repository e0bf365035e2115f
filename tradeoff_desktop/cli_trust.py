"""The ``tradeoff`` commands about keys: whom the centre trusts, its backup, and the receipts it gives."""

import secrets
from pathlib import Path

import click

from tradeoff_desktop.app import (
    ending,
    enrolling,
    escrow,
    judging,
    laptop,
    merging,
    planning,
    receipts,
    ruling,
)
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.cli_base import FILE, FOLDER, Output, Refused, command, now


@click.group("trust")
def trust() -> None:
    """The laptops that the central team knows."""


@trust.command("enrol")
@click.argument("file", type=FILE)
@click.option("--trust", "into", type=FILE, required=True, help="The allowed_signers file; made if it does not exist.")
@click.option("--words", "heard", default="", help="The eight words that people read to you from the laptop's screen.")
@command
def trust_enrol(file: Path, into: Path, heard: str, out: Output) -> None:
    """Add a laptop from its enrolment file. The next merge takes in its bundles that were put aside."""
    done = enrolling.enrol(file, into=into, heard=heard, now=now())
    how = "its earlier key vouches for it" if done.vouched else "the words agree"
    out.say(f"Enrolled: {done.signer.principal}; {how}.")
    out.result = {"laptop": done.signer.principal, "vouched": done.vouched}


@trust.command("revoke")
@click.argument("file", type=FILE)
@click.option("--trust", "into", type=FILE, required=True, help="The allowed_signers file.")
@command
def trust_revoke(file: Path, into: Path, out: Output) -> None:
    """Take back a lost or stolen laptop's key, from its enrolment or public key file."""
    enrolling.revoke(planning.key_in(file), into=into)
    out.say("Done. Nothing that this key signed is taken in from now on; what was taken in before stays.")
    out.say("Name the key under “revoked” in the plan too, and send the laptops a new programme file.")
    out.result = {"words": list(planning.words_in(file))}


@click.group("centre")
def centre() -> None:
    """The central team's own keys: kept twice, and tried out before they are needed."""


@centre.command("backup")
@click.option("--key", type=FOLDER, required=True, help="The centre's key folder; made if it does not exist.")
@click.option("--escrow", "recipient", required=True, help="The age recipient of whoever keeps the second key.")
@click.option("--out", "file", type=FILE, required=True)
@command
def centre_backup(key: Path, recipient: str, file: Path, out: Output) -> None:
    """Write the centre's keys, locked for the escrow key alone."""
    escrow.backup(key, recipient=recipient, file=file, now=now())
    out.say(f"Written: {file}")
    out.say("Now have it restored with the escrow key (tradeoff centre restore) and ask for the six words it shows.")
    out.result = {"file": str(file)}


@centre.command("restore")
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, required=True, help="The escrow key file.")
@click.option("--out", "folder", type=FOLDER, required=True, help="A new key folder.")
@command
def centre_restore(file: Path, identity: Path, folder: Path, out: Output) -> None:
    """Bring the centre's keys back from a backup, and show the six words that prove it."""
    words = escrow.restore(file, identity=laptop.read_identity(identity), folder=folder, now=now())
    out.say(f"Restored to {folder}. The six words: {' '.join(words)}")
    out.result = {"words": list(words)}


@centre.command("rebuild")
@click.option("--store", type=FILE, required=True, help="The store as it was; it may be damaged or gone.")
@click.option("--trust", type=FILE, required=True)
@click.option("--identity", type=FILE, required=True)
@click.option("--out", "file", type=FILE, required=True, help="The new store; a name that is not taken.")
@command
def centre_rebuild(store: Path, trust: Path, identity: Path, file: Path, out: Output) -> None:
    """Make the central team's store anew from the bundles kept beside it."""
    access = judging.access(trust=trust, identity=identity, now=now())
    done = merging.rebuild(store, new=file, access=access, progress=out.progress)
    for line in done.lines():
        out.say(line)
    out.result = done._asdict()
    if done.refused or done.missing or done.same is False:
        raise Refused


@centre.command("waiting")
@click.option("--store", type=FILE, required=True)
@click.option("--trust", type=FILE, required=True)
@click.option("--identity", type=FILE, required=True)
@command
def centre_waiting(store: Path, trust: Path, identity: Path, out: Output) -> None:
    """List the bundles that are kept aside, and why."""
    found = ruling.waiting(store, judging.access(trust=trust, identity=identity, now=now()))
    for one in found:
        out.say(f"{one.file}\n    {one.text}")
    if not found:
        out.say("Nothing is kept aside.")
    out.result = {"waiting": [one._asdict() for one in found]}


@centre.command("rule")
@click.argument("file")
@click.option("--store", type=FILE, required=True)
@click.option("--trust", type=FILE, required=True)
@click.option("--identity", type=FILE, required=True)
@click.option("--key", type=FOLDER, required=True, help="The centre's key folder.")
@click.option("--reason", required=True, help="Why; it stands in the record.")
@click.option("--held", is_flag=True, help="Of two copies that differ, the one taken in first counts, and not FILE.")
@command
def centre_rule(  # noqa: PLR0913 - a parameter an option
    file: str, store: Path, trust: Path, identity: Path, key: Path, reason: str, *, held: bool, out: Output,
) -> None:
    """Let a bundle in that is kept aside: FILE as `tradeoff centre waiting` names it."""
    access = judging.access(trust=trust, identity=identity, now=now())
    team = ruling.Team(laptop.read(key), Surroundings(now, lambda: secrets.token_hex(16)))
    ruling.rule(store, file, reason=reason, held=held, by=team, access=access)
    out.say("Done. The ruling and its reason stand in the central team's own records.")
    out.result = {"file": file, "held": held}


@click.command("close")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--confirm", "named", required=True, help="The programme's id, typed to show that you mean it.")
@click.option("--out", "file", type=FILE, required=True, help="Where the certificate of deletion goes; a name that is not taken.")
@command
def programme_close(folder: Path | None, named: str, file: Path, out: Output) -> None:
    """Delete stores, originals and keys of a programme for good, and write a certificate. Reports stay.

    FOLDER is the central team's; without it the workshops on this laptop are meant.
    """
    if folder is not None:
        done = ending.close_centre(folder, named=named, certificate=file, now=now())
    else:
        around = Surroundings(now, lambda: secrets.token_hex(16))
        done = ending.close_laptop(folders(), around, named=named, certificate=file)
    out.say(f"Done: {counted(done.files, 'file', 'files')} removed. Keep the certificate: {done.certificate}")
    if done.damaged:
        out.say(f"Left alone with all keys, because they are damaged: {', '.join(done.damaged)}. Bring them back on Home, then close again.")
    out.result = {
        "certificate": str(done.certificate), "files": done.files, "workshops": done.workshops, "damaged": list(done.damaged),
    }


@click.group("receipt")
def receipt() -> None:
    """What the central team says when it holds a workshop, so that laptops may delete it."""


@receipt.command("write")
@click.option("--store", type=FILE, required=True)
@click.option("--workshop", default="", help="Only this workshop; otherwise a receipt for each that is held.")
@click.option("--key", type=FOLDER, required=True, help="The centre's key folder.")
@click.option("--out", "folder", type=FOLDER, required=True)
@command
def receipt_write(store: Path, workshop: str, key: Path, folder: Path, out: Output) -> None:
    """Write a signed receipt for each workshop, and the codes to read out by telephone."""
    written, own = [], laptop.read(key)
    for name in [workshop] if workshop else receipts.workshops(store):
        written.append(receipts.write(store, workshop=name, centre=own, folder=folder, now=now()))
        out.say(f"Written: {written[-1].path}")
        for device, code in written[-1].codes.items():
            out.say(f"  {device}  {code}")
        for device in written[-1].disputed:
            out.say(f"  {device}  left out: two of its copies differ")
    out.result = {
        "files": [str(one.path) for one in written], "disputed": [device for one in written for device in one.disputed],
        "codes": {device: code for one in written for device, code in one.codes.items()},
    }


@receipt.command("accept")
@click.argument("file", type=FILE)
@command
def receipt_accept(file: Path, out: Output) -> None:
    """Take the central team's receipt in on this laptop: the workshop it names may then be deleted (on its closing page)."""
    workshop = receipts.accept_here(folders(), file)
    out.say(f"Done. The central team holds all of {workshop}; it may be deleted from this laptop.")
    out.result = {"workshop": workshop}


@click.command("renew")
@click.option("--area", required=True)
@command
def keys_renew(area: str, out: Output) -> None:
    """Give this laptop a new key that its present key vouches for, and write the enrolment file."""
    key = planning.renew_keys(area, now=now(), at=folders())
    for line in key.lines():
        out.say(line)
    out.result = key.facts()


@click.command("lock")
@click.option("--area", required=True)
@click.option("--passphrase", prompt=True, hide_input=True, confirmation_prompt=True)
@command
def keys_lock(area: str, passphrase: str, out: Output) -> None:
    """Lock this laptop's keys with a passphrase, asked for once whenever the program starts."""
    laptop.lock(folders().keys / area, passphrase)
    out.say("Locked. Nobody can bring the keys back without the passphrase; the central team can enrol a new one.")


@click.command("unlock")
@click.option("--area", required=True)
@click.option("--passphrase", prompt=True, hide_input=True)
@command
def keys_unlock(area: str, passphrase: str, out: Output) -> None:
    """Take the passphrase off this laptop's keys again."""
    laptop.take_lock_off(folders().keys / area, passphrase)
    out.say("The keys open without a passphrase again.")
