"""A chart, its alternative text and its table say the same numbers."""

import re

from tradeoff_desktop.report.charts import TOO_FEW, Bar, Block, DivergingBars, Moved, Panel, Scale
from tradeoff_desktop.report.twins import alt_text, table_of

SCALE = Scale(("1", "2", "3"), "low", "high")


def numbers(words: str) -> list[str]:
    return sorted(re.findall(r"\b\d+\b", words))


def cells(table) -> str:
    return " ".join(cell for row in table.rows for cell in row)


def test_the_alternative_text_of_a_bar():
    chart = DivergingBars(
        SCALE, (Bar("As described", (Block(1, 1, 7, "risk"), Block(2, 3, 11, "the rest"))), Bar("Other"))
    )
    assert alt_text(chart) == (
        "Bar chart of how many people gave each answer. As described: 7 risk, 11 the rest. Other: too few to show."
    )


def test_the_alternative_text_says_how_many_moved(charts):
    spoken = alt_text(charts[1])
    assert "The housing team, Start: 2 Risks clearly, 5 Risks somewhat" in spoken
    assert spoken.endswith("; 7 towards benefit, 8 did not move, 3 towards risk.")


def test_the_table_has_a_column_for_every_answer_where_rows_agree(charts):
    table = table_of(charts[1])
    assert table.head == (
        "Version and time",
        "Risks clearly",
        "Risks somewhat",
        "Evenly balanced",
        "Benefits somewhat",
        "Benefits clearly",
    )
    assert table.rows[0] == ("The housing team, Start", "2", "5", "6", "4", "1")
    assert table.align == "lrrrrr"


def test_the_table_has_a_row_for_every_answer_where_rows_differ(charts):
    table = table_of(charts[0])
    assert table.head == ("Version", "Answer", "People")
    assert table.rows[5] == ("To a charity", "Risks clearly or somewhat", "8")
    assert table.rows[-1] == ("Figures only", TOO_FEW, "–")


def test_a_row_held_back_stays_in_a_table_of_columns():
    chart = Moved((Panel("A", (Block(1, 2, 8, "x"), Block(3, 3, 9, "y"))), Panel("B")))
    assert table_of(chart).rows == (("A", "8", "9"), ("B", TOO_FEW, "–"))


def test_nothing_at_all_is_said_too():
    chart = Moved((Panel("B"),))
    assert table_of(chart).rows == (("B", TOO_FEW, "–"),)
    assert alt_text(chart).endswith("B: too few to show.")


def test_text_and_table_have_the_same_numbers(charts):
    for chart in charts:
        spoken = re.sub(r"; 7 towards.*?\.", "", alt_text(chart))
        assert numbers(spoken) == numbers(cells(table_of(chart)))


def test_every_number_of_a_chart_of_means_or_tables_stands_in_its_words_and_its_table(charts):
    for chart in charts[3:]:
        table = table_of(chart)
        assert all(cell in alt_text(chart) for row in table.rows for cell in row)
    assert "Data: points −0.6; likely range −0.9 to −0.3; stands after adjustment yes." in alt_text(charts[7])
    assert "2. Falls: risk at the start 2.6; risk at the end –; benefit at the start 4.1" in alt_text(charts[8])
