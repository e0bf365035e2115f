from tradeoff_desktop.app import programmes

PLAN = programmes.shipped_source()


def test_the_kit_of_one_workshop_is_written_once(command, tmp_path):
    small = tmp_path / "plan.toml"
    head, first, *_ = PLAN.read_text().split("[[sessions]]")
    tables = [line for line in first.splitlines() if "{ number" in line]
    first = first.replace("\n".join(tables[1:]), "").replace("heads = 20", "heads = 6")
    first = first.replace("civil = 6, government = 5, partner = 7, other = 2", "civil = 4, partner = 2")
    head = head.replace('["ESS", "LDS", "MAN", "MEL", "SHF", "WMC"]', '["ESS"]')
    small.write_text(f"{head}[[sessions]]{first}")
    out = tmp_path / "kit"
    done = command("programme", "kit", small, "--out", out, "--workshop", "ESS-2027-A", "--json")
    assert done.code == 0, done.err
    found = done.value["workshops"][0]
    assert found["workshop"] == "ESS-2027-A"
    assert sorted(found["files"]) == sorted(path.relative_to(out / "ESS-2027-A").as_posix() for path in out.rglob("*.pdf"))
    assert {name.split("/")[0] for name in found["files"]} == {"door", "lead", "table-1", "packing-list.pdf"}
    again = command("programme", "kit", small, "--out", out)
    assert again.code == 1
    assert "not empty" in again.err


def test_an_unknown_workshop_is_named(command, tmp_path):
    done = command("programme", "kit", PLAN, "--out", tmp_path / "kit", "--workshop", "nowhere")
    assert done.code == 1
    assert "nowhere" in done.err
    assert not (tmp_path / "kit").exists()


def test_a_file_that_is_no_programme_is_refused(command, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear central team")
    assert command("programme", "kit", file, "--out", tmp_path / "kit").code == 1
