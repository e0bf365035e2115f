"""van der Eijk's A and Krippendorff's alpha: worked by hand and published."""

import csv
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import agreement, agreement_words, krippendorff_alpha

# The well-known example: three coders, fifteen units, not all of them coded by all.
CODERS = [
    [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
    [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
    [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 9, 0, 0], 1.0),
        ([4, 4, 4, 4, 4], 0.0),
        ([10, 0, 0, 0, 10], -1.0),
        ([0, 10, 10, 0, 0], 0.75),
        ([10, 10, 0], 0.5),
        ([3, 1], 0.5),  # two even layers: 2 of 4 people even over both, 2 alone
    ],
)
def test_agreement_worked_by_hand(counts, expected):
    assert agreement(counts) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=9).filter(any))
def test_agreement_is_a_measure(counts):
    value = agreement(counts)
    assert -1 - 1e-12 <= value <= 1 + 1e-12
    assert agreement(counts[::-1]) == pytest.approx(value, abs=1e-12)
    assert agreement([3 * count for count in counts]) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "code"),
    [([0, 0], "bad_counts"), ([1, -1], "bad_counts"), ([5], "bad_scale"), ([math.nan, 1], "bad_numbers")],
)
def test_counts_without_agreement(counts, code):
    with pytest.raises(RuleError, match=code):
        agreement(counts)


def test_agreement_in_words():
    assert [agreement_words(value) for value in (1.0, 0.6, 0.59, 0.2, 0.19, -1.0)] == [
        *["broad agreement"] * 2,
        *["mixed"] * 2,
        *["divided"] * 2,
    ]


@pytest.mark.published
def test_agreement_of_a_published_deliberation(published):
    with (published / "activate.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (published / "activate_reference_items.csv").open(encoding="utf-8") as file:
        reference = list(csv.DictReader(file))
    for item in reference:
        for stage, column in (("Pre-Delib", "A_pre"), ("Post-Delib", "A_post")):
            answers = [int(row[item["item"]]) - 1 for row in rows if row["stage"] == stage]
            assert agreement(np.bincount(answers, minlength=7)) == pytest.approx(
                float(item[column]), abs=1e-12
            )


@pytest.mark.parametrize(
    ("level", "expected"), [("nominal", 0.6914), ("ordinal", 0.8067), ("interval", 0.8108)]
)
def test_alpha_of_the_textbook_example(level, expected):
    assert krippendorff_alpha(CODERS, level=level) == pytest.approx(expected, abs=5e-5)
    with_nan = [[math.nan if value is None else float(value) for value in row] for row in CODERS]
    assert krippendorff_alpha(np.array(with_nan), level=level) == pytest.approx(expected, abs=5e-5)


def test_alpha_of_names():
    assert krippendorff_alpha([["Iaith", "preifatrwydd", "é"], ["Iaith", "preifatrwydd", "é"]]) == 1.0
    assert krippendorff_alpha([["a", "b"], ["b", "a"]]) < 0


@pytest.mark.parametrize(
    ("ratings", "level", "code"),
    [
        ([[1, 1], [1, 1]], "nominal", "no_variation"),
        ([[1, None], [None, 2]], "nominal", "empty_data"),
        ([[1, 2], [1]], "nominal", "bad_shape"),
        ([["a", "b"], ["a", "b"]], "interval", "bad_numbers"),
        ([[1, 2], [1, 2]], "ratio", "unknown_measure"),
        (7, "nominal", "bad_shape"),
    ],
)
def test_codings_without_alpha(ratings, level, code):
    with pytest.raises(RuleError, match=code):
        krippendorff_alpha(ratings, level=level)
