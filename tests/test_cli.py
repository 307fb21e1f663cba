"""The command line: what goes where, with which exit status; never a traceback for what a user did."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from briefing import __version__, cli
from briefing.cli import commands
from briefing.loading import load
from briefing.skeleton import KINDS, new_dossier
from tests.small import FOLDER

QUOTE = "must stay free for every ship"
MEETING = "sources/first/meetings/2031-03-04-oslo.yaml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds one dossier, as `briefing init sources/first` makes it."""
    monkeypatch.chdir(tmp_path)
    for name in ("BRIEFING_TEXTS", "SOURCE_DATE_EPOCH", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    new_dossier(tmp_path / "sources" / "first")
    return tmp_path


def briefing(*words: str | Path, color: bool = False, **environment: str) -> Result:
    """Run a command in this process; whatever is not its own way to end is a fault of ours."""
    result = CliRunner().invoke(commands, list(map(str, words)), prog_name="briefing", env=environment, color=color)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def change(file: str, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def small(name: str = "small") -> Path:
    """A second dossier beside the first."""
    return Path(shutil.copytree(FOLDER, Path("sources") / name))


def leaves(group: click.Group, path: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """Every command, by the words that call it."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found += leaves(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


# --------------------------------------------------------------------------------------------------------------- help


@pytest.mark.parametrize("words", leaves(commands), ids=" ".join)
def test_every_command_explains_itself(words: Sequence[str]) -> None:
    told = briefing(*words, "--help").stdout
    assert f"Usage: briefing {' '.join(words)} " in told
    assert f"briefing {' '.join(words)}" in told.split("Example", 1)[1]
    assert "Exit status: 0 fine, 1 problems found, 2 wrong usage." in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize("words", leaves(commands), ids=" ".join)
def test_every_option_has_a_help(words: Sequence[str]) -> None:
    command: click.Command = commands
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_an_option_that_may_be_repeated_says_so() -> None:
    added = commands.commands["add"]
    assert isinstance(added, click.Group)
    options = [p for c in (*commands.commands.values(), *added.commands.values()) for p in c.params]
    repeated = [p for p in options if isinstance(p, click.Option) and p.multiple]
    assert len(repeated) >= 5
    assert [p.name for p in repeated if "as often as needed" not in (p.help or "")] == []


def test_the_commands_come_in_the_order_in_which_a_newcomer_needs_them() -> None:
    assert list(commands.commands) == ["init", "add", "check", "compare", "build", "schema", "doctor"]
    told = briefing("--help").stdout
    assert told.index("  init ") < told.index("  add ") < told.index("  build ")


def test_help_loads_neither_readers_nor_writers() -> None:
    script = (
        "import sys, briefing.cli\n"
        "try: briefing.cli.commands(['build', '--help'], prog_name='briefing')\n"
        "except SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules if m.startswith('briefing')), file=sys.stderr)"
    )
    root = Path(cli.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert set(done.stderr.split()) == {
        "briefing", "briefing.cli", "briefing.cli.briefs", "briefing.cli.console", "briefing.cli.dossiers",
        "briefing.cli.questions",
    }  # fmt: skip


def test_version() -> None:
    assert briefing("--version").stdout == f"briefing, version {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str) -> None:
    assert "_BRIEFING_COMPLETE" in briefing(_BRIEFING_COMPLETE=f"{shell}_source").stdout


def test_a_shell_completes_a_command() -> None:
    told = briefing(_BRIEFING_COMPLETE="bash_complete", COMP_WORDS="briefing comp", COMP_CWORD="1").stdout
    assert told == "plain,compare\n"


# ------------------------------------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["buld"], "Did you mean 'build'?"),
        (["build", "frist"], "There is no dossier or brief 'frist'. Did you mean 'first'?"),
        (["build", "ice-warning"], "Did you mean 'ice-warnings'?"),
        (["build", "sources/first/meetings"], "There is no dossier in sources/first/meetings"),
        (["build", MEETING], "is not a brief"),
        (["build", "--only", "html"], "'html' is not one of 'pdf', 'docx'."),
        (["compare", "--topic", "fre"], "There is no topic 'fre'. Did you mean 'free'?"),
        (["compare", "--country", "N0"], "There is no country 'N0'."),
        (["compare", "--brief", "ice"], "There is no brief 'ice'."),
        (["check", "--texts", "nowhere"], "Directory 'nowhere' does not exist."),
        (["schema"], "The schema of what?"),
        (["add", "meeting", "--date", "2031-06-02"], "Missing option '--participant'."),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_what_was_meant(words: list[str], told: str) -> None:
    result = briefing(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.split())


def test_without_a_dossier_a_newcomer_is_told_how_to_make_one(here: Path) -> None:
    shutil.rmtree(here / "sources")
    result = briefing("build")
    assert result.exit_code == 2
    assert "briefing init sources/first" in result.stderr


def test_a_brief_of_two_dossiers_is_named_with_its_dossier() -> None:
    Path("sources/second/briefs").mkdir(parents=True)
    Path("sources/second/dossier.yaml").touch()
    Path("sources/second/briefs/ice-warnings.yaml").touch()
    result = briefing("build", "ice-warnings")
    assert result.exit_code == 2
    assert "Which 'ice-warnings'? There are first/ice-warnings, second/ice-warnings." in " ".join(result.stderr.split())


def test_compare_asks_which_of_two_dossiers_is_meant() -> None:
    small()
    result = briefing("compare")
    assert result.exit_code == 2
    assert "Which dossier? There are first, small." in result.stderr


@pytest.mark.parametrize("seconds", ["soon", "9" * 30])
def test_an_epoch_that_is_none(seconds: str) -> None:
    result = briefing("build", SOURCE_DATE_EPOCH=seconds)
    assert result.exit_code == 2
    assert "is no number of seconds since 1970" in result.stderr


# --------------------------------------------------------------------------------------------------------------- init


def test_init_says_what_to_do_next() -> None:
    result = briefing("init", "sources/other")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "briefing build sources/other" in result.stdout


def test_init_leaves_a_folder_alone_that_holds_something() -> None:
    result = briefing("init", "sources/first")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "sources/first: error: there is something here already [folder-not-empty]" in result.stderr


def test_what_add_was_given_stands_in_the_dossier() -> None:
    Path("saved.txt").write_text("Envoys meet again\n", encoding="utf-8")
    source = briefing(
        "add", "source", "wire-2031", "--publisher", "Wire", "--date", "2031-06-03", "--text", "saved.txt"
    )
    person = briefing("add", "person", "Haruto Sato", "--family", "Sato", "--country", "JP")
    met = ("--date", "2031-06-02", "--place", "Wellington", "--account", "wire-2031")
    meeting = briefing("add", "meeting", *met, "--participant", "Haruto Sato", "--participant", "Aroha Williams")
    assert source.stdout == f"{Path('sources/first/sources.yaml')}\n"
    assert person.stdout == f"{Path('sources/first/people.yaml')}\n"
    assert meeting.stdout == f"{Path('sources/first/meetings/2031-06-02-wellington.yaml')}\n"
    dossier = load(Path("sources/first")).dossier
    assert dossier.meetings[-1].accounts == ("wire-2031",)
    assert dossier.meetings[-1].countries == ("JP", "NZ")


def test_add_tells_what_the_reader_would_refuse() -> None:
    result = briefing("add", "person", "Haruto Sato", "--family", "Sato", "--country", "Japan")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-country]" in result.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_schema_prints_the_schema_of_every_kind_of_file(kind: str) -> None:
    assert json.loads(briefing("schema", kind).stdout)["title"].split("/")[0].startswith(kind)


def test_schema_writes_all_of_them() -> None:
    result = briefing("schema", "-o", "schemas")
    assert result.stdout.splitlines() == [str(Path("schemas") / f"{kind}.schema.json") for kind in KINDS]
    assert all(Path(line).is_file() for line in result.stdout.splitlines())


# -------------------------------------------------------------------------------------------------------------- check


def test_check_says_how_quotations_stand() -> None:
    result = briefing("check")
    assert (result.exit_code, result.stdout) == (0, "first: 1 meeting, 4 quotations: verified word for word\n")
    assert result.stderr == ""


def test_problems_go_to_standard_error_and_end_with_1() -> None:
    change(MEETING, QUOTE, "must stay free for each ship")
    result = briefing("check", "first")
    assert result.exit_code == 1
    assert result.stdout == "first: 1 meeting, 4 quotations: 3 verified word for word, 1 not in their sources\n"
    assert result.stderr.startswith(f"{MEETING}:")
    assert "must stay free for" in result.stderr


def test_the_problems_of_all_dossiers_are_told_at_once() -> None:
    change(MEETING, QUOTE, "must stay free for each ship")
    change(f"{small()}/people.yaml", "family: Park, country: US", "famly: Park, country: US")
    (Path("sources") / "broken").mkdir()
    Path("sources/broken/dossier.yaml").write_bytes(b"\xff\xfe")
    told = briefing("check").stderr
    assert [name for name in ("sources/broken/", "sources/first/", "sources/small/") if name in told] == [
        "sources/broken/", "sources/first/", "sources/small/"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["peoples.yaml", "people.yml", "meetings/2031-03-05-oslo.yml"])
def test_a_file_that_nobody_would_read_is_told(name: str) -> None:
    Path("sources/first", name).write_text("title: Lost\n", encoding="utf-8")
    result = briefing("check")
    assert result.exit_code == 1
    assert f"sources/first/{name}: error: a dossier has no file {name} [unknown-file]" in result.stderr


def test_check_speaks_json() -> None:
    change(MEETING, QUOTE, "must stay free for each ship")
    result = briefing("check", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert report["dossiers"] == {"first": {"quotations": {"wrong": 1, "verified": 3}}}
    (problem,) = [d for d in report["diagnostics"] if d["severity"] == "error"]
    assert (problem["file"], problem["line"] > 0, problem["help"] != "") == (MEETING, True, True)


def test_check_lock_shows_each_new_quotation_in_its_sentence_with_the_full_name() -> None:
    change(MEETING, "quote: No ship is alone out there", "quote: No ship is alone")
    old = Path("sources/first/quotes.lock").read_bytes()
    assert "quote-not-locked" in briefing("check").stderr
    assert Path("sources/first/quotes.lock").read_bytes() == old
    result = briefing("check", "--lock")
    assert result.exit_code == 0
    assert "Ingrid Solheim" in result.stdout
    assert '"[No ship is alone] out there," she said.' in result.stdout
    assert Path("sources/first/quotes.lock").read_bytes() != old
    assert briefing("check").stderr == ""
    assert "Ingrid Solheim" not in briefing("check", "--lock").stdout


def test_check_lock_writes_nothing_while_there_are_errors() -> None:
    change(MEETING, QUOTE, "must stay free for each ship")
    old = Path("sources/first/quotes.lock").read_bytes()
    assert briefing("check", "--lock").exit_code == 1
    assert Path("sources/first/quotes.lock").read_bytes() == old


def test_check_lock_makes_a_damaged_lock_anew() -> None:
    lock = Path("sources/first/quotes.lock")
    good = lock.read_bytes()
    lock.write_text("{}", encoding="utf-8")
    assert "[lock-broken]" in briefing("check").stderr
    assert briefing("check", "--lock").exit_code == 0
    assert lock.read_bytes() == good


def test_texts_are_found_by_file_name_where_the_environment_says() -> None:
    Path("elsewhere").mkdir()
    Path("sources/first/texts/coastal-wire-2031-03-05.txt").rename("elsewhere/coastal-wire-2031-03-05.txt")
    assert "verified by the lock" in briefing("check").stdout
    assert "verified word for word" in briefing("check", BRIEFING_TEXTS="elsewhere").stdout
    assert "verified word for word" in briefing("check", "--texts", "elsewhere").stdout


# ------------------------------------------------------------------------------------------------------------ compare


def test_compare_prints_the_matrix_and_reasons_on_request() -> None:
    plain, reasons = briefing("compare"), briefing("compare", "--reasons")
    assert plain.stdout.startswith("Topic ")
    assert reasons.stdout.startswith(plain.stdout)
    assert "● Chile: Opposes. Tomás Rojas, 4 March, per Coastal Wire." in reasons.stdout


def test_compare_takes_any_countries_by_code_or_name() -> None:
    head = briefing("compare", "--country", "norway", "--country", "JP").stdout.splitlines()[0]
    assert head.split() == ["Topic", "Norway", "Japan", "Alignment"]


def test_compare_takes_a_brief_by_name_by_file_and_as_an_option() -> None:
    change("sources/first/briefs/ice-warnings.yaml", "topics: all", "topics: [charts]")
    by_name = briefing("compare", "ice-warnings").stdout
    assert by_name == briefing("compare", "sources/first/briefs/ice-warnings.yaml").stdout
    assert by_name == briefing("compare", "--brief", "ice-warnings").stdout
    assert "Exchange of" in by_name
    assert "Rescue" not in by_name


def test_compare_as_json_has_every_cell_with_its_entries_and_accounts() -> None:
    report = json.loads(briefing("compare", "--json", "--topic", "free").stdout)
    (topic,) = report["topics"]
    assert (topic["topic"], topic["alignment"]["kind"]) == ("free", "divided")
    chile, norway, new_zealand = topic["cells"]
    assert [cell["kind"] for cell in topic["cells"]] == ["own", "own", "silent"]
    assert [cell["stance"] for cell in topic["cells"]] == ["oppose", "support", None]
    assert chile["entries"][0]["condition"] == "the heaviest users bear the cost"
    (entry,) = norway["entries"]
    assert (entry["record"], entry["by"], entry["quotations"]) == (
        "2031-03-04-oslo/ingrid-solheim/free", "Ingrid Solheim", [QUOTE]
    )  # fmt: skip
    assert entry["cite"] == [{"source": "coastal-wire-2031-03-05", "paragraphs": [1], "pages": ""}]
    assert new_zealand["accounts"] == ["coastal-wire-2031-03-05"]


def test_nothing_is_compared_while_the_dossier_has_errors() -> None:
    change(MEETING, "stance: support\n    gist", "stance: suport\n    gist")
    result = briefing("compare")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Did you mean 'support'?" in result.stderr


# -------------------------------------------------------------------------------------------------------------- build


def test_build_names_the_files_and_says_how_quotations_stand() -> None:
    result = briefing("build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "out/first-ice-warnings.pdf", "out/first-ice-warnings.docx", "4 quotations: verified word for word"
    ]  # fmt: skip
    assert Path("out/first-ice-warnings.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("named", ["first", "ice-warnings", "first/ice-warnings", "sources", "sources/first", "."])
def test_a_brief_is_found_by_many_names(named: str) -> None:
    assert briefing("build", "--only", "pdf", named).stdout.startswith("out/first-ice-warnings.pdf\n")


def test_build_inside_a_dossiers_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("sources/first")
    assert briefing("build", "--only", "docx").stdout.startswith("out/first-ice-warnings.docx\n")
    monkeypatch.chdir("briefs")
    assert briefing("build", "--only", "docx", "ice-warnings.yaml").stdout.startswith("out/first-ice-warnings.docx\n")


def test_one_brief_that_fails_does_not_stop_the_others_nor_hide_their_errors() -> None:
    change(f"{small()}/meetings/2031-05-07-call.yaml", "before the next season", "before the last season")
    shutil.copytree("sources/small", "sources/small-too")
    result = briefing("build", "--only", "pdf")
    assert result.exit_code == 1
    assert "out/first-ice-warnings.pdf" in result.stdout
    assert "sources/small/meetings" in result.stderr
    assert "sources/small-too/meetings" in result.stderr


def test_build_speaks_json() -> None:
    result = briefing("build", "--json", "-o", "here")
    assert json.loads(result.stdout) == {
        "briefs": [
            {
                "dossier": "first",
                "brief": "ice-warnings",
                "state": "built",
                "files": ["here/first-ice-warnings.pdf", "here/first-ice-warnings.docx"],
                "quotations": {"verified": 4},
            }
        ],
        "diagnostics": [],
    }


def test_a_draft_is_refused_where_asked() -> None:
    change(MEETING, "participants:", "draft: true\nparticipants:")
    assert briefing("build", "--only", "pdf").exit_code == 0
    result = briefing("build", "--strict")
    assert result.exit_code == 1
    assert "[draft]" in result.stderr


def test_a_changed_word_file_is_overwritten_only_when_asked() -> None:
    briefing("build")
    with zipfile.ZipFile("out/first-ice-warnings.docx", "a") as package:
        package.writestr("word/comments.xml", "<a/>")
    refused = briefing("build")
    assert refused.exit_code == 1
    assert "[edited-in-word]" in refused.stderr
    assert briefing("build", "--force").exit_code == 0


def test_the_same_inputs_give_the_same_bytes_and_the_epoch_another_date() -> None:
    briefing("build", "-o", "one")
    briefing("build", "-o", "two")
    briefing("build", "-o", "three", SOURCE_DATE_EPOCH="1700000000")
    for name in ("first-ice-warnings.pdf", "first-ice-warnings.docx"):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()
        assert (Path("one") / name).read_bytes() != (Path("three") / name).read_bytes()
    with zipfile.ZipFile("three/first-ice-warnings.docx") as package:
        assert b"2023-11-14" in package.read("docProps/core.xml")


# ------------------------------------------------------------------------------------------------------- the terminal


def test_colour_is_left_out_where_nobody_wants_it() -> None:
    change(MEETING, QUOTE, "must stay free for each ship")
    assert "\x1b[" in briefing("check", color=True).stderr
    assert "\x1b[" not in briefing("check", color=True, NO_COLOR="1").stderr
    assert "\x1b[" not in briefing("check").stderr


@pytest.mark.parametrize("encoding", ["cp1252", "cp949", "latin-1", "ascii"])
def test_a_console_that_lacks_a_character_does_not_crash(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    change("sources/first/dossier.yaml", "label: Rescue at sea", "label: 鯰 at sea")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    monkeypatch.setattr(sys, "argv", ["briefing", "compare"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    sys.stdout.flush()
    assert end.value.code == 0
    assert "? at sea" in raw.getvalue().decode(encoding)
