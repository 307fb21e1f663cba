"""The collector of cycles, held while a file is written."""

from __future__ import annotations

import gc

import pytest

from briefing.writers.collector import collector_paused


def test_the_collector_is_held_and_runs_again_even_after_an_error() -> None:
    def write() -> None:
        with collector_paused():
            assert not gc.isenabled()
            raise ValueError("no such note")

    with pytest.raises(ValueError, match="no such note"):
        write()
    assert gc.isenabled()


def test_a_collector_that_did_not_run_is_not_started() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
