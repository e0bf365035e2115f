"""The schema of a store, one frozen migration a version.

``body`` is the canonical JSON that is hashed and signed, so nothing is mapped twice. The triggers hold the rule
that records are never changed: the one mutation is a body and its salt becoming NULL together.
"""

from sqlite_utils import Database, Migrations

from tradeoff_desktop.store import words

VERSION = 2
APPLICATION_ID = 0x54726F66  # "Trof"

migrations = Migrations("tradeoff_desktop")

_RECORDS = """
CREATE TABLE records (
  device TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  leaf TEXT NOT NULL,
  body BLOB,
  salt TEXT,
  PRIMARY KEY (device, seq),
  CHECK ((body IS NULL) = (salt IS NULL))
) STRICT
"""
_NO_DELETE = """
CREATE TRIGGER records_are_kept BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END
"""
_NO_UPDATE = """
CREATE TRIGGER records_are_only_erased BEFORE UPDATE ON records
WHEN NOT (NEW.device = OLD.device AND NEW.seq = OLD.seq AND NEW.kind = OLD.kind AND NEW.at = OLD.at
          AND NEW.leaf = OLD.leaf AND NEW.body IS NULL AND NEW.salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END
"""
# How far each chain held here has come; a projection of records, so that an append need not walk the chain.
_DEVICES = """
CREATE TABLE devices (
  device TEXT PRIMARY KEY,
  workshop TEXT NOT NULL,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  seq INTEGER NOT NULL,
  head TEXT NOT NULL,
  fork_at INTEGER NOT NULL DEFAULT 0
) STRICT
"""
# The lead's set-up records that a joined laptop works from. They are the lead's, not part of what is held here.
_BORROWED = """
CREATE TABLE borrowed (device TEXT NOT NULL, seq INTEGER NOT NULL, line BLOB NOT NULL, PRIMARY KEY (device, seq)) STRICT
"""
# Withdrawals and redactions seen in a disputed part of a chain: obeyed although they are not held.
_REMEMBERED = """
CREATE TABLE remembered (
  workshop TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, line BLOB NOT NULL, PRIMARY KEY (device, seq, line)
) STRICT
"""
_DRAFT = "CREATE TABLE draft (slot TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) STRICT"
# The centre's register of what was taken in: append-only, each row chained to the one before.
_REGISTER = """
CREATE TABLE register (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  file_digest TEXT NOT NULL,
  device TEXT NOT NULL,
  seq INTEGER NOT NULL,
  head TEXT NOT NULL,
  signer TEXT NOT NULL,
  chained TEXT NOT NULL
) STRICT
"""
_REGISTER_KEPT = """
CREATE TRIGGER register_is_kept BEFORE DELETE ON register
BEGIN SELECT RAISE(ABORT, 'the register is never shortened'); END
"""
_REGISTER_FIXED = """
CREATE TRIGGER register_is_fixed BEFORE UPDATE ON register
BEGIN SELECT RAISE(ABORT, 'the register is never changed'); END
"""
_ABOUT = "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"


@migrations()
def first_schema(db: Database) -> None:
    """Version 1."""
    for statement in (
        _RECORDS, _NO_DELETE, _NO_UPDATE, _DEVICES, _BORROWED, _REMEMBERED, _DRAFT, _REGISTER, _REGISTER_KEPT, _REGISTER_FIXED, _ABOUT,
    ):
        db.execute(statement)
    db.execute("PRAGMA user_version = 1")


@migrations()
def notes_can_be_searched(db: Database) -> None:
    """Version 2: an index of the words of notes, made of the notes that are there."""
    db.execute(words.INDEX)
    words.make_anew(db.conn)
    db.execute("PRAGMA user_version = 2")
