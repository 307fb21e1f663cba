"""The wheel holds what it should and nothing else, and works where there is no checkout.

Built from a copy of this tree that also holds what never may be shipped, and installed without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = "sources/arms-for-russia"
PRIVATE = (f"{EXAMPLE}/articles/article-1.txt", "sources/rescue/dossier.yaml", "sources/rescue/articles/wire.txt")

pytestmark = pytest.mark.xdist_group("wheel")  # built once, by one of the workers


def run(*command: str | Path, folder: Path) -> str:
    """Run a program that must succeed, far from this checkout's environment; what it prints."""
    quiet = {
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PYTHONWARNINGS",
        "PYTHONDONTWRITEBYTECODE",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
    }
    environment = {name: value for name, value in os.environ.items() if name not in quiet}
    environment |= {"PYTHONUTF8": "1", "HOME": str(folder), "USERPROFILE": str(folder), "APPDATA": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the wheel and the source archive."""
    copy = tmp_path_factory.mktemp("copy") / "briefing"
    made = shutil.ignore_patterns(
        ".git", ".venv", ".judges", ".docs", ".fuzz", "out", "dist", "build", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, copy, ignore=made)
    for planted in (*PRIVATE, "templates/__pycache__/x.pyc", "briefing/fonts/.DS_Store"):
        (copy / planted).parent.mkdir(parents=True, exist_ok=True)
        (copy / planted).write_text("never to be shipped", encoding="utf-8")
    run(sys.executable, "-m", "hatchling", "build", folder=copy)
    return copy / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and the libraries of this one."""
    home = tmp_path_factory.mktemp("fresh") / "정책 브리핑 2031"
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = (sys.executable, "-m", "pip", "--python", python, "install")
    run(*pip, "--quiet", "--no-deps", "--no-index", wheel, folder=home)
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip())
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def shipped_files() -> Iterator[str]:
    """What a wheel of this tree should hold, as named in it."""
    yield "briefing/sources/README.md"
    for folder, inside in (("briefing", ""), ("templates", "briefing/"), (EXAMPLE, "briefing/")):
        for file in (ROOT / folder).rglob("*"):
            path = file.relative_to(ROOT)
            if file.is_file() and not {"__pycache__", "articles"} & set(path.parts):
                yield inside + path.as_posix()


def test_the_wheel_holds_the_package_the_templates_and_the_example_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == set(shipped_files())


def test_no_source_text_and_no_dossier_but_the_example_is_shipped(built: Path) -> None:
    """Whoever builds them may have his own dossiers in the checkout."""
    (source,) = built.glob("*.tar.gz")
    (wheel,) = built.glob("*.whl")
    with tarfile.open(source) as archive, zipfile.ZipFile(wheel) as packed:
        for names in (archive.getnames(), packed.namelist()):
            sources = [PurePosixPath(name.partition("/sources/")[2]).parts for name in names if "/sources/" in name]
            assert {parts[0] for parts in sources} == {"README.md", PurePosixPath(EXAMPLE).name}
            assert not [parts for parts in sources if "articles" in parts]


def test_the_licences_come_with_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {PurePosixPath(name).name for name in archive.namelist() if ".dist-info/licenses/" in name}
    fonts = {file.name for file in (ROOT / "briefing/fonts").glob("*-OFL.txt")}
    assert held == {"LICENSE", "THIRD-PARTY-NOTICES.md"} | fonts


def test_the_installed_program_is_the_wheels_own(installed: Path, tmp_path: Path) -> None:
    script = "import briefing.shipped as s; print(*map(s.shipped, ['templates', 'sources', 'fonts']), sep='\\n')"
    folders = [Path(line) for line in run(installed, "-c", script, folder=tmp_path).splitlines()]
    assert [folder.name for folder in folders] == ["templates", "sources", "fonts"]
    assert all(folder.is_relative_to(installed.parent.parent) for folder in folders)


def test_the_installed_program_explains_itself(installed: Path, tmp_path: Path) -> None:
    command = installed.with_name("briefing.exe" if sys.platform == "win32" else "briefing")
    assert "build" in run(command, "--help", folder=tmp_path)


def test_a_newcomer_builds_a_first_brief_in_a_home_that_stays_empty(installed: Path, tmp_path: Path) -> None:
    """Installed and called from a folder with blanks and Korean in its name, which is the home too."""
    desk = tmp_path / "서울 desk"
    desk.mkdir()
    command = installed.with_name("briefing.exe" if sys.platform == "win32" else "briefing")
    run(command, "init", "sources/first", folder=desk)
    run(command, "build", "--strict", folder=desk)
    assert {file.suffix for file in (desk / "out").glob("first-*")} == {".pdf", ".docx"}
    assert {path.name for path in desk.iterdir()} == {"sources", "out"}
