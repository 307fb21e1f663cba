"""Make docs/first-page.png, the picture of README.md: the YAML of one meeting, and the finished first page.

    python docs/picture.py out/arms-for-russia-who-stands-where.pdf

Needs pdftoppm (poppler-utils) and chromium; not part of the package, nor of its tests."""
# ruff: noqa: S603, S607

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
MEETING = ROOT / "sources/arms-for-russia/meetings/2023-10-17-jakarta-trilateral.yaml"
LINES = 54
WIDTH, HEIGHT, MARGIN = 1240, 780, 28
PAGE = """\
<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Sans; src: url({fonts}/SourceSans3-Regular.ttf) }}
* {{ margin: 0; box-sizing: border-box }}
body {{ width: {width}px; height: {height}px; padding: {margin}px; gap: {margin}px; display: flex; background: #eee }}
figure {{ background: white; border-radius: 5px; box-shadow: 0 1px 10px #0003; overflow: hidden }}
.yaml {{ flex: 1; padding: 14px 18px; position: relative }}
.yaml figcaption {{ font: 13px Sans; color: #5a6b75; padding-bottom: 10px }}
.yaml::before, .yaml::after {{ content: ""; position: absolute; inset: auto 0 0 }}
.yaml::before {{ top: 0; left: auto; width: 60px; background: linear-gradient(to right, #fff0, #fff) }}
.yaml::after {{ height: 60px; background: linear-gradient(#fff0, #fff) }}
pre {{ font: 10.4px/1.33 "DejaVu Sans Mono", monospace; color: #24292f }}
b {{ color: #16485a; font-weight: normal }} i {{ color: #7a858d }}
img {{ display: block; height: 100% }}
</style>
<body><figure class="yaml"><figcaption>{name}</figcaption><pre>{yaml}</pre></figure>
<figure><img src="{page}"></figure>
"""


def coloured(line: str) -> str:
    """One line of YAML: keys, comments and quotations told apart."""
    if not line.strip().startswith("#") and (match := re.match(r"(\s*(?:- )?)([\w-]+)(:.*)", line)):
        indent, key, rest = match.groups()
        value, comment = re.match(r"(.*?)(\s{2,}#.*)?$", rest).groups()
        return f"{indent}<b>{key}</b>{html.escape(value)}<i>{html.escape(comment or '')}</i>"
    return f"<i>{html.escape(line)}</i>" if line.strip().startswith("#") else html.escape(line)


def first_page(pdf: Path, folder: Path) -> Path:
    subprocess.run(["pdftoppm", "-r", "170", "-png", "-singlefile", pdf, folder / "page"], check=True)
    return folder / "page.png"


def main(pdf: Path) -> None:
    lines = MEETING.read_text(encoding="utf-8").splitlines()[:LINES]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "picture.html")
        page.write_text(
            PAGE.format(
                width=WIDTH,
                height=HEIGHT,
                margin=MARGIN,
                fonts=(ROOT / "briefing/fonts").as_uri(),
                name=MEETING.relative_to(ROOT).as_posix(),
                yaml="\n".join(map(coloured, lines)),
                page=first_page(pdf, Path(folder)).as_uri(),
            ),
            encoding="utf-8",
        )
        command = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.5"]
        shot = [f"--screenshot={ROOT / 'docs/first-page.png'}", f"--window-size={WIDTH},{HEIGHT}", page.as_uri()]
        subprocess.run([*command, *shot], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
