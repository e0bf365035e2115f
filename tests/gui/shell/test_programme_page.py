"""The programme page, by keyboard: the plan typed, the checker beside it, signed with a copy for each session, the paper."""

import shutil

import pytest
from central_pages import ALT
from centre_world import NOW, STRANGER
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from tradeoff_desktop.app import escrow, planning
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.ui.central import BeginPage
from tradeoff_desktop.ui.programme import ProgrammePage


@pytest.fixture
def page(inside):
    inside.person.press(Qt.Key.Key_7, with_=ALT)
    assert isinstance(inside.page, ProgrammePage)
    return inside.page


def put(inside, before, after):
    """Type ``after`` in the place of ``before`` in the plan."""
    plan = inside.page.plan
    assert plan.find(before, plan.document().FindFlag(0)) or plan.moveCursor(QTextCursor.MoveOperation.Start) or plan.find(before)
    inside.person.type(after)


def test_what_the_plan_cannot_answer_stands_beside_it(inside, page):
    assert inside.person.focus is page.plan
    assert "6 workshops, 120 people, 24 tables." in inside.words()
    assert "15 people at 3 tables for the thinnest" in inside.words()
    assert "one absentee and it is left out" in inside.words()


def test_a_fault_is_named_with_its_line_while_it_is_typed_and_cannot_be_signed(inside, page, qtbot):
    put(inside, "heads = 20", "heads = 0")
    qtbot.waitUntil(lambda: "✗ Line " in inside.words(), timeout=5_000)
    assert "sign_plan" not in page.acts()
    put(inside, "heads = 0", "heads = 20")
    qtbot.waitUntil(lambda: "✓ It can be signed" in inside.words(), timeout=5_000)
    assert "sign_plan" in page.acts()


@pytest.mark.usefixtures("page")
def test_it_is_kept_as_it_is_typed_also_when_the_page_is_left_at_once(inside):
    put(inside, "spring 2027", "autumn 2027")
    inside.person.press(Qt.Key.Key_1, with_=ALT)
    inside.person.press(Qt.Key.Key_7, with_=ALT)
    assert "six workshops in autumn 2027" in inside.page.plan.toPlainText()


@pytest.mark.usefixtures("page")
def test_signing_writes_the_programme_and_one_file_a_session_and_the_team_works_by_it(inside, world, answers, tmp_path):
    file = tmp_path / "new.enrolment"
    file.write_bytes(planning.enrolment_of(STRANGER))
    answers.files, answers.folder = [file], tmp_path / "out"
    answers.folder.mkdir()
    before = world.folder.signed().programme
    put(inside, "spring 2027", "autumn 2027")
    inside.person.press(Qt.Key.Key_L, with_=ALT)
    assert f"{len(before.laptops)} laptops named so far, and 1 file chosen now" in inside.words()
    inside.person.press(Qt.Key.Key_S, with_=ALT)
    now = world.folder.signed().programme
    assert (now.issue, now.title.endswith("autumn 2027")) == (before.issue + 1, True)
    assert {one.principal for one in now.laptops} == {STRANGER.principal, *(one.principal for one in before.laptops)}
    written = sorted(path.name for path in answers.folder.rglob("*.tradeoff-programme"))
    assert written == sorted([f"{now.id}-{now.issue}.tradeoff-programme", *(f"{one.id}.tradeoff-programme" for one in now.sessions)])
    assert "The eight words for the printed letter" in inside.words()


def test_real_work_is_signed_only_once_the_backup_was_tried(inside, world, answers, tmp_path):
    other, kept = sealing.from_seed(bytes([5]) * 32), tmp_path / "made"
    escrow.backup(kept, recipient=other.recipient, file=tmp_path / "backup.age", now=NOW)
    heard = escrow.restore(tmp_path / "backup.age", identity=other, folder=tmp_path / "tried", now=NOW)
    shutil.rmtree(world.folder.root)
    world.folder.bring_keys(kept)
    inside.way.show()
    assert isinstance(inside.page, BeginPage)
    inside.person.tab_to("Plan one now")
    inside.person.press(Qt.Key.Key_Space)
    assert "write_kit" not in inside.page.acts()
    answers.folder = tmp_path
    inside.person.tab_to("Escrow key")
    inside.person.type(other.recipient)
    inside.person.press(Qt.Key.Key_S, with_=ALT)
    assert not world.folder.has_programme
    inside.person.tab_to("Six words of the backup")
    inside.person.type(" ".join(heard))
    inside.person.press(Qt.Key.Key_S, with_=ALT)
    assert world.folder.signed().programme.escrow == other.recipient
    assert "write_kit" in inside.page.acts()
