"""The list of countries: every code once, in order, and the names that running text uses."""

from __future__ import annotations

import re

import pytest

from briefing import countries
from briefing.countries import COUNTRIES


def test_every_line_of_the_list_is_a_country_of_its_own() -> None:
    codes = re.findall(r"^([A-Z]{2}) [^|()]+(?: \([^|()]+\))? \| [^|]+$", countries._TABLE, re.MULTILINE)
    assert codes == sorted(set(codes)) == list(COUNTRIES)
    assert len(codes) == countries._TABLE.strip().count("\n") + 1


@pytest.mark.parametrize(
    ("code", "name", "short", "seat"),
    [
        ("US", "United States", "U.S.", "Washington"),
        ("GB", "United Kingdom", "U.K.", "London"),
        ("KR", "South Korea", "South Korea", "Seoul"),
        ("KP", "North Korea", "North Korea", "Pyongyang"),
        ("JP", "Japan", "Japan", "Tokyo"),
        ("NL", "Netherlands", "Netherlands", "The Hague"),
        ("EU", "European Union", "EU", "Brussels"),
    ],
)
def test_a_country_has_its_names_and_its_seat(code: str, name: str, short: str, seat: str) -> None:
    country = COUNTRIES[code]
    assert (country.name, country.short, country.seat) == (name, short, seat)


def test_no_two_countries_share_a_name() -> None:
    assert len({country.name for country in COUNTRIES.values()}) == len(COUNTRIES)
