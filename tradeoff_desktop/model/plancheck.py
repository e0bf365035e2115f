"""Whether a programme fits its pack and its own rules (decisions 1, 2, 10, 14, 15 and 26). Pure; raises nothing.

``check`` returns what must be mended, ``advise`` what the planner should know and may keep.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise

from tradeoff_desktop.model.fault import Fault, fault
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.programme import PlannedTable, Programme, Session

HEADS = (6, 30)
SMALL_ROOM = 10  # below this: one or two tables, one theme, a report in words only
AT_A_TABLE = (3, 8)
SCENARIOS_PER_THEME = 2
COUNTED_TABLE = 5  # fewer answers than this from one table are left out of every count
INTERVALS_FROM = 6  # workshops; the evidence ladder prints no interval below
SPREAD_DAYS = 21


def check(programme: Programme, pack: Pack) -> list[Fault]:
    """Every fault of ``programme``, by field; an empty list means that it can be signed."""
    faults = [*_identity(programme, pack), *_areas(programme, pack), *_days(programme), *_scenarios(programme, pack)]
    for place, session in enumerate(programme.sessions):
        faults += _session(f"sessions[{place}]", session, pack)
    return [*faults, *_laptops(programme)]


def advise(programme: Programme, pack: Pack) -> list[Fault]:
    """What is allowed but costs something: thin cells, too few workshops, one order only, missing recipients."""
    return [
        *_thin(programme), *_few_workshops(programme), *_one_order(programme, pack), *_spread(programme),
        *_recipients(programme),
    ]


def _identity(programme: Programme, pack: Pack) -> Iterator[Fault]:
    if programme.pack != digest(pack):
        yield fault("pack", "plan_other_pack", planned=programme.pack[:12], found=digest(pack)[:12])
    if not programme.sessions:
        yield fault("sessions", "plan_no_sessions")
    ids = [session.id for session in programme.sessions]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            yield fault(f"sessions[{place}].id", "plan_duplicate", value=name)
        if name.startswith("practice-") != programme.practice:
            yield fault(f"sessions[{place}].id", "plan_practice_id", value=name)
    letters = [(session.area, session.letter) for session in programme.sessions]
    for place, (area, letter) in enumerate(letters):
        if (area, letter) in letters[:place]:
            yield fault(f"sessions[{place}].letter", "plan_same_letter", area=area, letter=letter)


def _areas(programme: Programme, pack: Pack) -> Iterator[Fault]:
    known = {area.code for area in pack.areas}
    for place, code in enumerate(programme.areas):
        if code not in known:
            yield fault(f"areas[{place}]", "plan_unknown_area", value=code)
        if code in programme.areas[:place]:
            yield fault(f"areas[{place}]", "plan_duplicate", value=code)
        if all(session.area != code for session in programme.sessions):
            yield fault(f"areas[{place}]", "plan_area_without_session", value=code)
    for place, session in enumerate(programme.sessions):
        if session.area not in programme.areas:
            yield fault(f"sessions[{place}].area", "plan_area_not_listed", value=session.area)


def _days(programme: Programme) -> Iterator[Fault]:
    """All days exist, and stand in the order workshops, cut-off, deletion."""
    last = date.min
    for place, session in enumerate(programme.sessions):
        day = _day(session.date)
        if day is None:
            yield fault(f"sessions[{place}].date", "plan_bad_day", value=session.date)
        else:
            last = max(last, day)
        if not _is_time(session.start):
            yield fault(f"sessions[{place}].start", "plan_bad_time", value=session.start)
    cut_off, delete_by = _day(programme.withdrawal_cut_off), _day(programme.delete_by)
    if cut_off is None:
        yield fault("withdrawal_cut_off", "plan_bad_day", value=programme.withdrawal_cut_off)
    elif cut_off <= last:
        yield fault("withdrawal_cut_off", "plan_cut_off", day=programme.withdrawal_cut_off, last=last.isoformat())
    if delete_by is None:
        yield fault("delete_by", "plan_bad_day", value=programme.delete_by)
    elif cut_off is not None and delete_by <= cut_off:
        yield fault("delete_by", "plan_delete_by", day=programme.delete_by, cut_off=programme.withdrawal_cut_off)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _scenarios(programme: Programme, pack: Pack) -> Iterator[Fault]:
    """At most two cases of a theme in the whole programme: free choice leaves thin, biased cells."""
    used: dict[str, list[str]] = {theme.code: [] for theme in pack.themes}
    for at, table in _tables(programme):
        cases = used.setdefault(table.theme, [])
        if table.scenario in cases:
            continue
        cases.append(table.scenario)
        if len(cases) > SCENARIOS_PER_THEME:
            yield fault(
                f"{at}.scenario", "plan_too_many_scenarios", theme=table.theme, cases=", ".join(cases),
                limit=SCENARIOS_PER_THEME,
            )


def _tables(programme: Programme) -> Iterator[tuple[str, PlannedTable]]:
    for place, session in enumerate(programme.sessions):
        for number, table in enumerate(session.tables):
            yield f"sessions[{place}].tables[{number}]", table


def _session(at: str, session: Session, pack: Pack) -> Iterator[Fault]:
    low, high = HEADS
    if not low <= session.heads <= high:
        yield fault(f"{at}.heads", "plan_heads", heads=session.heads, low=low, high=high)
    yield from _groups(at, session, pack)
    if not session.tables:
        yield fault(f"{at}.tables", "plan_no_tables", session=session.id)
        return
    share = session.heads / len(session.tables)
    if not AT_A_TABLE[0] <= share <= AT_A_TABLE[1]:
        yield fault(f"{at}.tables", "plan_heads_tables", heads=session.heads, tables=len(session.tables))
    themes = {table.theme for table in session.tables}
    if session.heads < SMALL_ROOM and (len(session.tables) > 2 or len(themes) > 1):
        yield fault(f"{at}.tables", "plan_small_room", heads=session.heads)
    for place, table in enumerate(session.tables):
        yield from _table(f"{at}.tables[{place}]", place + 1, table, pack)


def _groups(at: str, session: Session, pack: Pack) -> Iterator[Fault]:
    known = {group.code for group in pack.groups}
    for code in session.groups:
        if code not in known:
            yield fault(f"{at}.groups.{code}", "plan_unknown_group", value=code)
    total = sum(session.groups.values())
    if session.groups and total != session.heads:
        yield fault(f"{at}.groups", "plan_groups_sum", total=total, heads=session.heads)


def _table(at: str, expected: int, table: PlannedTable, pack: Pack) -> Iterator[Fault]:
    if table.number != expected:
        yield fault(f"{at}.number", "plan_table_number", found=table.number, expected=expected)
    if table.theme not in {theme.code for theme in pack.themes}:
        yield fault(f"{at}.theme", "plan_unknown_theme", value=table.theme)
    scenario = next((s for s in pack.scenarios if s.id == table.scenario), None)
    if scenario is None:
        yield fault(f"{at}.scenario", "plan_unknown_scenario", value=table.scenario)
    elif scenario.anchor:
        yield fault(f"{at}.scenario", "plan_anchor", value=table.scenario)
    elif scenario.theme != table.theme:
        yield fault(f"{at}.scenario", "plan_other_theme", value=table.scenario, theme=table.theme, own=scenario.theme)


def _laptops(programme: Programme) -> Iterator[Fault]:
    for place, laptop in enumerate(programme.laptops):
        at = f"laptops[{place}]"
        if not laptop.principal.startswith(f"{laptop.area}."):
            yield fault(f"{at}.principal", "plan_laptop_area", principal=laptop.principal, area=laptop.area)
        if laptop.area not in programme.areas:
            yield fault(f"{at}.area", "plan_area_not_listed", value=laptop.area)
        if laptop.principal in [other.principal for other in programme.laptops[:place]]:
            yield fault(f"{at}.principal", "plan_duplicate", value=laptop.principal)
        if laptop.valid_from > laptop.valid_until:  # days in this form sort as text
            yield fault(f"{at}.valid_until", "plan_laptop_days", principal=laptop.principal)
        for session in programme.sessions:
            if session.area == laptop.area and not laptop.valid_from <= session.date <= laptop.valid_until:
                yield fault(
                    f"{at}.valid_until", "plan_laptop_expired", principal=laptop.principal, session=session.id,
                    day=session.date,
                )


def _thin(programme: Programme) -> Iterator[Fault]:
    """A table of five counts only while all five answer: one absentee hides its part of the cell."""
    people: Counter[str] = Counter()
    tables: Counter[str] = Counter()
    thin: set[str] = set()
    for session in programme.sessions:
        share = session.heads // len(session.tables) if session.tables else 0
        for table in session.tables:
            people[table.scenario] += share
            tables[table.scenario] += 1
            if share <= COUNTED_TABLE:
                thin.add(table.scenario)
    if thin:
        fewest = min(sorted(thin), key=lambda scenario: people[scenario])
        yield fault(
            "sessions", "plan_thin", scenarios=", ".join(sorted(thin)), people=people[fewest], tables=tables[fewest],
            counted=COUNTED_TABLE,
        )


def _few_workshops(programme: Programme) -> Iterator[Fault]:
    if len(programme.sessions) < INTERVALS_FROM:
        yield fault("sessions", "plan_no_intervals", workshops=len(programme.sessions), needed=INTERVALS_FROM)


def _one_order(programme: Programme, pack: Pack) -> Iterator[Fault]:
    """A case that everybody meets in one order cannot tell the change from its place."""
    orders: defaultdict[str, list[int]] = defaultdict(list)
    known = {area.code for area in pack.areas}
    scenarios = {scenario.id for scenario in pack.scenarios}
    for session in programme.sessions:
        if session.area not in known:
            continue
        orders[pack.anchor.id].append(pack.order_index(area=session.area, table=0, scenario=pack.anchor.id))
        for table in session.tables:
            if table.scenario in scenarios:
                index = pack.order_index(area=session.area, table=table.number, scenario=table.scenario)
                orders[table.scenario].append(index)
    for scenario, met in sorted(orders.items()):
        if len(met) > 1 and len(set(met)) == 1:
            yield fault("sessions", "plan_one_order", scenario=scenario, times=len(met))


def _spread(programme: Programme) -> Iterator[Fault]:
    days = sorted(day for session in programme.sessions if (day := _day(session.date)) is not None)
    if days and (days[-1] - days[0]).days > SPREAD_DAYS:
        yield fault("sessions", "plan_spread", days=(days[-1] - days[0]).days, limit=SPREAD_DAYS)
    by_place = sorted((session.date, session.area) for session in programme.sessions)
    for earlier, later in pairwise(by_place):
        if earlier == later:
            yield fault("sessions", "plan_two_a_day", area=earlier[1], day=earlier[0])


def _recipients(programme: Programme) -> Iterator[Fault]:
    if not programme.centre:
        yield fault("centre", "plan_no_centre")
    elif not programme.escrow:
        yield fault("escrow", "plan_no_escrow")
    equipped = {laptop.area for laptop in programme.laptops}
    if missing := [area for area in programme.areas if area not in equipped]:
        yield fault("laptops", "plan_no_laptops", areas=", ".join(missing))
