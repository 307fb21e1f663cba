"""Shipped folders are found in a checkout and in a wheel, by the same call. The wheel itself: test_wheel.py."""

from pathlib import Path

import pytest

from briefing.shipped import PACKAGE, shipped


def test_a_checkout_has_templates_and_sources_beside_the_package_and_fonts_in_it() -> None:
    assert shipped("templates") == PACKAGE.parent / "templates"
    assert shipped("sources") == PACKAGE.parent / "sources"
    assert shipped("fonts") == PACKAGE / "fonts"


def test_a_wheel_has_all_of_them_in_the_package_whatever_stands_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "briefing"
    (package / "templates").mkdir(parents=True)
    (package.parent / "templates").mkdir()
    assert shipped("templates", package) == package / "templates"


def test_a_broken_installation_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="lacks its folder templates/; install it again"):
        shipped("templates", tmp_path / "briefing")


@pytest.mark.parametrize("family", ["SourceSerif4-OFL.txt", "SourceSans3-OFL.txt", "PretendardJP-OFL.txt"])
def test_every_font_comes_with_its_licence(family: str) -> None:
    text = (shipped("fonts") / family).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_no_font_comes_without_a_licence() -> None:
    licensed = {file.name.split("-")[0] for file in shipped("fonts").glob("*-OFL.txt")}
    assert {file.name.split("-")[0] for file in shipped("fonts").glob("*.ttf")} == licensed
