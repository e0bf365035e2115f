"""What is said in a rehearsal fits what was decided, and areas do not repeat each other."""

from itertools import combinations

import pytest

from tradeoff_desktop.app import rehearsal_words as words


@pytest.mark.parametrize("theme", ["HSC", "WEL", "CJ", "HOU"])
def test_three_areas_say_different_things(theme: str):
    for one, other in combinations(range(3), 2):
        assert not {said.text for said in words.theme(theme, one)} & {said.text for said in words.theme(theme, other)}
        assert words.statement(theme, one) != words.statement(theme, other)
        lines = [{said.text for said in words.anchor(area) if said.kind == "red_line"} for area in (one, other)]
        assert lines[0] != lines[1]
    assert words.theme(theme, 0) == words.theme(theme, 3)


def test_a_reason_fits_its_decision_and_tables_differ():
    go_ahead = {words.reason("1", turn) for turn in range(2, 20, 6)}
    assert go_ahead == set(words.REASONS_FOR["1"])
    for decision, reasons in words.REASONS_FOR.items():
        others = {reason for other, found in words.REASONS_FOR.items() if other != decision for reason in found}
        assert not others & set(reasons)
