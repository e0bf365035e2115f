"""Use cases without windows: the desk, the centre, the rehearsal."""
