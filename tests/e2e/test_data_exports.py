"""The safeguarded data give every printed level, shift and number of the map again; the open data give nobody away."""

import json
import sqlite3
from itertools import pairwise

import pandas as pd
import pytest

from tradeoff_desktop.app import centre, content, evidence
from tradeoff_desktop.store.store import Store

BAL = "BAL"


@pytest.fixture(scope="module")
def results(road):
    with Store.look(road.store) as held:
        return evidence.find_in(centre.states(held, content.shipped()), audience="published")


@pytest.fixture(scope="module")
def folders(road, command, tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    for release in ("open", "safeguarded"):
        done = command("data", "--store", road.store, "--release", release, "--out", place / release, "--sqlite")
        assert done.code == 0, done.err
    return place


@pytest.fixture(scope="module")
def ratings(folders):
    table = pd.read_csv(folders / "safeguarded" / "ratings.csv", dtype=str)
    table["value"] = pd.to_numeric(table.answer.where(table.answer.str.fullmatch("[1-9]")))
    return table


def paired(ratings, *, first, second):
    """Two answers of the same person side by side."""
    keys = ["workshop", "person", "scenario"]
    sides = [
        ratings[(ratings[list(where)] == pd.Series(where)).all(axis=1)][[*keys, "value"]].dropna() for where in (first, second)
    ]
    return sides[0].merge(sides[1], on=keys, suffixes=("_first", "_second"))


def over_workshops(table, value):
    """The mean of workshop means, of workshops with five people."""
    by = table.groupby("workshop")[value]
    return by.mean()[by.count() >= 5].mean()


def test_the_levels_are_found_again(ratings, results):
    compared = 0
    for row in results.levels_across:
        where = {"scenario": row.scenario, "variant": row.variant, "round": row.round, "item": row.item}
        chosen = ratings[(ratings[list(where)] == pd.Series(where)).all(axis=1)].dropna()
        if row.mean.mean is not None:
            assert over_workshops(chosen, "value") == pytest.approx(row.mean.mean, abs=1e-12)
            compared += 1
        if row.share.mean is not None:
            upper = chosen.assign(upper=(chosen.value >= 4).astype(float))
            assert over_workshops(upper, "upper") == pytest.approx(row.share.mean, abs=1e-12)
    assert compared > 5


def test_every_printed_block_is_found_again(ratings, results):
    compared = 0
    for row in results.levels:
        where = {"workshop": row.workshop, "scenario": row.scenario, "variant": row.variant, "round": row.round, "item": row.item}
        chosen = ratings[(ratings[list(where)] == pd.Series(where)).all(axis=1)].value
        for block in row.shown.blocks:
            assert chosen.isin([place + 1 for place in block.categories]).sum() == block.people
            compared += 1
    assert compared > 20


def test_the_shift_of_every_axis_is_found_again(ratings, folders, results):
    flips = pd.read_csv(folders / "safeguarded" / "flips.csv")
    primary = flips[flips.primary == 1]
    assert len(results.axes) == 3
    for axis in results.axes:
        moved = []
        for flip in primary[primary.axis == axis.axis].itertuples():
            both = paired(
                ratings, first={"scenario": flip.scenario, "variant": "base", "round": "RB", "item": BAL},
                second={"scenario": flip.scenario, "variant": flip.variant, "round": "RV", "item": BAL},
            )
            moved.append(both.assign(variant=flip.variant, step=flip.sign * (both.value_second - both.value_first)))
        table = pd.concat(moved)
        enough = table.groupby("workshop").person.nunique() >= 5
        by_flip = table.groupby(["workshop", "scenario", "variant"]).step.mean()
        by_workshop = by_flip.groupby(["workshop", "scenario"]).mean().groupby("workshop").mean()
        assert axis.shift.mean is not None
        assert by_workshop[enough].mean() == pytest.approx(axis.shift.mean, abs=1e-12)


def test_start_to_end_is_found_again(ratings, results):
    compared = 0
    for end in results.start_to_end:
        both = paired(
            ratings, first={"scenario": end.scenario, "round": "R0", "item": BAL}, second={"scenario": end.scenario, "round": "R1", "item": BAL},
        )
        if end.shift.mean is not None:
            assert over_workshops(both.assign(step=both.value_second - both.value_first), "step") == pytest.approx(end.shift.mean)
            compared += 1
    assert compared


def test_the_map_is_found_again(ratings, results):
    compared = 0
    for point in results.map:
        rooms, means = None, {}
        for what, pair in (("risk", ("PR", "SR")), ("benefit", ("IB", "PB"))):
            both = paired(ratings, **{
                side: {"scenario": point.scenario, "round": point.round, "item": item}
                for side, item in zip(("first", "second"), pair, strict=True)
            })
            by = both.assign(mean=(both.value_first + both.value_second) / 2).groupby("workshop")["mean"]
            means[what], enough = by.mean(), set(by.count()[by.count() >= 5].index)
            rooms = enough if rooms is None else rooms & enough
        for what in ("risk", "benefit"):
            if (printed := getattr(point, what).mean) is not None:
                assert means[what][sorted(rooms)].mean() == pytest.approx(printed, abs=1e-12)
                compared += 1
    assert compared


def test_the_safeguarded_data_say_what_they_are_and_leave_out_what_identifies(folders, ratings):
    readme = (folders / "safeguarded" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Safeguarded data: not for publication")
    assert "order" in readme
    assert list(ratings.columns[:9]) == ["workshop", "area", "table", "person", "scenario", "variant", "round", "item", "answer"]


def test_the_numbers_of_people_follow_neither_table_nor_seat(ratings):
    first = ratings[ratings.workshop == ratings.workshop.min()].drop_duplicates("person").astype({"person": int, "table": int})
    tables = first.sort_values("person").table.tolist()
    assert tables != sorted(tables)


def test_every_open_block_holds_five_people_and_blocks_sum_to_n(folders):
    for name, keys in (("levels", ["workshop"]), ("moves", ["workshop", "kind"]), ("levels_across", []), ("moves_across", ["kind"])):
        table = pd.read_csv(folders / "open" / f"{name}.csv")
        printed = table[table.state == "counts"]
        assert len(printed)
        assert printed.people.min() >= 5
        by = printed.groupby([*keys, "scenario", "variant", "round", "item"])
        assert (by.people.sum() == by.n.first()).all()
        for _, row in by:
            ends = list(zip(row.lowest, row.highest, strict=True))
            assert len(ends) > 1  # a single block would say that all answered alike
            assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))
        assert table[table.state != "counts"].people.isna().all()


def test_the_open_means_are_as_printed(folders, results):
    means = pd.read_csv(folders / "open" / "means.csv")
    given = means.dropna(subset="mean")
    assert len(given)
    assert (given.workshops >= 3).all()
    assert (given["mean"] == given["mean"].round(1)).all()
    shifts = means[(means.what == "shift") & means.axis.notna()]
    assert shifts.p_adjusted.isna().all()  # three workshops are too few for a test
    assert shifts["mean"].tolist() == [round(axis.shift.mean, 1) for axis in results.axes]


def test_both_are_described_column_by_column_and_hold_no_free_text(folders):
    for release in ("open", "safeguarded"):
        about = json.loads((folders / release / "datapackage.json").read_text(encoding="utf-8"))
        for resource in about["resources"]:
            text = (folders / release / resource["path"]).read_text(encoding="utf-8")
            assert text.splitlines()[0].split(",") == [field["name"] for field in resource["schema"]["fields"]]
            assert not any(cell[:1] in {"=", "+", "@"} or " " in cell or '"' in cell for line in text.splitlines() for cell in line.split(","))
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_an_export_never_overwrites(folders, road, command):
    done = command("data", "--store", road.store, "--release", "open", "--out", folders / "open")
    assert done.code == 1
    assert "not empty" in done.err


# -- the same as SQLite


@pytest.fixture
def sql(folders):
    """Asks the safeguarded data in SQL, as its README says."""
    opened = sqlite3.connect(f"{(folders / 'safeguarded' / 'data.sqlite').as_uri()}?mode=ro", uri=True)
    yield lambda asked, *given: opened.execute(asked, given).fetchall()
    opened.close()


def test_the_sqlite_copy_holds_the_tables_of_the_csv_files_and_nothing_more(folders, sql):
    for table in ("ratings", "workshops", "flips"):
        written = pd.read_csv(folders / "safeguarded" / f"{table}.csv", dtype=str, keep_default_na=False)
        held = sql(f"SELECT * FROM {table}")  # noqa: S608 - the names above
        assert [[str(cell) for cell in row] for row in held] == written.to_numpy().tolist()
    named = {name for name, in sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in named if not name.startswith("code_")} == {"ratings", "workshops", "flips"}
    columns = {name for table in named for _, name, *_ in sql(f"PRAGMA table_info({table})")}
    assert not columns & {"at", "time", "group", "seat", "device", "order"}


def test_the_views_give_the_printed_levels_and_shifts(sql, results):
    compared = 0
    for row in results.levels_across:
        held = sql(
            "SELECT AVG(mean) FROM levels WHERE people >= 5 AND (scenario, variant, round, item) = (?, ?, ?, ?)",
            row.scenario, row.variant, row.round, row.item,
        )
        if row.mean.mean is not None:
            assert held[0][0] == pytest.approx(row.mean.mean, abs=1e-12)
            compared += 1
    assert compared > 5
    for axis in results.axes:
        flips = dict(sql(
            """SELECT scenario || variant, AVG(mean) FROM (SELECT scenario, variant, workshop, AVG(shift) AS mean FROM shifts
               WHERE axis = ? AND "primary" = 1 GROUP BY 1, 2, 3 HAVING COUNT(*) >= 5) GROUP BY 1""", axis.axis,
        ))
        assert flips
    assert sql("SELECT COUNT(*) FROM answers") == sql("SELECT COUNT(*) FROM ratings")
    assert sql("SELECT COUNT(*) FROM answers WHERE level IS NOT NULL AND says IS NULL") == [(0,)]


def test_nobody_changes_it_by_mistake_and_its_readme_says_how(folders, sql):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        sql("DELETE FROM ratings")
    said = (folders / "safeguarded" / "README.md").read_text()
    assert all(f"`{view}`" in said for view, in sql("SELECT name FROM sqlite_master WHERE type = 'view'"))
    opened = sqlite3.connect(folders / "open" / "data.sqlite")
    assert opened.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'view' OR name = 'ratings'").fetchone() == (0,)
    opened.close()
