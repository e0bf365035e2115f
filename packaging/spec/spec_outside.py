"""Bundles that must be refused for what surrounds the payload: age, container, signature, signer, labels, lists."""

import io
import struct
import zipfile
from collections.abc import Iterator

import spec_age
import spec_world as world
from spec_forge import Case, Files, forged, info_of, lead, payload_of, signed, small
from spec_good import meant_for, remainder_of

from tradeoff_desktop.exchange import bag, bundle, container, manifest, payload, signature, wire
from tradeoff_desktop.exchange.sealing import Identity

AGE_NOT_OURS = ("not_for_us", "age")
BAD_AGE = ("bad_age", "age")
NOT_AS_SEALED = ("not_as_sealed", "age")
BAD_CONTAINER = ("bad_container", "format")
UNEXPECTED = ("unexpected_file", "format")
NOT_CANONICAL = ("not_canonical", "format")
BAD_FORM = ("bad_signature_format", "format")
BAD_SIGNATURE = ("bad_signature", "content")
LISTED_OTHERWISE = ("manifest_differs", "content")
WRONG_LIST = ("manifest_differs", "format")
BAD_INFO = ("bad_bag_info", "format")
Rows = list[tuple[str, str, bytes, tuple[str, str]]]


def cases() -> Iterator[Case]:
    """Every bundle that is refused before a record of it is read."""
    yield from _age()
    for rows in (_container(), _names(), _signatures(), _signers(), _altered(), _lists(), _infos()):
        yield from (Case(name=f"bad-{name}", what=what, data=data, fault=fault) for name, what, data, fault in rows)


def good_files() -> Files:
    """The files of the table laptop's good bundle."""
    files = payload_of(small())
    return signed(files, info_of(small(), files, stage="open"))


def _age() -> Iterator[Case]:
    readers = [world.CENTRE, world.LEAD]
    plain, open_to = meant_for(readers), [one.identity for one in readers]
    data = spec_age.encrypt(plain, open_to, "good")
    start = data.index(b"\n--- ") + 1
    middle = data.index(b"\n", start) + 1 + 16 + 1000
    rows: Rows = [
        ("age-text-form", "age's text form", spec_age.armour(data), ("armoured", "age")),
        ("age-not-for-us", "encrypted to somebody else", spec_age.encrypt(plain, [world.STRANGER.identity], "other"), AGE_NOT_OURS),
        ("age-passphrase", "encrypted with a passphrase", _with_passphrase(), AGE_NOT_OURS),
        ("age-cut", "the last byte is missing", data[:-1], BAD_AGE),
        ("age-longer", "one byte follows", data + b"\n", BAD_AGE),
        ("age-altered", "one bit of the contents is another", _flipped(data, middle), BAD_AGE),
        ("age-header-altered", "one bit of the header's check is another", _flipped(data, start + 6), BAD_AGE),
        ("age-header-long", "a header of more than 16 KiB", _with_long_header(plain, open_to), BAD_AGE),
        ("age-taken-off", "signed for two readers and passed on unencrypted", plain, NOT_AS_SEALED),
        ("age-put-on", "signed for anybody and passed on encrypted", spec_age.encrypt(_good(), open_to, "put on"), NOT_AS_SEALED),
    ]
    for name, what, altered, fault in rows:
        yield Case(name=f"bad-{name}", what=what, data=altered, fault=fault, opened_with=("centre",))


def _with_passphrase() -> bytes:
    return (
        b"age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 22\n8s6Ka3dOhVXFeUSDODUW/ZuL8XUXpcxQe4dGOkUI7xM\n"
        b"--- Dp1sDK/2T3JTaJeOBz3jFYnGo8zSbqyEvFfYAGZkBgo\n" + bytes(60)
    )


def _with_long_header(plain: bytes, readers: list[Identity]) -> bytes:
    return spec_age.encrypt(plain, readers, "long header", more=b"-> passed-over\nAAAA\n" * 900)


def _good() -> bytes:
    return container.write(good_files())


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _container() -> Rows:
    good = _good()
    directory = good.index(b"PK\x01\x02")
    return [
        ("empty", "no byte at all", b"", BAD_CONTAINER),
        ("zip-before", "a byte stands before the first entry", b"\n" + good, BAD_CONTAINER),
        ("zip-after", "a byte follows the end", good + b"\n", NOT_CANONICAL),
        ("zip-comment", "a comment at the end", good[:-2] + b"\x02\x00hi", NOT_CANONICAL),
        ("zip-date", "another date in the first entry", good[:12] + b"\x22" + good[13:], NOT_CANONICAL),
        ("zip-flag", "a flag in the first entry", good[:7] + b"\x08" + good[8:], NOT_CANONICAL),
        ("zip-check-number", "a wrong check number in the first entry", _flipped(good, 14), NOT_CANONICAL),
        ("zip-directory", "another file mode in the directory", _flipped(good, directory + 41), NOT_CANONICAL),
        ("zip-no-directory", "cut where the directory begins", good[:directory], NOT_CANONICAL),
        ("zip-cut", "cut within an entry", good[: directory - 10], BAD_CONTAINER),
        ("zip-size", "an entry that claims more bytes than there are", good[:18] + b"\xff\xff\xff\x00" + good[22:], BAD_CONTAINER),
        ("zip-extra", "an extra field in the last entry", _with_extra(good), NOT_CANONICAL),
        ("zip-deflated", "the same files packed as another program does it", _deflated(), UNEXPECTED),
        ("zip-65-entries", "sixty-five entries", _many(), BAD_CONTAINER),
    ]


def _with_extra(good: bytes) -> bytes:
    last = good.rindex(b"PK\x03\x04")
    name_end = last + 30 + len(payload.VERIFY)
    return good[: last + 28] + struct.pack("<H", 4) + good[last + 30 : name_end] + b"\x01\x00\x00\x00" + good[name_end:]


def _deflated() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in reversed(good_files().items()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _many() -> bytes:
    return container.write({f"{number}.txt": b"" for number in range(65)})


def _names() -> Rows:
    files = good_files()
    names = list(files)
    swapped = {name: files[name] for name in (*names[:3], names[4], names[3], *names[5:])}
    lower = {name.lower(): content for name, content in files.items()}
    later = dict(files) | {bundle.INFO: files[bundle.INFO].replace(b"Format: 1", b"Format: 2"), "data/later.txt": b""}
    one = container.write({payload.VERIFY: files[payload.VERIFY]})
    twice = container.write(files)
    entry = one[: one.index(b"PK\x01\x02")]
    at = twice.index(b"PK\x01\x02")
    full = signed(payload_of(lead()), info_of(lead(), payload_of(lead())), by=world.LEAD)
    return [
        ("name-order", "two files in another order", container.write(swapped), UNEXPECTED),
        ("name-missing", "the last file is missing", container.write({name: files[name] for name in names[:-1]}), BAD_CONTAINER),
        ("name-more", "a file more than the list has", container.write(files | {"data/more.txt": b""}), UNEXPECTED),
        ("name-twice", "the last file twice", twice[:at] + entry + twice[at:], UNEXPECTED),
        ("name-letters", "the names in small letters", container.write(lower), UNEXPECTED),
        ("name-upwards", "a name that leads out of the folder", container.write({f"../{names[0]}": b"x"}), UNEXPECTED),
        ("later-format", "format 2, with a file that format 1 has not", container.write(later), ("other_format", "format")),
        ("remainder-as-bundle", "a remainder passed off as a bundle", remainder_of(full, lead()), UNEXPECTED),
    ]


def _with_signature(made: bytes) -> bytes:
    return container.write(good_files() | {bundle.SIGNATURE: made})


def _signatures() -> Rows:
    files = good_files()
    made, listing = files[bundle.SIGNATURE], files[bundle.TAGMANIFEST]
    blob = wire.remove_armour(made, "SSH SIGNATURE", code="")
    other = signature.sign(listing + b" ", key=world.TABLE.key, namespace=signature.BUNDLE)
    table = signature.sign(listing, key=world.TABLE.key, namespace=signature.TABLE)

    def rebuilt(changed: bytes) -> bytes:
        return _with_signature(wire.armour(changed, "SSH SIGNATURE"))

    order = 2**252 + 27742317777372353535851937790883648493
    larger = (int.from_bytes(blob[-32:], "little") + order).to_bytes(32, "little")
    return [
        ("signature-lines", "the signature's lines end as on Windows", _with_signature(made.replace(b"\n", b"\r\n")), BAD_FORM),
        ("signature-wrapped", "the signature's lines are wrapped elsewhere", _with_signature(made.replace(b"\nU1", b"\nU\n1")), BAD_FORM),
        ("signature-empty", "an empty signature", _with_signature(b""), BAD_FORM),
        ("signature-long", "a signature of more than 1 KiB", _with_signature(made + b"\n" * 1024), BAD_FORM),
        ("signature-version", "version 2 of the signature", rebuilt(blob[:9] + b"\x02" + blob[10:]), BAD_FORM),
        ("signature-hash", "the hash is named sha256", rebuilt(blob.replace(b"sha512", b"sha256")), BAD_FORM),
        ("signature-longer", "a byte follows inside the signature", rebuilt(blob + b"\x00"), BAD_FORM),
        ("signature-key-type", "a key of another type", rebuilt(blob.replace(b"ssh-ed25519", b"ssh-ed25510", 1)), BAD_FORM),
        ("signature-purpose", "signed as a table file", _with_signature(table), ("wrong_namespace", "signer")),
        ("signature-other", "the signature of another text", _with_signature(other), BAD_SIGNATURE),
        ("signature-altered", "one bit of the signature is another", rebuilt(_flipped(blob, len(blob) - 40)), BAD_SIGNATURE),
        ("signature-larger", "the same number plus the order of the group", rebuilt(blob[:-32] + larger), BAD_SIGNATURE),
    ]


def _signers() -> Rows:
    def by(one: world.Holder) -> bytes:
        return forged(world.chain_of([world.opened(one, role="lead")], "signerdevi"), by=one)

    elsewhere = world.chain_of([world.opened(world.ELSEWHERE)], "signerdevi")
    mine = {"area": "MAN", "laptop": world.LEAD.principal}
    return [
        ("signer-unknown", "a key that is not in the trust store", by(world.STRANGER), ("unknown_signer", "signer")),
        ("signer-revoked", "a key that was revoked", by(world.REVOKED), ("revoked_signer", "signer")),
        ("signer-early", "a key that holds from one second later", by(world.EARLY), ("signer_not_yet_valid", "signer")),
        ("signer-expired", "a key that held until one second before", by(world.EXPIRED), ("signer_expired", "signer")),
        ("signer-limited", "a key enrolled for table files only", by(world.LIMITED), ("signer_not_allowed", "signer")),
        ("area-forged", "a laptop of MAN that speaks for SHF", forged(elsewhere, by=world.LEAD), ("wrong_area", "area")),
        ("area-within", "the label says MAN, the records say SHF", forged(elsewhere, by=world.LEAD, **mine), ("wrong_area", "area")),
        ("laptop-forged", "one laptop of MAN that speaks for another", forged(small(), by=world.DESK), ("wrong_laptop", "signer")),
        (
            "laptop-within", "the label names the signer, the records another laptop",
            forged(small(), by=world.DESK, laptop=world.DESK.principal), ("derived_differs", "content"),
        ),
    ]


def _altered() -> Rows:
    """One file changed after signing, the container written anew around it."""
    files = good_files()
    rows: Rows = [
        ("altered-info", "the label", _swapped(files, bundle.INFO, b"Stage: open", b"Stage: sealed"), LISTED_OTHERWISE),
        ("altered-tagmanifest", "the list of labels", _swapped(files, bundle.TAGMANIFEST, b"0", b"1"), BAD_SIGNATURE),
        ("altered-bagit", "bagit.txt", _swapped(files, bundle.BAGIT, b"1.0", b"0.9"), LISTED_OTHERWISE),
        ("altered-manifest", "the list of the payload", _swapped(files, bundle.MANIFEST, b"0", b"1"), LISTED_OTHERWISE),
    ]
    rows += [
        (f"altered-{place}", name, container.write(files | {name: files[name] + b"\n"}), LISTED_OTHERWISE)
        for place, name in enumerate(name for name in files if name.startswith("data/"))
    ]
    return [(name, f"{what} was changed after signing", data, fault) for name, what, data, fault in rows]


def _swapped(files: Files, name: str, old: bytes, new: bytes) -> bytes:
    return container.write(files | {name: files[name].replace(old, new, 1)})


def _lists() -> Rows:
    """Lists that say something else than they must, rightly signed."""
    files = payload_of(small())
    info = info_of(small(), files, stage="open")
    listed = manifest.write(files)
    lines = listed.splitlines(keepends=True)
    tags = manifest.write({bundle.INFO: info, bundle.BAGIT: bag.BAGIT, bundle.MANIFEST: listed}).splitlines(keepends=True)

    def made(**parts: bytes) -> bytes:
        return container.write(signed(files, info, **parts))

    other = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    return [
        ("list-order", "the payload listed in another order", made(manifest=b"".join(reversed(lines))), WRONG_LIST),
        ("list-more", "the payload's list names a file that is not there", made(manifest=listed + b"0" * 64 + b"  data/more.txt\n"), WRONG_LIST),
        ("list-less", "the payload's list leaves a file out", made(manifest=b"".join(lines[:-1])), LISTED_OTHERWISE),
        ("list-capitals", "a sum in capitals", made(manifest=lines[0].upper() + b"".join(lines[1:])), LISTED_OTHERWISE),
        ("list-star", "a star instead of the second space", made(manifest=listed.replace(b"  ", b" *", 1)), LISTED_OTHERWISE),
        ("tags-order", "the labels listed in another order", made(tagmanifest=b"".join([tags[1], tags[0], tags[2]])), WRONG_LIST),
        ("tags-less", "the list of labels leaves bag-info.txt out", made(tagmanifest=b"".join(tags[1:])), LISTED_OTHERWISE),
        ("bagit-other", "another version of BagIt, rightly signed", made(bagit=other), LISTED_OTHERWISE),
    ]


def _infos() -> Rows:
    files = payload_of(small())
    good = info_of(small(), files, stage="open")
    recipient = b"Tradeoff-Recipient: " + world.LEAD.identity.recipient.encode() + b"\n"
    changes: list[tuple[str, str, bytes, bytes, tuple[str, str]]] = [
        ("format", "format 2", b"Format: 1", b"Format: 2", ("other_format", "format")),
        ("format-noughts", "format 0001", b"Format: 1", b"Format: 0001", BAD_INFO),
        ("lines", "a line that ends as on Windows", b"\n", b"\r\n", BAD_INFO),
        ("space", "a space more", b"Area: MAN", b"Area:  MAN", BAD_INFO),
        ("missing", "a field is missing", b"Tradeoff-Practice: no\n", b"", BAD_INFO),
        ("more", "a field that does not exist", b"Bagging", b"Contact-Name: A\nBagging", BAD_INFO),
        ("order", "two fields in another order", b"Tradeoff-Area: MAN\nTradeoff-Laptop: MAN.tablelap01@tradeoff\n", b"Tradeoff-Laptop: MAN.tablelap01@tradeoff\nTradeoff-Area: MAN\n", BAD_INFO),
        ("noughts", "a leading nought", b"Last-Seq: 6", b"Last-Seq: 06", BAD_INFO),
        ("identifier", "an identifier of other parts", b"tabledevic-6\n", b"tabledevic-7\n", BAD_INFO),
        ("role", "the role of the centre", b"Role: table", b"Role: centre", BAD_INFO),
        ("stage", "a stage that does not exist", b"Stage: open", b"Stage: draft", BAD_INFO),
        ("no-end", "no line end at the end", good[-12:], good[-12:-1], BAD_INFO),
        ("recipients", "seventeen readers", good[-12:], good[-12:] + recipient * 17, BAD_INFO),
    ]
    return [
        (f"info-{name}", f"the label: {what}", container.write(signed(files, good.replace(old, new, 1))), fault)
        for name, what, old, new, fault in changes
    ]
