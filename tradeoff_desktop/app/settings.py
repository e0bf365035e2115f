"""What a person may set on this laptop: an INI file beside the workshops, never the Windows registry."""

import configparser
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app.files import Folders, make_folder, replace_file

Appearance = Literal["system", "light", "dark", "contrast"]
APPEARANCES: tuple[Appearance, ...] = ("system", "light", "dark", "contrast")
ZOOMS = (100, 125, 150, 200)  # per cent of the usual text size


class Settings(NamedTuple):
    """How the program looks, and how hands are counted; everything else belongs to a workshop."""

    appearance: Appearance = "system"
    zoom: int = 100
    closing: bool = True  # a number of hands closes itself as soon as no longer one is possible


def path_of(folders: Folders) -> Path:
    """Where the settings of this laptop stand."""
    return folders.root / "settings.ini"


def read(folders: Folders) -> Settings:
    """The settings; what is absent or makes no sense is as on the first day."""
    found = configparser.ConfigParser(interpolation=None)
    try:
        found.read(path_of(folders), encoding="utf-8")
    except (OSError, configparser.Error, UnicodeDecodeError):
        return Settings()
    wanted = found.get("look", "appearance", fallback="system")
    zoom = found.get("look", "text", fallback="100")
    return Settings(
        appearance=next((a for a in APPEARANCES if a == wanted), "system"),
        zoom=next((z for z in ZOOMS if str(z) == zoom), 100),
        closing=found.get("hands", "closing", fallback="yes") != "no",
    )


def keep(folders: Folders, settings: Settings) -> None:
    """Write the settings down. MachineError where the disk refuses; the old ones then still stand."""
    make_folder(folders.root)
    text = f"[look]\nappearance = {settings.appearance}\ntext = {settings.zoom}\n"
    text += f"\n[hands]\nclosing = {'yes' if settings.closing else 'no'}\n"
    replace_file(path_of(folders), text.encode())
