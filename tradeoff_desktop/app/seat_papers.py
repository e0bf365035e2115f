"""The papers that belong to the seat numbers, made anew for a day that is set up otherwise than it was printed for."""

from pathlib import Path

from tradeoff_desktop.app import kit, programmes, setting_up, shelf
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.setting_up import Plan
from tradeoff_desktop.model.programme import PlannedTable, Programme, Session


def programme_of(places: Folders, desk: Desk) -> tuple[Programme, Session]:
    """The programme of a workshop and its session in it; a practice stands in none, so it takes the first of what ships."""
    signed = shelf.programme(places, desk.opened.programme)
    if signed is not None:
        return signed.programme, signed.programme.session(desk.opened.workshop)
    keys = programmes.Keys(signing=desk.opened.key)
    shipped = programmes.plan(programmes.shipped_source(), pack=desk.pack, keys=keys, practice=True)
    area = [session for session in shipped.sessions if session.area == desk.opened.area]
    return shipped, (area or shipped.sessions)[0]


def differences(places: Folders, desk: Desk, plan: Plan) -> list[str]:
    """Where the plan is not what the papers were printed for; nothing is printed for a practice."""
    return [] if desk.opened.practice else setting_up.differences(plan, programme_of(places, desk)[1], desk.pack)


def write(places: Folders, desk: Desk, plan: Plan, folder: Path) -> list[Path]:
    """Seat cards and the list of names as the plan has them. MachineError("file_exists" ...)."""
    programme, _ = programme_of(places, desk)
    session = Session(
        id=desk.opened.workshop, area=desk.opened.area, letter=desk.opened.session, date=setting_up.read_day(plan.date),
        start=setting_up.read_time(plan.start), venue=plan.venue.strip(), heads=setting_up.heads(plan),
        groups={code: setting_up.read_count(text, most=30) for code, text in plan.groups.items() if text.strip()},
        tables=[PlannedTable(number=table.number, theme=table.theme, scenario=table.scenario) for table in plan.tables],
    )
    return kit.seat_papers(programme, session, desk.pack, folder)
