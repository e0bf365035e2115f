"""What the types of a pack cannot say: whether its parts fit together. Pure; returns faults, raises nothing.

Texts (length, balance, plain words) are ``packtext``'s, the agenda is ``packagenda``'s.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from tradeoff_desktop.model import packagenda, packtext
from tradeoff_desktop.model.fault import Fault, fault
from tradeoff_desktop.model.pack import Axis, Flip, Item, Pack, Scenario
from tradeoff_desktop.model.records import Decision, Missing, Necessity, NoteKind

SCENARIOS_PER_THEME = 3


def check(pack: Pack) -> list[Fault]:
    """Every fault of ``pack`` in the order of its fields; an empty list means that it may be used."""
    return [
        *_unique_names(pack), *_axes(pack), *_orders(pack), *_items(pack), *_vocabularies(pack), *_themes(pack),
        *_framework(pack), *_scenarios(pack), *packagenda.check(pack), *packtext.check(pack),
    ]


def direction(axis: Axis, base: Iterable[str], to: Iterable[str]) -> int:
    """Which way a change of levels runs along the declared contrast: +1 with it, -1 against it, 0 neither.

    O and A compare ranks. D holds several kinds of data: the most sensitive kind decides; where that stays the
    same, adding to what is there counts as more and taking away as less. KeyError for an unknown level.
    """
    rank = {level.code: level.rank for level in axis.levels}
    before, after = set(base), set(to)
    top_before, top_after = max(rank[code] for code in before), max(rank[code] for code in after)
    if top_after != top_before or axis.code != "D":
        return (top_after > top_before) - (top_after < top_before)
    return (after > before) - (after < before)


def levels_of(scenario: Scenario, axis: str) -> list[str]:
    """The levels the case as it stands has on ``axis``."""
    return {"D": scenario.data, "O": [scenario.receiver], "A": [scenario.anonymisation]}[axis]


def _unique_names(pack: Pack) -> Iterator[Fault]:
    named: dict[str, list[str]] = {
        "themes": [p.code for p in pack.themes], "areas": [p.code for p in pack.areas],
        "groups": [p.code for p in pack.groups], "axes": [p.code for p in pack.axes],
        "items": [p.code for p in pack.items], "missing": [p.code for p in pack.missing],
        "note_kinds": [p.code for p in pack.note_kinds], "necessity": [p.code for p in pack.necessity],
        "decisions": [p.code for p in pack.decisions], "incidents": [p.code for p in pack.incidents],
        "written": [p.code for p in pack.written], "tags": pack.tags, "tests": [p.code for p in pack.tests],
        "conditions": [p.code for p in pack.conditions], "scenarios": [p.id for p in pack.scenarios],
        "features": [str(p.number) for p in pack.features], "questions": [str(p.number) for p in pack.questions],
        "parts": [p.id for p in pack.parts], "agenda": [p.id for p in pack.agenda],
        "glossary": [p.term.lower() for p in pack.glossary],
    }
    for field, names in named.items():
        yield from _repeated(field, names)
    yield from _repeated("areas", [str(a.number) for a in pack.areas], ".number")
    yield from _repeated("scenarios", [str(s.number) for s in pack.scenarios], ".number")
    yield from _repeated("groups", [g.initial for g in pack.groups], ".initial")
    for place, axis in enumerate(pack.axes):
        yield from _repeated(f"axes[{place}].levels", [level.code for level in axis.levels])
    for place, scenario in enumerate(pack.scenarios):
        yield from _repeated(f"scenarios[{place}].flips", [flip.id for flip in scenario.flips])


def _repeated(field: str, names: list[str], part: str = "") -> Iterator[Fault]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield fault(f"{field}[{place}]{part}", "pack_duplicate", value=name)
        seen.add(name)


def _axes(pack: Pack) -> Iterator[Fault]:
    present = {axis.code for axis in pack.axes}
    for code in ("D", "O", "A"):
        if code not in present:
            yield fault("axes", "pack_axis_missing", axis=code)


def _orders(pack: Pack) -> Iterator[Fault]:
    """Each order shows every axis once; over all orders each axis stands equally often in each place."""
    axes = sorted(axis.code for axis in pack.axes)
    if not pack.orders:
        yield fault("orders", "pack_no_orders")
    for place, order in enumerate(pack.orders):
        if sorted(order) != axes:
            yield fault(f"orders[{place}]", "pack_bad_order", order=" ".join(order))
    counts = Counter((axis, at) for order in pack.orders for at, axis in enumerate(order))
    if len(set(counts.values())) > 1:
        yield fault("orders", "pack_orders_unbalanced")


def _items(pack: Pack) -> Iterator[Fault]:
    primary = next((item for item in pack.items if item.code == pack.primary_item), None)
    if primary is None:
        yield fault("primary_item", "pack_unknown_item", value=pack.primary_item)
    else:
        at = f"items[{pack.items.index(primary)}]"
        steps = [o.value for o in primary.options if o.value.isdigit()]
        if steps != [str(n) for n in range(1, pack.points + 1)]:
            yield fault(f"{at}.options", "pack_points", points=pack.points, found=len(steps))
        if missing := [r for r in ("R0", "RB", "RV", "R1") if r not in primary.rounds]:
            yield fault(f"{at}.rounds", "pack_item_rounds", rounds=", ".join(missing))
    reserved = {named.key for named in pack.missing if named.key}
    for place, item in enumerate(pack.items):
        yield from _options(f"items[{place}]", item, reserved)


def _options(at: str, item: Item, reserved: set[str]) -> Iterator[Fault]:
    """One key has one meaning everywhere (decision 8): digits mean themselves, 6 can't say, 7-9 and 0 missing."""
    yield from _repeated(f"{at}.options", [o.value for o in item.options], ".value")
    yield from _repeated(f"{at}.options", [o.key for o in item.options], ".key")
    for place, option in enumerate(item.options):
        expected = "6" if option.value == "cant_say" else option.value
        if option.key != expected or option.key in reserved:
            yield fault(f"{at}.options[{place}].key", "pack_key", key=option.key, expected=expected)


def _vocabularies(pack: Pack) -> Iterator[Fault]:
    """Codes that records are made of must all have words here, and no others can be stored."""
    fixed: dict[str, tuple[list[str], tuple[str, ...]]] = {
        "missing": ([n.code for n in pack.missing], get_args(Missing)),
        "note_kinds": ([n.code for n in pack.note_kinds], get_args(NoteKind)),
        "necessity": ([n.code for n in pack.necessity], get_args(Necessity)),
        "decisions": ([n.code for n in pack.decisions], get_args(Decision)),
        "tests": ([n.code for n in pack.tests], ("purposeful", "proportionate", "responsible")),
    }
    for field, (present, known) in fixed.items():
        for place, code in enumerate(present):
            if code not in known:
                yield fault(f"{field}[{place}].code", "pack_unknown_code", value=code, known=", ".join(known))
        for code in known:
            if code not in present:
                yield fault(field, "pack_missing_code", value=code)


def _themes(pack: Pack) -> Iterator[Fault]:
    known = {theme.code for theme in pack.themes}
    for place, scenario in enumerate(pack.scenarios):
        if scenario.theme not in known:
            yield fault(f"scenarios[{place}].theme", "pack_unknown_theme", value=scenario.theme)
    per_theme = Counter(scenario.theme for scenario in pack.scenarios)
    for place, theme in enumerate(pack.themes):
        if per_theme[theme.code] != SCENARIOS_PER_THEME:
            yield fault(
                f"themes[{place}]", "pack_scenarios_per_theme", theme=theme.code, found=per_theme[theme.code],
                expected=SCENARIOS_PER_THEME,
            )
    anchors = [place for place, scenario in enumerate(pack.scenarios) if scenario.anchor]
    if not anchors:
        yield fault("scenarios", "pack_no_anchor")
    for place in anchors[1:]:
        yield fault(f"scenarios[{place}].anchor", "pack_second_anchor", scenario=pack.scenarios[place].id)


def _framework(pack: Pack) -> Iterator[Fault]:
    features = {feature.number for feature in pack.features}
    for place, question in enumerate(pack.questions):
        if question.feature not in features:
            yield fault(f"questions[{place}].feature", "pack_unknown_feature", value=question.feature)
        if question.number != place + 1:
            yield fault(f"questions[{place}].number", "pack_question_number", value=question.number, expected=place + 1)


def _scenarios(pack: Pack) -> Iterator[Fault]:
    axes: dict[str, Axis] = {axis.code: axis for axis in pack.axes}
    for place, scenario in enumerate(pack.scenarios):
        at = f"scenarios[{place}]"
        wrong = list(_base_levels(at, scenario, axes))
        yield from wrong
        for number, flip in enumerate(scenario.flips):
            # A sign can be judged only where both ends are known levels.
            yield from _flip(f"{at}.flips[{number}]", scenario, flip, axes, judge=not wrong)
        yield from _primaries(at, scenario, axes)


def _base_levels(at: str, scenario: Scenario, axes: dict[str, Axis]) -> Iterator[Fault]:
    if not scenario.data:
        yield fault(f"{at}.data", "pack_no_data")
    for field, axis in (("data", "D"), ("receiver", "O"), ("anonymisation", "A")):
        known = {level.code for level in axes[axis].levels} if axis in axes else set()
        for code in levels_of(scenario, axis):
            if code not in known:
                yield fault(f"{at}.{field}", "pack_unknown_level", value=code, axis=axis)


def _flip(at: str, scenario: Scenario, flip: Flip, axes: dict[str, Axis], *, judge: bool) -> Iterator[Fault]:
    axis = axes.get(flip.axis)
    if axis is None:
        yield fault(f"{at}.axis", "pack_unknown_axis", value=flip.axis)
        return
    own = {level.code for level in axis.levels}
    elsewhere = {level.code: other.code for other in axes.values() for level in other.levels}
    strange = [code for code in flip.to if code not in own]
    for code in strange:
        if code in elsewhere:
            yield fault(f"{at}.to", "pack_flip_two_axes", value=code, axis=flip.axis, other=elsewhere[code])
        else:
            yield fault(f"{at}.to", "pack_unknown_level", value=code, axis=flip.axis)
    base = levels_of(scenario, flip.axis)
    if not flip.to or (flip.axis != "D" and len(flip.to) != 1) or len(set(flip.to)) != len(flip.to):
        yield fault(f"{at}.to", "pack_flip_levels", axis=flip.axis)
    elif set(flip.to) == set(base):
        yield fault(f"{at}.to", "pack_flip_no_change", flip=flip.id)
    elif judge and not strange:
        expected = direction(axis, base, flip.to)
        if flip.sign != expected:
            yield fault(f"{at}.sign", "pack_wrong_sign", found=flip.sign, expected=expected)
        if flip.primary and expected == 0:
            yield fault(f"{at}.primary", "pack_primary_no_step", flip=flip.id)


def _primaries(at: str, scenario: Scenario, axes: dict[str, Axis]) -> Iterator[Fault]:
    for axis in axes:
        flips = [(n, flip) for n, flip in enumerate(scenario.flips) if flip.axis == axis]
        chosen = [(n, flip) for n, flip in flips if flip.primary]
        if not chosen:
            yield fault(f"{at}.flips", "pack_no_primary", scenario=scenario.id, axis=axis)
        for n, flip in chosen[1:]:
            yield fault(f"{at}.flips[{n}].primary", "pack_second_primary", flip=flip.id, axis=axis)
        # Decision 3: the declared direction wherever the ladder allows it.
        if chosen and chosen[0][1].sign < 0 and any(flip.sign > 0 for _, flip in flips):
            yield fault(f"{at}.flips[{chosen[0][0]}].primary", "pack_primary_against", flip=chosen[0][1].id, axis=axis)
