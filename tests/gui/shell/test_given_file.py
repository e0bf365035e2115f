"""A file opened in the desktop's own window of files comes to the page where it belongs."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from tradeoff_desktop import __main__ as start
from tradeoff_desktop.ui.app import open_given
from tradeoff_desktop.ui.central import BeginPage
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.joining import JoinPage


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["ESS-2027-A.tradeoff"], "ESS-2027-A.tradeoff"),
        (["table.tradeoff-table"], "table.tradeoff-table"),
        (["spring.tradeoff-programme"], "spring.tradeoff-programme"),
        ([], ""), (["verify"], ""), (["--help"], ""), (["verify", "one.tradeoff"], ""),
    ],
)
def test_one_file_of_ours_is_opened_and_everything_else_is_a_command(monkeypatch, tmp_path, arguments, name):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["tradeoff", *arguments])
    given = start.given_file()
    assert given == (tmp_path / name if name else None)


def test_a_table_file_comes_to_the_page_for_joining(make_shell):
    shell = make_shell()
    open_given(shell, Path("stick") / "ESS-2027-A.tradeoff-table")
    assert isinstance(shell.window.page, JoinPage)
    assert any("ESS-2027-A.tradeoff-table" in label.text() for label in shell.window.page.findChildren(QLabel))


def test_a_programme_that_is_damaged_is_refused_where_one_begins(make_shell, tmp_path):
    shell = make_shell()
    path = tmp_path / "spring.tradeoff-programme"
    path.write_bytes(b"no programme")
    open_given(shell, path)
    assert isinstance(shell.window.page, HomePage)
    assert shell.window.banner


def test_a_bundle_comes_to_the_central_team(make_shell, tmp_path):
    shell = make_shell()
    open_given(shell, tmp_path / "ESS-2027-A.tradeoff")
    assert isinstance(shell.window.page, BeginPage)  # this laptop is no central team's yet: the page says what it needs


def test_a_bundle_is_looked_at_in_the_inbox_and_not_taken_in(inside, world):
    bundle = world.write(world.lead())
    inside.shell.show_home()
    open_given(inside.shell, bundle)
    inside.settle()
    assert inside.page.look.rows[0].what == "Leeds · A · lead laptop"
    assert not world.folder.store.exists()
