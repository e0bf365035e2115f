"""Results as a whole: the same whatever the order, the same in every report, and what each audience gets."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tradeoff_desktop.findings import SDC_1, Answer, as_json, find
from tradeoff_desktop.findings.answers import digest_of
from tradeoff_desktop.findings.shifts import seed_of


@pytest.fixture(scope="module")
def answers(simulated):
    return simulated(1).answers([20, 18, 12, 22, 9, 25, 6], shifts=(-0.6, -0.2, 0.4), missing=0.03)


@pytest.fixture(scope="module")
def results(answers, design):
    return find(answers, design(), audience="published")


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.full)])
def test_any_order_gives_the_same_bytes(answers, results, design, seed):
    shuffled = [answers[place] for place in np.random.default_rng(seed).permutation(len(answers))]
    again = find(iter(shuffled), design(), audience="published")
    assert as_json(again) == as_json(results)
    assert as_json(again, release="safeguarded") == as_json(results, release="safeguarded")


def test_the_json_says_what_it_is(results):
    plain = json.loads(as_json(results))
    assert (plain["release"], plain["audience"], plain["engine"]) == ("open", "published", "findings-1")
    assert plain["policy"] == SDC_1._asdict()
    assert len(plain["digest"]) == 64
    assert plain["seeds"] == {axis: seed_of(plain["digest"], axis) for axis in ("D", "O", "A")}
    assert plain["hidden"] == results.hidden > 0
    assert as_json(results).endswith(b"}\n")


def numbers(value):
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)


def test_the_open_json_holds_numbers_as_printed_and_the_safeguarded_one_twelve_digits(results):
    plain = json.loads(as_json(results))
    assert all(round(number, 3) == number for number in numbers(plain))
    shift = plain["axes"][0]["shift"]
    assert shift["mean"] == round(results.axes[0].shift.mean, 1)
    exact = json.loads(as_json(results, release="safeguarded"))
    assert exact["release"] == "safeguarded"
    assert exact["axes"][0]["shift"]["mean"] == float(f"{results.axes[0].shift.mean:.12g}")
    assert {len(repr(abs(number)).replace(".", "").lstrip("0")) for number in numbers(exact)} <= set(
        range(13)
    ) | {15, 16}


def test_a_workshop_reads_the_same_in_its_own_report_and_in_the_full_one(answers, results, design):
    for workshop in {answer.workshop for answer in answers}:
        own = find([a for a in answers if a.workshop == workshop], design(), audience="published")
        assert own.levels == tuple(row for row in results.levels if row.workshop == workshop)
        assert [row.shown for row in own.moves] == [
            row.shown for row in results.moves if row.workshop == workshop
        ]


def test_nothing_is_said_of_several_workshops_but_in_print(answers, design):
    for audience in ("live", "session"):
        found = find(answers, design(), audience=audience)
        assert (found.axes, found.moves_across, found.levels_across, found.groups, found.map) == (
            (),
            (),
            (),
            (),
            (),
        )


def test_the_room_sees_whole_counts(answers, design):
    room = find([a for a in answers if a.workshop == "w000"], design(), audience="live")
    row = room.level(workshop="w000", scenario="HOU-1", at="RB", item="BAL")
    values = [
        a.value
        for a in answers
        if (a.workshop, a.scenario, a.round, a.item) == ("w000", "HOU-1", "RB", "BAL")
    ]
    assert row is not None
    assert [block.people for block in row.shown.blocks] == [values.count(point) for point in range(1, 6)]
    assert row.shown.hidden == 0


def test_rows_are_found_by_what_they_are(results):
    row = results.level(workshop="w000", scenario="HOU-1", at="RV", item="BAL", variant="D1")
    assert row is not None
    assert (row.variant, row.round, row.present) == ("D1", "RV", 20)
    assert results.level(workshop="w000", scenario="HOU-1", at="RV", item="BAL", variant="D9") is None
    assert {row.workshop for row in results.moved("flip", workshop="w001")} == {"w001"}
    assert {row.item for row in results.moved("end", item="DEC", scenario="HOU-1")} == {"DEC"}


def test_rows_come_in_a_fixed_order(results):
    assert [row.key for row in results.levels] == sorted(row.key for row in results.levels)
    assert [row.name for row in results.workshops] == sorted(row.name for row in results.workshops)
    for across in results.moves_across:
        assert [row.name for row in across.areas] == sorted(row.name for row in across.areas)


def test_themes_are_told_for_all_areas_together(results):
    row = next(
        r
        for r in results.moves_across
        if (r.kind, r.scenario, r.variant, r.item) == ("flip", "CJ-1", "D1", "BAL")
    )
    assert row.areas_counted == 0
    assert row.left_out == len(row.areas) == 7
    assert row.shown.state == "counts"
    assert row.shown.n > 20
    ends = {end.scenario: end.shift for end in results.start_to_end}
    assert ends["HOU-1"].mean is not None
    assert ends["CJ-1"].mean is None


def test_totals_of_the_anchor_are_sums_of_what_areas_print(results):
    for row in results.moves_across:
        if row.scenario == "HOU-1":
            assert row.areas_counted + row.left_out == len(row.areas)
            assert row.people == sum(area.shown.n or 0 for area in row.areas)
            for counts, side in ((row.counts_risk, 0), (row.counts_benefit, 2)):
                assert sum(area.people for area in counts) == sum(
                    area.shown.count(side) or 0 for area in row.areas
                )
                assert list(counts) == sorted(counts, key=lambda area: (area.people / area.n, area.name))


def test_every_number_of_an_edition_stands_beside_the_earlier_one(answers, results, design):
    """One person withdraws: no row may show by comparison what that person had said."""
    gone = [a for a in answers if (a.workshop, a.seat) != ("w000", "003")]
    later = find(gone, design(), audience="published", earlier=results)
    before = {row.key: row.shown for row in (*results.levels, *results.moves)}
    changed = 0
    for row in (*later.levels, *later.moves):
        first = before[row.key]
        if row.workshop != "w000" or not first.blocks or not row.shown.blocks:
            assert row.workshop == "w000" or row.shown == first
            continue
        cuts = {block.categories[0] for block in row.shown.blocks}
        assert cuts <= {block.categories[0] for block in first.blocks}
        old = [
            sum(b.people for b in first.blocks if b.categories[0] in block.categories)
            for block in row.shown.blocks
        ]
        assert [block.people for block in row.shown.blocks] == old
        changed += 1
    assert any(row.shown.reason == "edition" for row in later.levels)
    assert changed < len([row for row in results.levels if row.workshop == "w000"])


def test_a_digest_given_by_the_caller_is_used(answers, design):
    few = answers[:60]
    assert find(few, design(), audience="session", digest="f" * 64).digest == "f" * 64
    assert find(few, design(), audience="session").digest == digest_of(few) == digest_of(few[::-1])
    assert digest_of([few[0]._replace(value=None), *few[1:]]) != digest_of(few)


def test_names_of_any_script_and_length(design):
    rows = [
        Answer(
            "w",
            "Ynys Môn / مجلس 🏛",
            "bwrdd ŵ",
            seat,
            "llywodraeth",
            "HOU-1",
            "base",
            at,
            "BAL",
            seat % 5 + 1,
            0,
        )
        for seat in range(20)
        for at in ("R0", "R1")
    ]
    found = find(rows, design(names={"w": "x" * 10_000}), audience="published")
    assert found.workshops[0].area == "Ynys Môn / مجلس 🏛"
    assert found.levels[0].name == "x" * 10_000
    assert "Ynys Môn / مجلس 🏛".encode() in as_json(found)


def test_headcounts_of_the_design_stand_beside_the_anchor_only(answers, design):
    two = [answer for answer in answers if answer.workshop in {"w000", "w001"}]
    found = find(two, design(present={"w000": 24}), audience="published")
    present = {(row.workshop, row.scenario): row.present for row in found.levels}
    assert present["w000", "HOU-1"] == 24
    assert present["w001", "HOU-1"] == 18
    assert present["w000", "CJ-1"] == 5
    assert found.workshops[0].present == 24


def test_results_are_values(results):
    assert replace(results) == results
