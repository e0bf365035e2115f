"""Deleting a workshop from a laptop: practice freely, anything else only when it is safe elsewhere (decision 34)."""

from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import gathering, handing_over, receipts, sticks
from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.files import Folders, reading
from tradeoff_desktop.errors import RuleError, TrustError

COPIES = 2


class Lock(NamedTuple):
    """Whether a workshop may be deleted now, why or why not, and the word to type ("" for none)."""

    opened: bool
    says: str
    word: str = ""
    code: bool = False  # a code from the central team opens it


def lock(desk: Desk, folders: Folders) -> Lock:
    """How deletion stands for this workshop."""
    if desk.opened.practice:
        return Lock(opened=True, says="Practice may be thrown away at any time.")
    if handing_over.has_centre(desk, folders):
        left, held = receipts.waiting(folders, desk.store), len(desk.store.devices())
        if not left:
            return Lock(opened=True, says="The central team holds everything that is here.", word=desk.opened.area)
        return Lock(opened=False, code=True, says=_locked(desk, left, held))
    # What was ticked off may have been wiped: who knows of no central team keeps the two that count in sight.
    whole = {copy.volume for copy in sticks.copies(desk) if copy.whole and not copy.arrived}
    if len(whole) < COPIES:
        return Lock(
            opened=False,
            says="No central team is named, so two sticks must hold everything that is here, written and read back. There "
                 f"{'is' if len(whole) == 1 else 'are'} {len(whole)}; two folders of one stick are one. A copy that is ticked off does not count.",
        )
    return Lock(opened=True, says="Two copies hold everything that is here.", word=desk.opened.area)


def _locked(desk: Desk, left: list[str], held: int) -> str:
    """What the central team has still to say, laptop by laptop where there are several."""
    said = "The central team says when: they have merged it, and read out a code or send a receipt."
    if held == 1:
        return said
    names = ["this laptop" if device == desk.device else gathering.name_of(desk, device) for device in left]
    return f"{said} There is a code for each laptop. Confirmed: {held - len(left)} of {held}; still to come: {', '.join(names)}."


def unlock(desk: Desk, folders: Folders, *, typed: str) -> Changed:
    """Take the code that the central team read out. TrustError("wrong_receipt_code" | "bad_workshop_code")."""
    receipts.accept_code(folders, desk.store, typed)
    return frozenset()


def unlock_from(desk: Desk, folders: Folders, *, stick: Path) -> Changed:
    """Take the central team's receipt for this workshop from a folder or a stick.

    RuleError("no_receipt") where none is there, TrustError where none of them is good for all that is here.
    """
    with reading(stick.name):
        found = sorted(stick.glob(f"*{receipts.ENDING}"), reverse=True)
    fault: TrustError | None = None
    for file in found:
        try:
            receipts.accept_file(folders, desk.store, file)
        except TrustError as error:
            fault = error if fault is None or error.code == "receipt_too_short" else fault
        else:
            return frozenset()
    raise fault or RuleError("no_receipt")


def check(desk: Desk, folders: Folders, *, typed: str) -> None:
    """Refuse a deletion that is not unlocked or not meant: RuleError("not_unlocked" | "delete_word")."""
    found = lock(desk, folders)
    if not found.opened:
        raise RuleError("not_unlocked")
    if typed.strip().upper() != found.word:
        raise RuleError("delete_word", word=found.word)
