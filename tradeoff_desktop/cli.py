"""Every ``tradeoff`` command. Exit codes: 0 done, 1 something was refused, 2 usage, 69-74 as in sysexits."""

import json
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from tradeoff_desktop import __version__, cli_trust
from tradeoff_desktop.app import (
    centre,
    content,
    crash,
    datasets,
    doctor,
    judging,
    kit,
    merging,
    narrating,
    packwords,
    planning,
    rehearsal,
    reporting,
    restoring,
)
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.cli_base import (
    FILE,
    FOLDER,
    LETTER,
    RECEIVED,
    Output,
    Refused,
    command,
    ending,
    now,
    printable,
    received_at,
)

BUG = 70
TakeScreenshots = Callable[[Path], list[Path]]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tradeoff")
def tradeoff() -> None:
    """Tradeoff Desktop: workshops that weigh the risks and benefits of sharing personal data. Works offline."""


@tradeoff.command("rehearse")
@click.option("--out", "folder", type=FOLDER, required=True, help="A folder that does not exist yet or is empty.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same answers.")
@click.option("--areas", type=click.IntRange(1, 6), default=6, show_default=True)
@click.option("--people", type=click.IntRange(6, 30), default=20, show_default=True)
@command
def rehearse(folder: Path, seed: int, areas: int, people: int, out: Output) -> None:
    """Play a whole programme: six areas' days, their bundles, the merge and every report. Practice data only."""
    summary = rehearsal.rehearse(folder, seed=seed, areas=areas, people=people, progress=out.progress)
    for line in summary.lines():
        out.say(line)
    out.result = summary.facts()


@tradeoff.command("verify")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--trust", type=FILE, required=True, help="An allowed_signers file.")
@click.option("--identity", type=FILE, help="An age key file that may open the bundles.")
@RECEIVED
@command
def verify(
    files: tuple[Path, ...], trust: Path, identity: Path | None, received: datetime | None, out: Output,
) -> None:
    """Check who signed bundles and that nothing in them was changed. Nothing is written."""
    judged = judging.verify(list(files), judging.access(trust=trust, identity=identity, now=received_at(received)))
    _say_judged(out, judged)


@tradeoff.command("unpack")
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, required=True)
@click.option("--out", "folder", type=FOLDER, required=True, help="A folder that does not exist yet.")
@command
def unpack(file: Path, identity: Path, folder: Path, out: Output) -> None:
    """Write the signed bag as plain files, for ssh-keygen, sha256sum and other standard tools to judge."""
    names = centre.unpack(file, identity=identity, folder=folder)
    out.say(f"{counted(len(names), 'file', 'files')} written to {folder}. VERIFY.txt in its data folder says how to check them.")
    out.result = {"folder": str(folder), "files": names}


@tradeoff.command("merge")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--store", type=FILE, required=True, help="The centre's store; made if it does not exist.")
@click.option("--trust", type=FILE, required=True)
@click.option("--identity", type=FILE, required=True)
@click.option("--programme", "plan", type=FILE, help="The programme file: who may lead which workshop.")
@LETTER
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@RECEIVED
@command
def merge(  # noqa: PLR0913, PLR0917 - a parameter an option
    files: tuple[Path, ...], store: Path, trust: Path, identity: Path, plan: Path | None, heard: str,
    received: datetime | None, *, dry_run: bool, out: Output,
) -> None:
    """Take verified bundles into the centre's store: a union, in one transaction."""
    access = judging.access(trust=trust, identity=identity, now=received_at(received), programme=plan, heard=heard)
    _say_words(out, access.words, heard)
    judged = merging.merge(list(files), store=store, access=access, dry_run=dry_run, progress=out.progress)
    _say_judged(out, judged)


@tradeoff.command("dump")
@click.option("--store", type=FILE, required=True)
@command
def dump(store: Path, out: Output) -> None:
    """Print every record of a store as canonical NDJSON, in the one order there is."""
    out.silent = True  # the records are the output, with --json or without
    for line in centre.dump(store):
        sys.stdout.buffer.write(line + b"\n")


@tradeoff.command("report")
@click.option("--store", type=FILE, required=True)
@click.option("--workshop", help="The session summary of this workshop.")
@click.option("--host", help="The copy of this workshop that stays with the council.")
@click.option("--area", help="The report of this area.")
@click.option("--checking", help="The checking copy of this area, with a reply form.")
@click.option("--full", is_flag=True, help="The report over all areas.")
@click.option("--out", "file", type=FILE, required=True, help="Name it .html for one HTML file; otherwise a tagged PDF.")
@click.option("--figures", type=FOLDER, help="Every figure by itself as SVG and PDF, into a new or empty folder.")
@click.option("--draft", is_flag=True, help="Not to be handed out: later reports need not be held against it.")
@click.option("--programme", type=FILE, help="The signed programme file, so that its digest stands in the annex.")
@command
def report(  # noqa: PLR0913 - an argument for each option
    store: Path, *, full: bool, file: Path, figures: Path | None, draft: bool, programme: Path | None, out: Output,
    **of: str | None,
) -> None:
    """Write a report as a tagged PDF or as one HTML file, as an edition beside those published before."""
    papers: dict[str, reporting.Paper] = {"workshop": "summary", "host": "host", "area": "area", "checking": "checking"}
    asked = [reporting.Asked(papers[name], value) for name, value in of.items() if value]
    asked += [reporting.Asked("full")] if full else []
    if len(asked) != 1:
        raise click.UsageError("Name one of --workshop, --host, --area, --checking or --full.")
    written = reporting.report(store, asked[0], file=file, now=now(), figures=figures, draft=draft, programme=programme, progress=out.progress)
    for path in written:
        out.say(f"Written: {path}")
    out.result = {"file": str(file), "files": [str(path) for path in written]}


@tradeoff.command("findings")
@click.option("--store", type=FILE, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON, 12 significant digits; not for publication.")
@click.option("--csv", "folder", type=FOLDER, help="Write the tables behind the figures, for publication, into a new or empty folder.")
def findings(store: Path, folder: Path | None, *, as_json: bool) -> None:
    """Print what the answers in a store show, after disclosure control."""
    out = Output(as_json=as_json)
    with ending(out):
        results, told = reporting.findings(store)
        for path in reporting.data(store, folder, release="open", now=now()) if folder else []:
            out.say(f"Written: {path}")
        out.result = json.loads(reporting.findings_json(results))
        for line in told:
            out.say(line)


@tradeoff.command("data")
@click.option("--store", type=FILE, required=True)
@click.option("--release", type=click.Choice(["open", "safeguarded"]), required=True,
              help="The tables behind the figures, or every answer for named statisticians.")
@click.option("--out", "folder", type=FOLDER, required=True, help="A folder that does not exist yet or is empty.")
@click.option("--sqlite", is_flag=True, help="The same tables also as one SQLite file, with readable views.")
@command
def data(store: Path, release: datasets.Release, folder: Path, *, sqlite: bool, out: Output) -> None:
    """Write the open or the safeguarded data as CSV files with a README and a codebook."""
    for path in reporting.data(store, folder, release=release, now=now(), sqlite=sqlite):
        out.say(f"Written: {path}")
    if release == "safeguarded":
        out.say("Not for publication: hand it only to the statisticians it is meant for.")
    out.result = {"folder": str(folder), "release": release}


@tradeoff.command("audit")
@click.option("--store", type=FILE, required=True)
@click.option("--programme", type=FILE, help="The signed programme file: it knows until when data may be kept.")
@click.option("--out", "file", type=FILE, required=True, help="Name it .html for one HTML file; otherwise a tagged PDF.")
@command
def audit(store: Path, programme: Path | None, file: Path, out: Output) -> None:
    """Write what is held, what went in and out, and what was deleted, for a data protection officer."""
    for path in reporting.report(store, reporting.Asked("audit"), file=file, now=now(), programme=programme):
        out.say(f"Written: {path}")
    out.result = {"file": str(file)}


@tradeoff.command("narrative")
@click.argument("slot")
@click.argument("file", type=FILE)
@click.option("--store", type=FILE, required=True)
@click.option("--key", type=FOLDER, required=True, help="The centre's key folder.")
@command
def narrative(slot: str, file: Path, store: Path, key: Path, out: Output) -> None:
    """Put your own words into the reports: "foreword", "recommendations"; "MAN:next_steps" for one area's report."""
    narrating.narrate(store, slot, file, key=key, around=Surroundings(now, lambda: secrets.token_hex(16)))
    out.say(f"Kept under {slot}. Write the report again to see it.")
    out.result = {"slot": slot}


@tradeoff.command("restore")
@click.argument("file", type=FILE)
@command
def restore(file: Path, out: Output) -> None:
    """Bring a workshop back on this laptop from a checkpoint or another bundle that this laptop wrote."""
    restored = restoring.restore_file(folders(), Surroundings(now, lambda: secrets.token_hex(16)), file)
    restored.desk.store.close()
    for line in restored.lines():
        out.say(line)
    out.result = {"workshop": restored.desk.opened.workshop, "records": restored.records, "until": restored.until}


@tradeoff.group("keys")
def keys() -> None:
    """This laptop's own keys."""


@keys.command("new")
@click.option("--area", required=True, help="The area this laptop works for, e.g. MAN.")
@command
def keys_new(area: str, out: Output) -> None:
    """Make this laptop's keys for an area and write its enrolment file."""
    _say_keys(out, planning.new_keys(area, now=now()))


@keys.command("show")
@command
def keys_show(out: Output) -> None:
    """Show this laptop's public keys."""
    shown = planning.known_keys()
    out.result = {"keys": [key.facts() for key in shown]}
    for key in shown:
        _say_keys(out, key)
    if not shown:
        out.say("This laptop has no keys yet. Make them with: tradeoff keys new --area CODE")


@keys.command("words")
@click.argument("file", type=FILE)
@command
def keys_words(file: Path, out: Output) -> None:
    """Print the eight words of a key in an enrolment, programme or public key file, to compare by voice."""
    found = planning.words_in(file)
    out.say(" ".join(found))
    out.result = {"words": list(found)}


@tradeoff.group("programme")
def programme() -> None:
    """The plan that every laptop works from."""


@programme.command("new")
@click.argument("plan", type=FILE)
@click.option("--key", type=FOLDER, required=True, help="The centre's key folder; made if it does not exist.")
@click.option("--enrolment", "enrolments", multiple=True, type=FILE, help="A laptop's enrolment file; may be repeated.")
@click.option("--escrow", required=True, help="The age recipient of a second key that can open every bundle.")
@click.option("--restored", default="", help="The six words that restoring the centre's backup showed (tradeoff centre).")
@click.option("--out", "file", type=FILE, required=True)
@command
def programme_new(  # noqa: PLR0913, PLR0917 - a parameter an option
    plan: Path, key: Path, enrolments: tuple[Path, ...], escrow: str, restored: str, file: Path, out: Output,
) -> None:
    """Sign a plan (a TOML file) with the shipped pack as the programme file that laptops take in."""
    enrolled = [planning.enrol_file(path, now=now()) for path in enrolments]
    issued = planning.issue_from(plan, key=key, enrolled=enrolled, recipient=escrow, heard=restored)
    planning.write(issued, file)
    out.say(f"Written: {file}")
    out.say("The eight words for the printed letter: " + " ".join(issued.signed.words))
    for line in issued.advice:
        out.say(f"Note: {line}")
    out.result = {"file": str(file), "words": list(issued.signed.words), "advice": issued.advice}


@programme.command("check")
@click.argument("file", type=FILE)
@command
def programme_check(file: Path, out: Output) -> None:
    """Check a plan (TOML) or a signed programme file, and say what it cannot answer."""
    checked = planning.check(file)
    for line in [*checked.facts, *checked.faults, *checked.advice]:
        out.say(line)
    out.result = {"faults": checked.faults, "advice": checked.advice, "words": list(checked.words)}
    if checked.faults:
        raise Refused


@programme.command("kit")
@click.argument("file", type=FILE)
@click.option("--out", "folder", type=FOLDER, required=True, help="A folder that does not exist yet or is empty.")
@click.option("--workshop", default="", help="Only the kit of this workshop.")
@command
def programme_kit(file: Path, folder: Path, workshop: str, out: Output) -> None:
    """Print the paper of every workshop: a folder each, a folder in it for every envelope, and a packing list."""
    printed = kit.write(file, folder, workshop=workshop, progress=out.progress)
    for one in printed:
        out.say(one.line())
    out.result = {"workshops": [one.facts() for one in printed]}


@programme.command("trust")
@click.argument("file", type=FILE)
@click.option("--out", "folder", type=FOLDER, required=True)
@LETTER
@command
def programme_trust(file: Path, folder: Path, heard: str, out: Output) -> None:
    """Write allowed_signers (and revoked_keys) from a signed programme: what the centre judges bundles by."""
    written, signed = planning.write_trust(file, folder, heard=heard)
    for path in written:
        out.say(f"Written: {path}")
    _say_words(out, signed, heard)
    out.result = {"files": [str(path) for path in written], "words": list(signed)}


@tradeoff.group("pack")
def pack() -> None:
    """Packs: the content of workshops."""


@pack.command("check")
@click.argument("path", type=FOLDER)
@command
def pack_check(path: Path, out: Output) -> None:
    """Name file, line and field of everything that is wrong with a pack."""
    faults = content.check(path)
    for fault in faults:
        out.say(packwords.say(fault))
    out.result = {"faults": [packwords.say(fault) for fault in faults]}
    if faults:
        raise Refused
    out.say(f"Nothing wrong. Identity: {content.identity(path)}")
    out.result["identity"] = content.identity(path)


@tradeoff.command("doctor")
@command
def see_doctor(out: Output) -> None:
    """Check this laptop: Python, data folder, disk, store settings, cards, keys and clock."""
    checks = doctor.examine(now=now())
    for check in checks:
        out.say(f"{'ok ' if check.ok else 'NO '} {check.name}: {check.text}")
    out.result = {"checks": [check._asdict() for check in checks]}
    if not all(check.ok for check in checks):
        raise Refused


@tradeoff.command("screenshots")
@click.option("--out", "folder", type=FOLDER, required=True)
@click.pass_obj
@command
def screenshots(take: TakeScreenshots, folder: Path, out: Output) -> None:
    """Write a picture of every screen, from the practice workshop."""
    files = take(folder)
    out.say(f"{counted(len(files), 'picture', 'pictures')} written to {folder}")
    out.result = {"files": [str(file) for file in files]}


for group in (cli_trust.trust, cli_trust.centre, cli_trust.receipt):
    tradeoff.add_command(group)
programme.add_command(cli_trust.programme_close)
for one in (cli_trust.keys_renew, cli_trust.keys_lock, cli_trust.keys_unlock):
    keys.add_command(one)


def main(take_screenshots: TakeScreenshots) -> None:
    """Run the command line. ``take_screenshots`` is handed in because pictures need windows, which are not ours."""
    try:
        tradeoff.main(obj=take_screenshots, prog_name="tradeoff")
    except Exception as error:  # noqa: BLE001 - a traceback may quote what people typed; the report does not
        told = crash.told(folders(), error, now=now(), todo="Do it once more; if it happens again, tell the central team.")
        click.echo(printable(str(told)), err=True)
        sys.exit(BUG)


def _say_judged(out: Output, judged: list[judging.Judged]) -> None:
    for one in judged:
        mark = "✓" if one.accepted else "✗"
        out.say(f"{mark} {one.file}: {one.text}")
        if one.todo:
            out.say(f"    {one.todo}")
    out.result = {"bundles": [one.facts() for one in judged]}
    if not all(one.accepted for one in judged):
        raise Refused


def _say_words(out: Output, signed: tuple[str, ...], heard: str) -> None:
    if signed and not heard:
        out.say(f"The programme file was signed by the key with the words: {' '.join(signed)}. Compare them with the printed letter.")


def _say_keys(out: Output, key: planning.KnownKey) -> None:
    for line in key.lines():
        out.say(line)
    out.result = out.result or key.facts()
