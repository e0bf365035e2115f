"""A practice workshop, from the programme that ships with the program."""

from datetime import datetime

from tradeoff_desktop.app import content, laptop, programmes, setting_up
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.workshops import Workshops


def begin(workshops: Workshops, places: Folders, *, now: datetime) -> Desk:
    """Begin one, its set-up filled in, starting at the next five minutes. MachineError as for any workshop."""
    pack = content.shipped()
    own = laptop.load(places, pack.areas[0].code, now=now)
    keys = programmes.Keys(signing=own.public_line)
    programme = programmes.plan(programmes.shipped_source(), pack=pack, keys=keys, practice=True)
    desk = workshops.practise(programme, pack)
    setting_up.keep(desk, setting_up.practice_plan(programme.sessions[0], now))
    return desk
