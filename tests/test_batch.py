"""Batches: each brief by itself, what is unchanged left as it is, what fails told while the others go on."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from rich.console import Console

from briefing import batch, build, processes
from briefing.arguments import Chosen
from briefing.batch import Outcome, State, Task, run, tasks
from briefing.build import Options, fingerprint
from briefing.cli import briefs, commands
from briefing.housestyle import HouseStyle
from briefing.ledger import NAME
from briefing.loading import Loaded, briefs_of, load, yaml_files
from briefing.processes import at_once
from briefing.progress import Shown
from briefing.readers.housestyle import read_housestyle
from briefing.skeleton import new_dossier

FIRST = Path("sources/first")
MEETING = FIRST / "meetings/2031-03-04-oslo.yaml"
BRIEF = FIRST / "briefs/ice-warnings.yaml"
PDF = Path("out/first-ice-warnings.pdf")
DOCX = Path("out/first-ice-warnings.docx")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder holds one dossier with one brief, as `briefing init sources/first` makes it."""
    monkeypatch.chdir(tmp_path)
    for name in ("BRIEFING_TEXTS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    new_dossier(FIRST)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def another_brief(name: str) -> None:
    shutil.copy(BRIEF, BRIEF.with_name(f"{name}.yaml"))


def broken(name: str) -> Path:
    """A dossier that cannot be built."""
    folder = Path(shutil.copytree(FIRST, FIRST.with_name(name)))
    change(folder / "meetings/2031-03-04-oslo.yaml", "must stay free for every ship", "must stay free for each ship")
    return folder


def everything() -> tuple[Task, ...]:
    return tasks([Chosen(folder) for folder in sorted(Path("sources").iterdir())])


def states() -> list[State]:
    return [outcome.state for outcome in run(everything(), Options())]


def briefing(*words: str) -> Result:
    result = CliRunner().invoke(commands, words, prog_name="briefing")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# -------------------------------------------------------------------------------------------------------------- tasks


def test_a_dossier_stands_for_all_its_briefs_and_each_is_built_once() -> None:
    another_brief("charts")
    todo = tasks([Chosen(FIRST), Chosen(FIRST, "charts")])
    assert [task.name for task in todo] == ["first/charts", "first/ice-warnings"]


def test_of_a_dossier_without_briefs_the_whole_is_built() -> None:
    BRIEF.unlink()
    (outcome,) = run(everything(), Options(only="pdf"))
    assert outcome.files == (Path("out/first-brief.pdf"),)


def test_briefs_that_would_be_written_to_the_same_file_are_refused_and_the_others_built() -> None:
    another_brief("charts")
    shutil.copytree(FIRST, "sources/first-ice")
    BRIEF.rename(BRIEF.with_name("ice-charts.yaml"))
    Path("sources/first-ice/briefs/ice-warnings.yaml").unlink()
    outcomes = list(run(everything(), Options(only="pdf")))
    assert {o.task.name: o.state.value for o in outcomes} == {
        "first/charts": "built", "first/ice-charts": "failed", "first-ice/charts": "failed"
    }  # fmt: skip
    told = outcomes[1].diagnostics[0]
    assert (told.rule, told.location.file) == ("same-output", "sources/first/briefs/ice-charts.yaml")
    assert told.message == "first-ice/charts would be written to first-ice-charts.pdf as well"


def test_a_brief_that_vanishes_meanwhile_is_told() -> None:
    another_brief("charts")
    todo = everything()
    BRIEF.with_name("charts.yaml").unlink()
    gone, there = run(todo, Options(only="pdf"))
    assert [d.rule for d in gone.diagnostics] == ["file-missing"]
    assert there.state is State.BUILT


def test_a_dossier_is_read_once_for_all_its_briefs(monkeypatch: pytest.MonkeyPatch) -> None:
    another_brief("charts")
    read: list[Path] = []

    def reading(folder: Path, texts: Path | None) -> Loaded:
        read.append(folder)
        return load(folder, texts)

    monkeypatch.setattr(batch, "load", reading)
    assert states() == [State.BUILT, State.BUILT]
    assert read == [FIRST]


def test_a_house_style_is_read_once_for_all_that_are_printed_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    another_brief("charts")
    shutil.copytree(FIRST, "sources/second")
    read: list[object] = []

    def reading(texts: Sequence[tuple[str, str]]) -> HouseStyle:
        read.append(texts)
        return read_housestyle(texts)

    build._look.cache_clear()
    monkeypatch.setattr(build, "read_housestyle", reading)
    assert states() == [State.BUILT] * 4
    assert len(read) == 1


def test_what_a_brief_is_printed_in_leaves_no_trace_in_the_next() -> None:
    def pdf() -> bytes:
        loaded = load(FIRST)
        return build.make(loaded, briefs_of(loaded)[0], Options())["pdf"]

    fonts, house = Path(build.__file__).parent / "fonts", Path("templates/house.toml")
    plain = pdf()
    made = [plain]
    for font in ("SourceSerif4-Italic.ttf", "SourceSerif4-Bold.ttf"):
        put("fonts/SourceSerif4-Regular.ttf", (fonts / font).read_bytes())
        made.append(pdf())
    shutil.rmtree("fonts")
    for colour in ("AA0000", "00AA00"):
        put(house.as_posix(), f"[colors]\naccent = '{colour}'".encode())
        made.append(pdf())
    house.unlink()
    assert len(set(made)) == 5
    assert pdf() == plain


# ---------------------------------------------------------------------------------------------- failures and processes


def test_what_fails_does_not_stop_the_others_and_is_told_at_the_end() -> None:
    broken("broken")
    Path("sources/empty").mkdir()
    (Path("sources/empty") / "dossier.yaml").write_bytes(b"\xff")
    result = briefing("build", "--only", "pdf")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "out/first-ice-warnings.pdf",
        "4 quotations: verified word for word",
        "",
        "broken/ice-warnings  failed     1 error",
        "empty/brief          failed     1 error",
        "first/ice-warnings   built",
        "1 built, 2 failed",
    ]
    assert "[quote-not-found]" in result.stderr


def test_json_tells_what_became_of_every_brief() -> None:
    broken("broken")
    briefing("build", "first")
    report = json.loads(briefing("build", "--json").stdout)
    assert [(b["dossier"], b["brief"], b["state"], b["files"]) for b in report["briefs"]] == [
        ("broken", "ice-warnings", "failed", []),
        ("first", "ice-warnings", "unchanged", [PDF.as_posix(), DOCX.as_posix()]),
    ]
    assert [d["rule"] for d in report["diagnostics"]] == ["quote-not-found"]


def test_several_processes_do_the_same_in_the_same_order() -> None:
    broken("broken")
    for name in ("charts", "free"):
        another_brief(name)
    alone = list(run(everything(), Options()))
    written = {path: path.read_bytes() for path in Path("out").iterdir()}
    together = list(run(everything(), Options(), doing=at_once(2), rebuild=True))
    assert [replace(outcome, entry=None) for outcome in together] == [replace(outcome, entry=None) for outcome in alone]
    assert {path: path.read_bytes() for path in Path("out").iterdir()} == written
    again = run(everything(), Options(), doing=at_once(2))
    assert [outcome.state for outcome in again] == [State.FAILED, *[State.UNCHANGED] * 3]


def _end_at_once(*_: object) -> Outcome:
    os._exit(1)


def test_a_process_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    another_brief("charts")
    monkeypatch.setattr(processes, "_do", _end_at_once)
    outcomes = list(run(everything(), Options(), doing=at_once(2)))
    assert [(o.task.brief, [d.rule for d in o.diagnostics]) for o in outcomes] == [
        ("charts", ["process-lost"]), ("ice-warnings", ["process-lost"])
    ]  # fmt: skip


KILLED = """
import gc, os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from briefing.processes import _settle

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), _settle, (Path.cwd(), (9, 9, 9)))
    assert pool.submit(gc.get_threshold).result() == (9, 9, 9)
    pool.submit(time.sleep, 600)
    os._exit(9)
"""


def test_processes_end_with_the_one_that_started_them() -> None:
    Path("killed.py").write_text(KILLED, encoding="utf-8")
    root = Path(batch.__file__).parent.parent
    path = {**os.environ, "PYTHONPATH": str(root)}
    killed = [sys.executable, "killed.py"]
    ended = subprocess.run(killed, env=path, capture_output=True, timeout=120, check=False)  # until nobody could print
    assert ended.returncode == 9, ended.stderr


# ---------------------------------------------------------------------------------------------------------- unchanged


def test_what_has_not_changed_is_left_as_it_is_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    briefing("build")
    with monkeypatch.context() as patch:
        patch.setattr(batch, "build", None)
        assert briefing("build").stdout.splitlines()[-1] == "unchanged; 4 quotations: verified word for word"
        assert states() == [State.UNCHANGED]
    assert briefing("build", "--rebuild").stdout.splitlines()[-1] == "4 quotations: verified word for word"


def test_the_warnings_of_an_unchanged_brief_are_told_again() -> None:
    change(MEETING, "quote: No ship is alone out there", "quote: No ship is alone")
    first, again = briefing("build"), briefing("build")
    assert "[quote-not-locked]" in first.stderr
    assert again.stderr == first.stderr


@pytest.mark.parametrize("touch", [PDF.unlink, lambda: PDF.write_bytes(b"%PDF-")])
def test_an_output_that_is_not_as_it_was_built_is_not_unchanged(touch: Callable[[], object]) -> None:
    states()
    touch()
    assert states() == [State.BUILT]
    assert states() == [State.UNCHANGED]


def test_a_word_file_changed_by_hand_is_refused_although_nothing_else_changed() -> None:
    states()
    DOCX.write_bytes(b"edited")
    result = briefing("build")
    assert result.exit_code == 1
    assert "[edited-in-word]" in result.stderr
    assert DOCX.read_bytes() == b"edited"
    assert briefing("build", "--force").exit_code == 0


def test_a_file_open_in_word_is_refused_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    put("out/~$rst-ice-warnings.docx")
    monkeypatch.setattr(build, "make", None)
    result = briefing("build")
    assert result.exit_code == 1
    assert "out/first-ice-warnings.docx: error: somebody has this file open" in result.stderr
    assert "[file-locked]" in result.stderr
    assert not PDF.exists()


def test_of_two_files_one_alone_does_not_stand_for_both() -> None:
    assert [o.state for o in run(everything(), Options(only="pdf"))] == [State.BUILT]
    assert states() == [State.BUILT]
    assert [o.state for o in run(everything(), Options(only="pdf"))] == [State.UNCHANGED]


def test_what_an_error_would_stop_is_not_called_unchanged() -> None:
    states()
    change(MEETING, "must stay free for every ship", "must stay free for each ship")
    assert states() == [State.FAILED]
    change(MEETING, "must stay free for each ship", "must stay free for every ship")
    assert states() == [State.UNCHANGED]


def test_a_run_that_was_stopped_is_taken_up_where_it_stood() -> None:
    another_brief("charts")
    another_brief("free")
    stopped: Iterator[Outcome] = run(everything(), Options())
    next(stopped)
    next(stopped)
    del stopped
    assert states() == [State.UNCHANGED, State.UNCHANGED, State.BUILT]


# -------------------------------------------------------------------------------------- what a brief is made of


def mark(options: Options = Options()) -> str:  # noqa: B008 - frozen
    loaded = load(FIRST)
    return fingerprint(loaded, briefs_of(loaded)[0], yaml_files(FIRST), options)


def put(file: str, content: bytes = b"new") -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_bytes(content)


@pytest.mark.parametrize(
    "touch",
    [
        lambda: change(MEETING, "Rojas", "Roja"),
        lambda: change(BRIEF, "title:", "subtitle: Mine\ntitle:"),
        lambda: MEETING.rename(MEETING.with_name("2031-03-04-bergen.yaml")),
        lambda: change(FIRST / "texts/coastal-wire-2031-03-05.txt", "ship", "boat"),
        (FIRST / "texts/coastal-wire-2031-03-05.txt").unlink,
        (FIRST / "quotes.lock").unlink,
        lambda: put("templates/house.toml", b"# mine"),
        lambda: put("templates/parts.html.jinja"),
        lambda: put("fonts/Mine.ttf"),
    ],
    ids=["meeting", "brief", "name", "text", "no text", "lock", "house style", "template", "font"],
)
def test_whatever_is_read_for_a_brief_counts(touch: Callable[[], object]) -> None:
    before = mark()
    assert mark() == before
    touch()
    assert mark() != before


def test_how_it_is_built_counts_and_where_does_not() -> None:
    put("mine/brief.html.jinja")
    put("mine.toml", b"# mine")
    plain = Options()
    others = [
        replace(plain, page="Letter"),
        replace(plain, strict=True),
        replace(plain, epoch=date(2031, 1, 1)),
        replace(plain, template="mine/brief.html.jinja"),
        replace(plain, house_style=Path("mine.toml")),
    ]
    marks = [mark(options) for options in others]
    assert len({mark(plain), *marks}) == len(others) + 1
    put("mine/brief.html.jinja", b"newer")
    put("mine.toml", b"# mine, newer")
    assert [mark(options) == before for options, before in zip(others, marks, strict=True)] == [True] * 3 + [False] * 2
    assert mark(replace(plain, out=Path("elsewhere"), only="pdf", force=True)) == mark(plain)


def test_the_program_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark()
    monkeypatch.setattr(build, "program_hash", lambda: "another")
    assert mark() != before


def test_a_folder_among_the_templates_is_no_matter() -> None:
    before = mark()
    Path("templates/old").mkdir(parents=True)
    assert mark() == before


# --------------------------------------------------------------------------------------------------------- the ledger


def test_the_ledger_holds_names_and_hashes_and_nothing_else() -> None:
    states()
    held = json.loads((Path("out") / NAME).read_text(encoding="utf-8"))
    (entry,) = held["briefs"].values()
    assert held.keys() == {"schema", "briefs"}
    assert entry.keys() == {"inputs", "outputs"}
    assert entry["outputs"].keys() == {PDF.name, DOCX.name}
    assert all(len(hash) == 64 for hash in (entry["inputs"], *entry["outputs"].values()))


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        "[" * 9999,
        '{"schema": 2, "briefs": {}}',
        '{"schema": 1, "briefs": {"first-ice-warnings": 3}}',
        '{"schema": 1, "briefs": {"first-ice-warnings": {"inputs": "", "outputs": [1]}}}',
    ],
)
def test_a_damaged_ledger_costs_time_only(damage: str) -> None:
    states()
    (Path("out") / NAME).write_text(damage, encoding="utf-8")
    assert states() == [State.BUILT]
    assert states() == [State.UNCHANGED]


def test_a_ledger_that_cannot_be_written_stops_nothing() -> None:
    (Path("out") / NAME).mkdir(parents=True)
    assert states() == [State.BUILT]
    assert PDF.is_file()


def test_another_brief_of_the_dossier_changes_nothing_and_the_ledger_keeps_what_is_not_built_this_time() -> None:
    states()
    another_brief("charts")
    list(run(tasks([Chosen(FIRST, "charts")]), Options(), rebuild=True))
    assert states() == [State.UNCHANGED, State.UNCHANGED]


# -------------------------------------------------------------------------------------------------------- the terminal


def test_a_terminal_shows_what_is_being_built_and_what_failed() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, color_system=None, legacy_windows=False)
    doing, lost = Task(Path("sources/[b]"), "one"), Task(FIRST, "two")
    with Shown(2, console) as shown:
        shown.begins(doing)
        shown.begins(lost)
        shown.ends(Outcome(lost, State.FAILED, ()))
        with shown.aside():
            console.print("out/file.pdf")
        shown.ends(Outcome(doing, State.BUILT, ()))
    told = screen.getvalue()
    assert "[b]/one, first/two" in told
    assert "failed: first/two" in told
    assert "2/2" in told


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_only_several_briefs_at_a_terminal_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(briefs._watcher(2)) is batch.Watcher
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert type(briefs._watcher(1)) is batch.Watcher
    assert type(briefs._watcher(2)) is Shown
