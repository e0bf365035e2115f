"""How full the battery is, from what Linux, macOS and Windows say: recorded answers, and never a number that may be wrong."""

import pytest

from tradeoff_desktop.app import battery, this_laptop

AC = {"type": "Mains", "online": "0"}
ONE = {"type": "Battery", "present": "1", "capacity": "64", "energy_now": "30", "energy_full": "47", "status": "Discharging"}


def supplies(root, **named):
    for name, lines in named.items():
        folder = root / "class" / "power_supply" / name
        folder.mkdir(parents=True)
        for file, text in lines.items():
            (folder / file).write_text(text + "\n", encoding="ascii")
    return root


@pytest.mark.parametrize(("named", "power"), [
    ({}, (None, None)), ({"AC": AC, "BAT0": ONE, "mouse": {**ONE, "scope": "Device", "capacity": "9"}}, (64, False)),
    ({"AC": {**AC, "online": "1"}, "BAT0": ONE}, (64, True)), ({"BAT0": {**ONE, "status": "Charging"}}, (64, True)),
    ({"BAT0": {**ONE, "status": "Unknown"}}, (64, None)), ({"BAT0": {**ONE, "capacity": "164"}}, (None, False)),
    ({"BAT0": {**ONE, "present": "0"}}, (None, None)), ({"BAT0": {"type": "Battery", "status": "Full"}}, (None, True)),
    ({"AC": AC, "BAT0": ONE, "BAT1": {**ONE, "capacity": "2", "energy_now": "1", "energy_full": "53"}}, (31, False)),
    ({"AC": AC, "BAT0": ONE, "BAT1": {"type": "Battery", "capacity": "2"}}, (None, False)),
])
def test_linux(tmp_path, named, power):
    assert battery.of_linux(supplies(tmp_path, **named)) == power


@pytest.mark.parametrize(("words", "power"), [
    ("Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t85%; discharging; 3:26 remaining present: true\n", (85, False)),
    ("Now drawing from 'AC Power'\n -InternalBattery-0 (id=4522083)\t100%; charged; 0:00 remaining present: true\n", (100, True)),
    ("Now drawing from 'AC Power'\n -InternalBattery-0 (id=22020195)\t7%; charging; (no estimate) present: true\n", (7, True)),
    ("Now drawing from 'AC Power'\n", (None, True)), ("Now drawing from 'UPS Power'\n -UPS (id=1)\t60%; discharging\n", (None, None)),
    ("Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t(removed)\n", (None, True)), ("", (None, None)),
])
def test_macos(words, power):
    assert battery.of_macos(words) == power


@pytest.mark.parametrize(("status", "power"), [
    ("00 02 0e 00 08070000 ffffffff", (14, False)), ("01 08 57 00 ffffffff ffffffff", (87, True)),
    ("01 80 ff 00 ffffffff ffffffff", (None, True)),  # no battery
    ("ff ff ff 00 ffffffff ffffffff", (None, None)), ("00 01 ff 00 ffffffff ffffffff", (None, False)), ("", (None, None)),
])
def test_windows(status, power):
    assert battery.of_windows(bytes.fromhex(status)) == power


def test_whatever_this_laptop_is_it_answers_or_says_that_it_cannot():
    charge, mains = this_laptop.power()
    assert charge is None or 0 <= charge <= 100
    assert mains in {True, False, None}
    assert len(battery.ask_windows()) in {0, 12}
