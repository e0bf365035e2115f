"""Pictures of what the room sees on the projector, step by step."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import pace, sample
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model.runsheet import Screen, screens
from tradeoff_desktop.ui import screenshots
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.gallery_parts import Build
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.theme import Theme


def audience(step: str, place: int = 0, *, act: str = "", scale: float = 1.0, people: int = sample.ALL) -> Build:
    """What the room sees at a step once "reveal", "blank" or "vote" is done; ``scale`` is the size of words of a deep room."""

    def build(_theme: Theme) -> QWidget:
        desk = sample.at(step, people=people) if step else sample.started()
        if act == "reveal" and step == "practice":
            sample.count_hands(desk, desk.pack.agenda[[s.id for s in desk.pack.agenda].index(step)])
        shown = screens(desk.pack, step, area=sample.AREA)[place] if step else Screen("holding", "")
        made = AudienceWindow()
        made.resize(screenshots.ROOM)
        stage = stages.stage(
            desk.state, shown, revealed=act == "reveal", blank=act == "blank", clock=pace.clock_words(240), statement=vote(desk) if act == "vote" else None,
        )
        made.show_stage(replace(stage, scale=scale))
        return made

    return build


def vote(desk: Desk) -> stages.Key:
    """The first statement, voted on."""
    key, body = stages.drafts(desk.state)[0]
    desk.do(capture.ratify, draft=desk.state.live["statement"][key].ref, voted=codec.amended(
        body, state="ratified", in_favour=14, against=4, abstained=2, dissent="Four would rather see it done by the charity.",
    ))
    return stages.drafts(desk.state)[-1][0]


SHOTS: Sequence[Shot] = [
    Shot("audience-holding", audience("")),
    Shot("audience-question", audience("practice")),
    Shot("audience-case", audience("anchor_read")),
    Shot("audience-case-large", audience("anchor_read", scale=1.5)),
    Shot("audience-task-large", audience("theme_talk", scale=1.5)),
    Shot("audience-flip", audience("anchor_flips", 1)),
    Shot("audience-task", audience("theme_talk")),
    Shot("audience-result", audience("practice", act="reveal")),
    Shot("audience-before-after", audience("positions", act="reveal")),
    Shot("audience-positions", audience("positions")),
    Shot("audience-statements", audience("statements")),
    Shot("audience-statement-agreed", audience("statements", act="vote")),
    Shot("audience-words-only", audience("positions", act="reveal", people=7)),
    Shot("audience-hands-few", audience("practice", act="reveal", people=7)),
    Shot("audience-thanks", audience("close")),
    Shot("audience-blank", audience("anchor_read", act="blank")),
]
