"""Writing the centre's own words for the reports into its store, slot by slot."""

from pathlib import Path

from tradeoff_desktop.app import centre, laptop
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import read_file, reading
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.store.store import Store

_LIMIT = 40_000  # bytes of ten thousand characters, the most a slot holds


def narrate(store: Path, slot: str, file: Path, *, key: Path, around: Surroundings) -> None:
    """Put the words of a text file into a slot of the reports; an empty file takes out what stood there.

    The first words begin the centre's own chain, under the key in the folder ``key``.
    RuleError: nothing_merged, not_storable; MachineError, also where the file is no text.
    """
    with reading(key.name):
        kept = (key / laptop.SIGNING).is_file()
    if not kept:
        raise MachineError("file_missing", file=key.name)
    try:
        text = read_file(file, limit=_LIMIT).decode()
    except UnicodeDecodeError as error:
        raise MachineError("file_unreadable", file=file.name) from error
    with Store.open(store) as held:
        desk = centre.desk(held, laptop.centre(key)[0], around)
        try:
            desk.annotate(slot, text)
        except TrustError as error:  # a name that no slot can have, or more words than one holds
            raise RuleError("not_storable", kind="annotation") from error
