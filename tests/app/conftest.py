import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desk_world import SESSION, opened, surroundings

from tradeoff_desktop.app import content, day
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import acts
from tradeoff_desktop.store.store import Store


@pytest.fixture(scope="session")
def pack():
    return content.shipped()


@pytest.fixture
def store():
    with Store.create() as made:
        yield made


@pytest.fixture
def desk(store, pack):
    return Desk.begin(store, pack, surroundings(), device="leadlead11", opened=opened(pack))


@pytest.fixture
def room(desk):
    """A lead's desk with eight people at two tables who have signed."""
    day.prepare(desk, SESSION)
    for seat in desk.state.sitting():
        desk.do(acts.consent, role="lead", seat=seat, signed=True)
    return desk
