"""The small grammar of the reports."""

import pytest

from tradeoff_desktop.report import phrases


@pytest.mark.parametrize(
    ("number", "told"), [(0, "no tables"), (1, "1 table"), (4, "4 tables"), (4800, "4,800 tables")],
)
def test_counted(number: int, told: str):
    assert phrases.counted(number, "table") == told


def test_people():
    assert [phrases.people(number) for number in (1, 20)] == ["1 person", "20 people"]


@pytest.mark.parametrize(
    ("things", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ([1, 2, 3], "1, 2 and 3")],
)
def test_listed(things: list[object], told: str):
    assert phrases.listed(things) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([2], "table 2"), ([4, 1, 2, 2], "tables 1, 2 and 4"), ([0], "the whole room"), ([0, 3], "table 3 and the whole room")],
)
def test_tables(numbers: list[int], told: str):
    assert phrases.tables(numbers) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [("Ask first", "ask first"), ("A person decides", "a person decides"), ("NHS staff", "NHS staff"), ("I agree", "I agree"), ("", "")],
)
def test_lower(words: str, told: str):
    assert phrases.lower(words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [("No", "No."), ("No. ", "No."), ("Why?", "Why?"), ("on “Help”", "on “Help”."), ("“Why?”", "“Why?”"), ("", "")],
)
def test_stopped(words: str, told: str):
    assert phrases.stopped(words) == told


def test_day():
    assert phrases.day("2027-03-02") == "2 March 2027"
