"""Settings: a few of them, in a file a person can read."""

import pytest

from tradeoff_desktop.app import settings
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.settings import APPEARANCES, ZOOMS, Settings


@pytest.mark.parametrize("appearance", APPEARANCES)
@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("closing", [True, False])
def test_what_is_kept_is_read(tmp_path, appearance, zoom, closing):
    places = folders(tmp_path / "new")
    settings.keep(places, Settings(appearance, zoom, closing))
    assert settings.read(places) == Settings(appearance, zoom, closing)


@pytest.mark.parametrize("text", [
    b"", b"[look]\nappearance = pink\ntext = 100000\n", b"no section\n", b"\xff\xfe", b"[look]\n[look]\n", b"[look]\ntext = %(x)s\n",
])
def test_what_makes_no_sense_is_as_on_the_first_day(tmp_path, text):
    places = folders(tmp_path)
    settings.path_of(places).write_bytes(text)
    assert settings.read(places) == Settings()


def test_on_the_first_day_there_is_no_file(tmp_path):
    assert settings.read(folders(tmp_path)) == Settings("system", 100)
