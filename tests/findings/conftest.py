"""Simulated workshops for the tests of the engine, and where the published data lies."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tradeoff_desktop.findings import Answer, Contrast, Design

FLIPS = (("D1", "D", 1), ("O1", "O", 1), ("A1", "A", 1))
AXES = {
    "D": "a more sensitive type of data is added",
    "O": "an organisation outside the public sector receives it",
    "A": "the data is less identifiable",
}
THEMES = ("HSC-1", "WEL-1", "CJ-1", "HOU-2")
GROUPS = ("government", "partner", "civil", "other")
ORDERS = ((1, 2, 3), (2, 3, 1), (3, 1, 2))
COMPONENTS = ("IB", "PB", "PR", "SR")


def design_of(scenarios: Sequence[str] = ("HOU-1", *THEMES), **more: object) -> Design:
    contrasts = {
        (scenario, variant): Contrast(axis, sign, f"{variant} of {scenario} applies")
        for scenario in scenarios
        for variant, axis, sign in FLIPS
    }
    return Design(contrasts, AXES, anchor="HOU-1", **more)


class Simulated:
    """People with latent views; workshops shift together by a given standard deviation."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)

    def answers(
        self,
        sizes: Sequence[int],
        *,
        shifts: Sequence[float] = (0.0, 0.0, 0.0),
        between: float = 0.25,
        noise: float = 0.6,
        missing: float = 0.0,
        start: float = 3.0,
        themes: bool = True,
        items: Sequence[str] = ("BAL", "DEC", *COMPONENTS),
    ) -> list[Answer]:
        found: list[Answer] = []
        for place, size in enumerate(sizes):
            effect = np.array(shifts) + self.random.normal(0, between, 3)
            level = start + self.random.normal(0, between)
            for seat in range(size):
                table = seat * 4 // size
                person = (f"w{place:03}", f"area {place:03}", table, f"{seat:03}", GROUPS[seat % 4])
                own = level + self.random.normal(0, 0.9)
                for scenario in ["HOU-1", THEMES[table]] if themes else ["HOU-1"]:
                    asked = sheets(own, effect, ORDERS[place % 3], items)
                    found += self.marked(person, scenario, asked, noise, missing)
        return found

    def marked(
        self,
        person: tuple[str, str, int, str, str],
        scenario: str,
        asked: Sequence[tuple[str, str, str, float, int]],
        noise: float,
        missing: float,
    ) -> list[Answer]:
        means = np.array([mean for *_, mean, _ in asked]) + self.random.normal(0, noise, len(asked))
        lost = self.random.random(len(asked)) < missing
        found = []
        for (variant, at, item, _, position), mean, gone in zip(
            asked, means.tolist(), lost.tolist(), strict=True
        ):
            value = None if gone else max(1, min(4 if item == "DEC" else 5, round(mean)))
            found.append(Answer(*person, scenario, variant, at, item, value, position))
        return found


def sheets(
    own: float, effect: Sequence[float], order: Sequence[int], items: Sequence[str]
) -> list[tuple[str, str, str, float, int]]:
    """Return what one person is asked about one scenario: variant, round, item, mean answer, position."""
    found = []
    for item in items:
        rows = [("base", "R0", own, 0), ("base", "R1", own + 0.2, 0)]
        if item not in COMPONENTS:
            rows.append(("base", "RB", own, 0))
            rows += [(FLIPS[n][0], "RV", own + effect[n], order[n]) for n in range(3)]
        found += [(v, at, item, 5.0 - m if item == "DEC" else m, position) for v, at, m, position in rows]
    return found


@pytest.fixture(scope="session")
def simulated() -> Callable[[int], Simulated]:
    return Simulated


@pytest.fixture(scope="session")
def design() -> Callable[..., Design]:
    return design_of


@pytest.fixture(scope="session")
def published() -> Path:
    for above in Path(__file__).resolve().parents:
        folder = above / "shared" / "validation"
        if folder.is_dir():
            return folder
    pytest.skip("the published validation data is not here")
