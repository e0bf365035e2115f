"""Closing: what is missing, reasons, the six words, the stick, the papers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from laptops_world import World
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import day, deleting, handing_over, laptop, sample
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.exchange import receipt
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.theme import LIGHT


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def open_page(show, places, tmp_path) -> Callable[..., ClosingPage]:
    laptop.keep(sample.own(), places.keys / sample.AREA, now=sample.START)

    def make(desk: Desk, folder: Path | None = None) -> ClosingPage:
        page = ClosingPage(Bridge(desk), LIGHT, folders=places, ask_folder=lambda _: folder or tmp_path)
        show(page)
        return page

    return make


def test_enter_closes_the_workshop_in_the_room(open_page, hands):
    desk = sample.at("close")
    page = open_page(desk)
    hands(page.window()).enter()
    assert desk.state.closed
    assert "✓ Closed today" in words(page)


def test_in_the_middle_of_the_agenda_closing_takes_two_keys_and_neither_is_the_first(open_page, hands, qtbot):
    desk = sample.at("anchor_talk", keyed=False)
    page = open_page(desk)
    person = hands(page.window())
    with qtbot.waitSignal(page.room_requested):
        person.enter()
    person.tab_to("Close the workshop")
    person.enter()
    ids = [step.id for step in desk.pack.agenda if not step.optional]
    left = ids.index("close") - ids.index("anchor_talk")
    assert f"{left} steps are still to come. Close anyway?" in words(page)
    assert not desk.state.closed
    person.enter()
    assert desk.state.closed


def test_one_reason_may_do_for_every_gap_of_a_sheet_or_for_all(open_page, hands):
    desk = sample.closed(missing=12)
    page = open_page(desk)
    gaps = day.gaps(desk.state)
    assert len(gaps) > 1
    person = hands(page.window())
    person.tab_to("One reason for several gaps")
    person.type("The fire alarm went off.")
    person.tab_to("Accept all of sheet 4")
    person.enter()
    assert not handing_over.unexplained(desk)
    assert set(handing_over.reasons(desk).values()) == {"The fire alarm went off."}
    assert person.focus is page.complete_part.first or person.focus is page.seal_part.button


def test_after_a_gap_is_accepted_the_keyboard_is_at_the_next(open_page, hands):
    desk = sample.closed(missing=12)
    page = open_page(desk)
    first, second = (gap.table for gap in day.gaps(desk.state)[:2])
    person = hands(page.window())
    person.tab_to(f"Accept, with a reason: table {first}, sheet 4")
    person.enter()
    person.type("Left at the break.")
    person.enter()
    assert person.focus.accessibleName() == f"Accept, with a reason: table {second}, sheet 4"


def test_missing_sheets_are_counted_and_named_by_table(open_page, hands, qtbot):
    desk = sample.closed(missing=2)
    page = open_page(desk)
    seats = sorted(desk.state.seats)[-2:]
    assert f"Table 4 · sheet 4, at the end · 2 of 5 sheets missing: {', '.join(seats)}" in words(page)
    assert "3 of 5" in words(page)
    assert not page.seal_part.button.isEnabled()
    person = hands(page.window())
    person.tab_to("Go to table 4, sheet 4")
    with qtbot.waitSignal(page.entry_requested) as asked:
        person.enter()
    assert asked.args == [seats[0], 4]


def test_a_gap_accepted_with_a_reason_is_sealed_with_it(open_page, hands):
    desk = sample.closed(missing=1)
    page = open_page(desk)
    person = hands(page.window())
    person.tab_to("Accept, with a reason: table 4, sheet 4")
    person.enter()
    person.enter()
    assert "Write one line saying why." in words(page)
    person.type("Left at the break.")
    person.enter()
    assert "Accepted: Left at the break." in words(page)
    person.tab_to("Seal the workshop")
    person.enter()
    assert desk.state.sealed
    assert desk.state.bodies(r.Sealed)[0][1].accepted == ["Table 4, sheet 4, 1 of 5 missing: Left at the break."]


def test_a_reason_survives_a_crash_and_can_be_taken_back(open_page, hands):
    desk = sample.closed(missing=1)
    handing_over.accept(desk, day.gaps(desk.state)[0], "Left at the break.")
    page = open_page(desk)
    assert page.seal_part.button.isEnabled()
    person = hands(page.window())
    person.tab_to("Take back: table 4, sheet 4")
    person.enter()
    assert not page.seal_part.button.isEnabled()


def test_the_six_words_stand_on_the_screen_once_sealed(open_page, hands):
    desk = sample.closed()
    page = open_page(desk)
    hands(page.window()).enter()
    assert desk.state.sealed
    assert "   ".join(day.seal_words(desk)) in words(page)
    assert len(day.seal_words(desk)) == 6


def test_the_bundle_is_written_and_read_back_and_only_then_safe_to_unplug(open_page, hands, qtbot, tmp_path):
    desk = sample.closed()
    page = open_page(desk)
    person = hands(page.window())
    person.tab_to("Choose a folder or stick")
    person.enter()
    with qtbot.waitSignal(page.exported, timeout=60_000) as done:
        person.enter()
    file = tmp_path / done.args[0].path.name
    assert file.is_file()
    assert "Safe to unplug. 20 people, 28 notes." in words(page)
    qtbot.waitUntil(lambda: person.focus is page.stick_part.write)
    qtbot.waitUntil(lambda: not page.stick_part.done.visibleRegion().isEmpty())
    second = tmp_path / "second"
    second.mkdir()
    qtbot.waitUntil(page.stick_part.write.isEnabled)
    page.stick_part.folder = second
    with qtbot.waitSignal(page.exported, timeout=60_000):
        page.stick_part.write.click()
    assert (second / file.name).read_bytes() == file.read_bytes()


def test_a_stick_that_is_gone_is_said_in_words_and_nothing_changed(open_page, qtbot, tmp_path):
    desk = sample.closed()
    page = open_page(desk)
    page.stick_part.folder = tmp_path / "not there"
    before = desk.store.own()
    with qtbot.waitSignal(page.worker.failed, timeout=60_000) as failed:
        page.stick_part.write_requested.emit("")
    assert isinstance(failed.args[0], MachineError)
    qtbot.waitUntil(lambda: not page.worker.busy)
    assert "That folder is not there any more" in words(page)
    assert "Everything saved before is still there." in page.stick_part.wrong.text()
    assert page.stick_part.wrong.isVisible()
    assert desk.store.own() == before


def test_both_papers_are_written(open_page, hands, qtbot, tmp_path):
    desk = sample.closed()
    page = open_page(desk)
    person = hands(page.window())
    person.tab_to("Make both PDFs")
    with qtbot.waitSignal(page.worker.ended, timeout=60_000):
        person.enter()
    written = sorted(tmp_path.glob("*.pdf"))
    own = desk.store.own()
    stem = f"{desk.opened.workshop}-{own.seq}"
    assert [path.name for path in written] == [f"{stem}-host-copy.pdf", f"{stem}-summary.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)


def test_the_receipt_is_taken_from_a_stick_and_opens_the_deletion(show, hands, tmp_path):
    world = World(tmp_path)
    page = ClosingPage(Bridge(world.lead.desk), LIGHT, folders=world.lead.places, ask_folder=lambda _: world.stick("centre"))
    show(page)
    assert page.delete_part.receipt.isVisible()
    person = hands(page.window())
    person.tab_to("Take the receipt from a stick")
    person.enter()
    assert not deleting.lock(world.lead.desk, world.lead.places).opened
    records = list(world.lead.desk.store.records(world.lead.desk.device))
    said = receipt.MergeReceipt(
        at="2026-10-06T12:00:00.000Z", held=world.lead.desk.store.heads(), programme=world.signed.programme.id,
        workshop=world.session.id,
    )
    assert said.held[0].seq == len(records)
    (world.stick("centre") / "w.receipt").write_bytes(receipt.write(said, key=world.centre.key))
    person.enter()
    assert deleting.lock(world.lead.desk, world.lead.places).opened
    assert page.delete_part.button.isVisible()
    assert not page.delete_part.receipt.isVisible()
    assert "The central team holds everything that is here." in words(page)
