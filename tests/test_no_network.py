"""Nothing leaves the desk: no command opens a socket or asks for the address of a host."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import commands
from tests.small import FOLDER, changed

URL = "https://harbour-news.example/envoys"

COMMANDS = (
    ("check", "sources/small"),
    ("check", "sources/small", "--lock"),
    ("compare", "sources/small", "--reasons"),
    ("build", "sources/small"),
    ("init", "sources/first"),
    ("schema", "meeting"),
    ("doctor",),
    ("add", "meeting", "--date", "2031-06-01", "--participant", "US", "--participant", "KR"),
)


class Network(Exception):
    """Somebody wanted to talk to another machine."""


@pytest.fixture(autouse=True)
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise Network

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FOLDER, "sources/small")


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_needs_no_network(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(commands, words, prog_name="briefing")
    assert result.exit_code == 0, result.output or result.exception


def test_a_source_with_a_url_is_built_and_never_fetched() -> None:
    sources = Path("sources/small/sources.yaml")
    sources.write_text(
        changed(sources.read_text("utf-8"), "harbour-2031:\n", f"harbour-2031:\n  url: {URL}\n"), "utf-8"
    )
    assert CliRunner().invoke(commands, ("build", "sources/small"), prog_name="briefing").exit_code == 0


@pytest.mark.parametrize("ask", [lambda: socket.create_connection(("host", 80)), lambda: socket.getaddrinfo("h", 80)])
def test_who_asked_would_be_caught(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(Network):
        ask()
