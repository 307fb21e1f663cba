"""What a command reports: how quotations stand, and diagnostics that another program reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.diagnostics import Diagnostic, Location, Severity
from briefing.reports import diagnostics_report, first_steps, quotations_sentence


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ({}, "no quotations"),
        ({"verified": 1}, "1 quotation: verified word for word"),
        ({"locked": 22}, "22 quotations: verified by the lock"),
        ({"unverified": 3, "verified": 0}, "3 quotations: not verified"),
        ({"wrong": 1, "verified": 21}, "22 quotations: 21 verified word for word, 1 not in their sources"),
        ({"locked": 2, "unverified": 1}, "3 quotations: 2 verified by the lock, 1 not verified"),
    ],
)
def test_how_quotations_stand(counted: dict[str, int], told: str) -> None:
    assert quotations_sentence(counted) == told


def test_a_diagnostic_has_all_that_an_editor_needs() -> None:
    mild = Diagnostic(Location("people.yaml", 3, 9), "long", "it is long", "Shorten it.", Severity.WARNING)
    assert diagnostics_report([mild]) == [
        {
            "file": "people.yaml",
            "line": 3,
            "column": 9,
            "severity": "warning",
            "rule": "long",
            "message": "it is long",
            "help": "Shorten it.",
        }
    ]


def test_a_folder_with_a_blank_in_its_name_is_told_so_that_a_shell_takes_it() -> None:
    assert 'briefing build "sources/my first" ' in first_steps(Path("sources/my first"))
