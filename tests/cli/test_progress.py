import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from anquanyue.cli.progress import progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test turns."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr("anquanyue.cli.progress.time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def shown(clock, *, seconds, terminal=True, quiet=False):
    console = Console(file=io.StringIO(), force_terminal=terminal, quiet=quiet, width=100)
    with progress(console, "Making forms", 10) as advance:
        for _file in range(4):
            clock.now += seconds / 4
            advance(1)
        advance(0)
    return console.file.getvalue()


def test_what_takes_more_than_a_second_shows(clock):
    assert "Making forms" in shown(clock, seconds=2)
    assert "4/10" in shown(clock, seconds=2)


def test_what_is_done_at_once_shows_nothing(clock):
    assert shown(clock, seconds=0.5) == ""


@pytest.mark.parametrize("options", [{"terminal": False}, {"quiet": True}])
def test_pipes_and_quiet_consoles_see_nothing(clock, options):
    assert shown(clock, seconds=2, **options) == ""


def test_an_interruption_passes_through(clock):
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with pytest.raises(KeyboardInterrupt), progress(console, "Making forms", 10) as advance:
        clock.now += 2
        advance(1)
        raise KeyboardInterrupt
    assert console.file.getvalue().endswith("\x1b[2K")
