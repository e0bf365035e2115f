"""A practice centre in memory that holds the sample workshop: what the pictures of the central team's screens show."""

from itertools import count

from tradeoff_desktop.app import sample
from tradeoff_desktop.app.centre_desk import CentreDesk, opening
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.model import coding
from tradeoff_desktop.store.store import Change, Store

CODES = (
    ("trust", "Trust in who holds the data", "Whether people think the holder keeps its word. Not: whether it is able to."),
    ("consent", "Being asked or told", "Consent, opting out, letters, notices. Not: what happens after somebody says no."),
    ("enforcement", "Help turning into enforcement", "Fear that data given for help is used to punish, evict or deport."),
    ("benefit", "Help that comes in time", "Somebody is helped earlier, or at all, because data were shared."),
    ("anonymity", "Whether names are needed", "Working with numbers or coded data instead of names."),
)


def centre(held: Desk | None = None) -> CentreDesk:
    """A centre that has taken the sample workshop in; some of its notes are coded."""
    desk = held or sample.closed()
    store = Store.create()
    store.take_in([Change(desk.device, desk.opened.workshop, insert=tuple(desk.store.records(desk.device)))])
    salts = (f"{number:032x}" for number in count(1))
    around = Surroundings(clock=sample.Ticking(), salt=salts.__next__, new_id=lambda: "centre0001")
    own = sample.own()
    begun = opening(desk.pack, laptop=own.principal, key=own.public_line, programme=desk.opened.programme, practice=True)
    made = CentreDesk.begin(store, desk.pack, around, opened=begun)
    for code, text, definition in CODES:
        made.code(coding.define, code=code, text=text, definition=definition)
    notes = [record.ref for _, record, _ in made.notes(made.workshops())]
    for ref, (code, *_) in zip(notes, CODES * 2, strict=False):
        made.give(ref, code)
    return made
