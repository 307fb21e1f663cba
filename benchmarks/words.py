"""The words of which `generate` makes its dossiers: nothing in them was said by anybody."""

from __future__ import annotations

from typing import NamedTuple


class Side(NamedTuple):
    """A country at the table: its ministry, its capital, and names as their holders write them."""

    code: str
    ministry: str
    name: str
    short: str
    language: str
    families: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]


SIDES = (
    Side(
        "US", "us-office", "Office of Northern Affairs", "Washington", "",
        (("Alder", ""), ("Barlow", ""), ("Corwin", ""), ("Dunmore", ""), ("Ellery", ""), ("Fenwick", "")),
        (("Ada", ""), ("Brent", ""), ("Clara", ""), ("Derek", ""), ("Edith", ""), ("Frank", ""), ("Gloria", "")),
    ),
    Side(
        "KR", "kr-office", "Office of Peninsula Affairs", "Seoul", "ko",
        (("Baek", "백"), ("Choi", "최"), ("Hwang", "황"), ("Kim", "김"), ("Lee", "이"), ("Park", "박")),
        (("Ara", "아라"), ("Bo-ram", "보람"), ("Da-on", "다온"), ("Ga-eun", "가은"), ("Min-su", "민수")),
    ),
    Side(
        "JP", "jp-office", "Office of Sea Routes", "Tokyo", "ja",
        (("Aoki", "青木"), ("Endo", "遠藤"), ("Hara", "原"), ("Ishii", "石井"), ("Mori", "森"), ("Sakai", "酒井")),
        (("Akira", "明"), ("Emi", "恵美"), ("Haruka", "遥"), ("Kenji", "健二"), ("Naoko", "直子")),
    ),
)  # fmt: skip

TITLES = ("vice minister", "special envoy", "director general", "deputy director for sea affairs", "state secretary")
CITIES = ("Busan", "Honolulu", "Incheon", "Kobe", "Nagoya", "Portland", "Sapporo", "Seattle", "Ulsan", "Yokohama")

SUBJECTS = (
    "convoys", "fishing", "harbour pilots", "ice charts", "joint patrols", "lighthouses", "port fees", "radio channels",
    "rescue crews", "salvage", "sea cables", "ship registers", "storm warnings", "tide gauges", "towing", "training",
)  # fmt: skip
ASPECTS = ("in the strait", "beyond the shelf", "near the islands")

# What is quoted: an opening, what it is about, how, and to what end.
OPENINGS = (
    "We have waited long enough for an answer on {subject}",
    "Nobody at this table can carry {subject} alone",
    "Our crews ask for clear rules on {subject} every winter",
    "The work on {subject} begins with a plain list of duties",
    "Every harbour on this coast feels the lack of order in {subject}",
    "My government has set money aside for {subject}",
)
REASONS = (
    "and the season will be upon us before the next session",
    "and the costs of delay fall on the smallest ports",
    "because the old arrangement was made for other ships",
    "since the crews themselves have drawn up most of it",
    "and each year without it makes the next one harder",
    "as the insurers have told all three capitals in writing",
)
ENDS = (
    "We are ready to sign in the spring.",
    "It is time to share the burden fairly.",
    "A first exercise would show how far we are.",
    "Let the experts meet before the month is out.",
    "The rest is a matter of patience and good charts.",
    "I see a way forward that all three can afford.",
)
REPORTED = (
    "Officials of the three sides then went through the list of open points for two hours.",
    "The session had been moved from the town hall to the customs house at short notice.",
    "Delegations exchanged tables of figures on traffic and on accidents of the past winter.",
    "A second session is planned for the autumn, with representatives of the ports.",
    "Observers of two shipping associations listened to the opening and left before noon.",
)

# What our own summaries say, in other words than the sources.
WANTS = ("Asks for", "Presses for", "Declines", "Sets out terms for", "Offers money towards", "Doubts the use of")
THINGS = (
    "common rules, agreed port by port", "a shared office with a small staff", "a trial run of one winter",
    "a written schedule with named duties", "an inspection regime run in turns",
    "a fund that pays the smaller harbours",
)  # fmt: skip
GROUNDS = (
    "names cost as the main obstacle", "wants the technical talks kept apart from politics",
    "points to accidents of past winters", "links it to the pending budget", "would rather begin with the easy parts",
    "leaves open who should lead",
)  # fmt: skip
GISTS = (
    "Wants rules first",
    "Wants a trial winter",
    "Would share the cost",
    "Asks for more time",
    "Names two conditions",
)
CONDITIONS = ("the budget passes in spring", "all three ports take part", "the costs are shared by tonnage")
