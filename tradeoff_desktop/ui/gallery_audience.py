"""Pictures of what the room sees on the projector, step by step."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import sample
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.model.runsheet import Screen, screens
from tradeoff_desktop.ui import screenshots
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.gallery_parts import Build
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.theme import Theme


def audience(
    step: str, place: int = 0, *, revealed: bool = False, blank: bool = False, scale: float = 1.0,
) -> Build:
    """What the room sees at a step; ``scale`` is the size of words that a deep room needs."""

    def build(_theme: Theme) -> QWidget:
        desk = sample.at(step) if step else sample.started()
        if revealed and step == "practice":
            sample.count_hands(desk, desk.pack.agenda[[s.id for s in desk.pack.agenda].index(step)])
        shown = screens(desk.pack, step, area=sample.AREA)[place] if step else Screen("holding", "")
        made = AudienceWindow()
        made.resize(screenshots.ROOM)
        stage = stages.stage(desk.state, shown, revealed=revealed, blank=blank, clock="4 minutes")
        made.show_stage(replace(stage, scale=scale))
        return made

    return build


SHOTS: Sequence[Shot] = [
    Shot("audience-holding", audience("")),
    Shot("audience-question", audience("practice")),
    Shot("audience-case", audience("anchor_read")),
    Shot("audience-case-large", audience("anchor_read", scale=1.5)),
    Shot("audience-task-large", audience("theme_talk", scale=1.5)),
    Shot("audience-flip", audience("anchor_flips", 1)),
    Shot("audience-task", audience("theme_talk")),
    Shot("audience-result", audience("practice", revealed=True)),
    Shot("audience-before-after", audience("positions", revealed=True)),
    Shot("audience-positions", audience("positions")),
    Shot("audience-statements", audience("statements")),
    Shot("audience-thanks", audience("close")),
    Shot("audience-blank", audience("anchor_read", blank=True)),
]
