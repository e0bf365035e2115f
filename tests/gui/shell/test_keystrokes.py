"""The keystroke budget: what each task of the day costs, counted in key presses, against what was promised."""

from PySide6.QtCore import Qt

from tradeoff_desktop.app import content, handing_over, laptop, programmes, setting_up
from tradeoff_desktop.exchange.programme import write_programme
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r

BUDGET = {
    "next step": 1, "20 hands": 10, "flip": 1, "note beyond its words": 6, "reveal": 1, "sheet of 8": 11,
    "sheet of 12": 15, "carry on after a crash": 1, "export": 3,
}
Key = Qt.Key
# Splits of twenty hands over five options, the dearest kind among them: ones that might have become tens.
SPLITS = ((2, 5, 4, 6, 3), (1, 1, 1, 1, 16), (0, 0, 0, 0, 20), (10, 1, 1, 1, 7), (20, 0, 0, 0, 0), (1, 1, 1, 17, 0))


class Counter:
    """Hands that count."""

    def __init__(self, person) -> None:
        self.person, self.keys = person, 0

    def press(self, key: Key, with_=Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        self.person.press(key, with_=with_)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.person.type(text)

    def spent(self) -> int:
        """The presses since the last look."""
        spent, self.keys = self.keys, 0
        return spent


def keys_for(split: tuple[int, ...], here: int = 20) -> str:
    """The shortest way to type a split: a number closes itself where no longer one is possible, the last is the rest."""
    typed, left = "", here
    for number in split[:-1]:
        if left == 0:
            break
        typed += str(number)
        longer_possible = number and number * 10 <= left
        typed += " " if longer_possible else ""
        left -= number
    return typed


def in_the_room(make_shell, hands, tmp_path):
    """A real workshop, set up as its programme has it, everybody here and signed."""
    pack, centre = content.shipped(), laptop.make("CTR", seed=bytes(range(64)), id_="centre0001")
    keys = programmes.Keys(signing=centre.public_line, centre=centre.identity.recipient)
    planned = programmes.plan(programmes.shipped_source(), pack=pack, keys=keys)
    path = tmp_path / "spring.programme"
    path.write_bytes(write_programme(planned, pack, key=centre.key))
    shell = make_shell(path)
    person = hands(shell.window)
    person.press(Key.Key_N)
    person.tab_to("They agree")
    person.enter(2)
    setting_up.start(shell.desk, setting_up.kept(shell.desk)._replace(venue="Hall", screen="200", farthest="700"))
    for seat in sorted(shell.desk.state.seats):
        shell.desk.do(acts.consent, role="lead", seat=seat, signed=True)
    shell.show_room()
    return shell, Counter(person)


def key_the_rest(desk, sheet):
    for seat in desk.state.missing(sheet):
        for cell in desk.state.cells_of(seat, sheet):
            desk.do(capture.key_answer, role="lead", seat=seat, cell=cell, answer="1")


def before(shell, step):
    """Be at the step before ``step``, however one came there."""
    ids = [one.id for one in shell.desk.pack.agenda]
    shell.bridge.do(acts.begin_step, role="lead", step=ids[ids.index(step) - 1])
    shell.window.page.room.holding = False


def spend_on_steps_and_hands(shell, person):
    """PgDn, and the dearest of some splits of hands."""
    desk = shell.desk
    person.press(Key.Key_PageDown)
    person.spent()
    step = desk.state.step
    person.press(Key.Key_PageDown)
    assert desk.state.step != step
    yield "next step", person.spent()
    before(shell, "practice")
    person.press(Key.Key_PageDown)
    dearest = 0
    for split in SPLITS:
        person.spent()
        person.press(Key.Key_F2)
        person.type(keys_for(split))
        person.press(Key.Key_Return)
        dearest = max(dearest, person.spent())
        counts = desk.state.bodies(r.Tally)[-1][1].counts
        assert tuple(counts.get(str(option), 0) for option in range(1, 6)) == split
        person.press(Key.Key_F2)
    yield "20 hands", dearest


def spend_on_sheets(shell, person):
    """The first sheet of somebody, of twelve boxes and of eight."""
    desk = shell.desk
    for name, at, sheet in (("sheet of 12", "before_theme", 1), ("sheet of 8", "anchor_mark", 2)):
        before(shell, at)
        person.press(Key.Key_PageDown)
        seat = desk.state.sitting()[0]
        person.press(Key.Key_F2)
        person.spent()
        person.type(seat + "1" * len(desk.state.cells_of(seat, sheet)))
        yield name, person.spent()
        assert desk.state.sheet_done(seat, sheet)
        person.press(Key.Key_F2)
        key_the_rest(desk, sheet)


def spend_on_the_case(shell, person):
    """A flip, the reveal, a note."""
    page = shell.window.page
    person.spent()
    person.press(Key.Key_F6)
    assert page.room.stage.page.data.changed
    yield "flip", person.spent()
    person.press(Key.Key_F9)
    assert page.room.revealed
    yield "reveal", person.spent()
    person.press(Key.Key_F9)
    words = "they may sell it on"
    person.spent()
    person.press(Key.Key_F3)
    person.type(f"{words} #pr")
    person.press(Key.Key_Return)
    yield "note beyond its words", person.spent() - len(words)
    assert shell.desk.state.bodies(r.Note)[-1][1].tags == ["privacy"]


def spend_after_a_crash(shell, make_shell, hands):
    """Carrying on, then the stick once the workshop is sealed."""
    step = shell.desk.state.step
    shell.desk.store.close()  # what a crash leaves: nothing was closed properly
    shell.desk = None
    shell.window.page.leaving = bool
    again = make_shell()
    person = Counter(hands(again.window))
    person.press(Key.Key_Return)
    desk = again.desk
    assert desk.state.step == step
    assert again.window.page.room.holding
    yield "carry on after a crash", person.spent()
    desk.do(acts.close, role="lead")
    for gap in handing_over.unexplained(desk):
        handing_over.accept(desk, gap, "Keyed elsewhere.")
    handing_over.seal(desk)
    person.press(Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    person.press(Key.Key_Return)
    person.press(Key.Key_Return)
    again.window.page.worker.wait()
    yield "export", person.spent()


def test_no_task_of_the_day_costs_more_keys_than_promised(make_shell, hands, tmp_path):
    shell, person = in_the_room(make_shell, hands, tmp_path)
    spent = dict(spend_on_steps_and_hands(shell, person))
    spent |= dict(spend_on_sheets(shell, person))
    spent |= dict(spend_on_the_case(shell, person))
    spent |= dict(spend_after_a_crash(shell, make_shell, hands))
    assert list(tmp_path.glob("*.tradeoff"))
    assert spent.keys() == BUDGET.keys()
    assert {name: keys for name, keys in spent.items() if keys > BUDGET[name]} == {}
