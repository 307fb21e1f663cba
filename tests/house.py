"""The shipped house style, as the tests of what uses it need it."""

from pathlib import Path

from briefing.readers.housestyle import read_housestyle

FILE = "templates/house.toml"
TEXT = (Path(__file__).parent.parent / FILE).read_text(encoding="utf-8")
HOUSE = read_housestyle([(FILE, TEXT)])
