import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tradeoff_desktop.app import content, exporting, laptop
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.cli import tradeoff
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store


class Result:
    """What one command printed and how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def value(self):
        return json.loads(self.out)


def run(*words, env=None):
    done = CliRunner().invoke(tradeoff, [str(word) for word in words], env=env)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Result(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def command():
    return run


@pytest.fixture(scope="session")
def road(tmp_path_factory):
    """A rehearsal of three areas: one with a bundle after sealing, one with a withdrawal."""
    folder = tmp_path_factory.mktemp("road") / "rehearsal"
    done = run("rehearse", "--out", folder, "--seed", 7, "--areas", 3, "--json")
    assert done.code == 0, done.err
    return Road(folder, done.value)


class Road:
    """The folders of a rehearsal."""

    def __init__(self, folder, summary):
        self.folder, self.summary = Path(folder), summary
        self.bundles = sorted((self.folder / "bundles").glob("*.tradeoff"))
        self.centre = self.folder / "centre"
        self.trust = self.centre / "allowed_signers"
        self.identity = self.centre / "identity.key"
        self.store = self.centre / "centre.db"
        self.reports = sorted((self.folder / "reports").glob("*.pdf"))

    @property
    def access(self):
        return ["--trust", self.trust, "--identity", self.identity]


@pytest.fixture
def real_bundle(tmp_path):
    """A bundle of a workshop that is no practice, signed by a laptop of its own and readable by the road's centre."""

    def make(road):
        now = datetime(2027, 3, 2, 12, tzinfo=UTC)
        own = laptop.make("ESS")
        recipient = laptop.read_identity(road.identity).recipient
        pack = content.shipped()
        opened = r.Opened(
            role="desk", workshop="ESS-2027-A", area="ESS", laptop=own.principal, key=own.public_line,
            pack=packs.digest(pack), programme="real",
        )
        with Store.create() as store:
            around = Surroundings(clock=lambda: now, salt=lambda: "0" * 32)
            desk = Desk.begin(store, pack, around, device="realreal11", opened=opened)
            data = exporting.make(desk, own, [recipient, own.identity.recipient])
        file = tmp_path / "real.tradeoff"
        file.write_bytes(data)
        return file, f'{own.principal} namespaces="tradeoff-bundle-v1" {own.public_line}\n'

    return make
