"""Test vectors that are values: keys, the chain of every kind, words and codes, a signature, trust files."""

import hashlib
import json
from typing import Any

import spec_world as world

from tradeoff_desktop.exchange import comparison, keys, signature, trust, wire
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import chain, codec, seats

Files = dict[str, bytes]


def as_json(value: Any) -> bytes:  # noqa: ANN401 - whatever a vector says
    """How every vector file is written: for people to read, one value a line."""
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def files() -> Files:
    """Every file of this module, by its path below ``vectors``."""
    return {
        "keys.json": as_json([_key(one) for one in world.HOLDERS]),
        "chain.json": as_json(_chain()),
        "chain.ndjson": b"".join(codec.line(one) + b"\n" for one in world.erased(world.every_kind(), world.ERASED)),
        "codes.json": as_json(_codes()),
        "signature.json": as_json(_signature()),
        "trust.json": as_json(_trust()),
        "allowed_signers": trust.write(store()).encode(),
        "revoked_keys": trust.write_revoked(store().revoked).encode(),
    }


def store() -> TrustStore:
    """The trust store the bundles of the vectors are judged by."""
    signers = [
        Signer(principal=one.principal, key=one.key.public)
        for one in (world.LEAD, world.DESK, world.TABLE, world.ELSEWHERE, world.REVOKED)
    ]
    early, expired, limited = world.EARLY, world.EXPIRED, world.LIMITED
    signers += [
        Signer(principal=early.principal, key=early.key.public, valid_after="20261105093001Z"),
        Signer(principal=expired.principal, key=expired.key.public, valid_before="20261105092959Z"),
        Signer(principal=limited.principal, key=limited.key.public, namespaces=(signature.TABLE,)),
    ]
    return TrustStore(signers=tuple(signers), revoked=frozenset({world.REVOKED.key.public}))


def _key(one: world.Holder) -> dict[str, Any]:
    public = one.key.public
    return {
        "name": one.name,
        "principal": one.principal,
        "seed": one.key.seed.hex(),
        "public": public.hex(),
        "public_line": keys.public_line(public),
        "fingerprint": keys.fingerprint(public),
        "words": " ".join(comparison.key_words(public)),
        "age_secret": one.identity.secret,
        "age_recipient": one.identity.recipient,
    }


def _chain() -> dict[str, Any]:
    """Every record in its full form, with every value that is made on the way to the head."""
    records = world.every_kind()
    heads = chain.heads(records, device=records[0].device)
    return {
        "device": records[0].device,
        "start": heads[0],
        "erased": [world.ERASED],
        "records": [
            {
                "seq": one.seq,
                "kind": one.kind,
                "at": one.at,
                "salt": one.salt,
                "body": one.raw.decode(),
                "leaf": one.header.leaf,
                "header": codec.encode(one.header).decode(),
                "head": heads[one.seq],
            }
            for one in records
        ],
        "head": heads[-1],
        "seal_words": " ".join(comparison.seal_words(heads[-1])),
    }


def _codes() -> dict[str, Any]:
    heads = [world.seed_of(f"a head {number}").hex() for number in range(4)]
    pairs = [(world.WORKSHOP, world.LEAD), ("practice-man-1", world.LEAD), (world.WORKSHOP, world.DESK)]
    typed = ["K0A1-BCD9", "k0a1bcd9", " KOAI BCD9", "koal-bcd9", "", "K0A1BCD", "K0A1BCD99", "K0A1BCDU", "K0A1BCD!"]
    return {
        "seal_words": [{"head": head, "words": " ".join(comparison.seal_words(head))} for head in heads],
        "workshop_codes": [
            {"workshop": name, "lead": one.key.public.hex(), "code": comparison.workshop_code(name, one.key.public)}
            for name, one in pairs
        ],
        "typed_codes": [{"typed": text, "code": "K0A1BCD9" if place < 4 else None} for place, text in enumerate(typed)],
        "seat_codes": [seats.code_of(number) for number in range(1, 100)],
    }


def _signature() -> dict[str, Any]:
    message = "What is signed – ŵ\n"
    parts = [signature.BUNDLE.encode(), b"", b"sha512", hashlib.sha512(message.encode()).digest()]
    made = signature.sign(message.encode(), key=world.LEAD.key, namespace=signature.BUNDLE)
    return {
        "key": "lead",
        "namespace": signature.BUNDLE,
        "message": message,
        "to_be_signed": (b"SSHSIG" + b"".join(map(wire.string, parts))).hex(),
        "signature": made.decode(),
    }


def _trust() -> list[dict[str, Any]]:
    """Texts of trust stores; ``field`` says what of line 2 is at fault, null where nothing is."""
    line = keys.public_line(world.LEAD.key.public)
    good = f'MAN.leadlaptop@tradeoff namespaces="tradeoff-bundle-v1" {line}'
    changed: list[tuple[str, str, str | None]] = [
        ("", "", None),
        ('v1" ', 'v1",valid-after="20260102Z",valid-before="202703040506Z" ', None),
        ("MAN.leadlaptop", "MAN.*", "principal"),
        ("MAN.", "!MAN.", "principal"),
        ("MAN.", "man.", "principal"),
        ("@tradeoff", "@tradeoff,SHF.leadlaptop@tradeoff", "principal"),
        ('"tradeoff-bundle-v1"', '"*"', "namespaces"),
        ('"tradeoff-bundle-v1"', '"file"', "namespaces"),
        ('"tradeoff-bundle-v1"', '"tradeoff-table-v1,tradeoff-table-v1"', "namespaces"),
        ("namespaces", "cert-authority,namespaces", "options"),
        (" namespaces", ' namespaces="tradeoff-table-v1",namespaces', "options"),
        (" namespaces", ' colour="red",namespaces', "options"),
        ('v1" ', 'v1",valid-after="20261301Z" ', "date"),
        ('v1" ', 'v1",valid-before="20260101" ', "date"),
        ("ssh-ed25519 ", "ssh-rsa ", "key"),
        (line, line[:-3], "key"),
        (good, f"{good}\n{good.replace('MAN', 'SHF')}", "twice"),
    ]
    return [
        {"text": f"# laptops\n{good.replace(old, new, 1)}\n", "field": field, "line": 3 if field == "twice" else 2}
        for old, new, field in changed
    ]
