"""Make the pictures of docs/pictures/ from the samples: needs LibreOffice, poppler (pdftoppm) and Chromium.

python tools/pictures.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures"
DOTS = 70
"""Per inch, of a printed page."""


def run(*command: str, folder: Path) -> None:
    """Run a command in a folder; what it says is of no interest."""
    environment = {**os.environ, "ANQUANYUE_LANG": "zh"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def anquanyue(*arguments: str, folder: Path, codes: tuple[int, ...] = (0,)) -> None:
    """Run the program; validate exits with 1 where something is wrong, as in the samples."""
    command = [sys.executable, "-m", "anquanyue", *arguments, "--quiet"]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "ANQUANYUE_LANG": "zh"}, capture_output=True)
    if done.returncode not in codes:
        raise SystemExit(done.stderr.decode())


def page(document: Path, number: int, name: str) -> None:
    """A page of a document, as it is printed."""
    folder = document.parent
    run("soffice", "--headless", "--convert-to", "pdf", document.name, folder=folder)
    printed = document.with_suffix(".pdf").name
    run(
        "pdftoppm",
        "-png",
        "-r",
        str(DOTS),
        "-f",
        str(number),
        "-l",
        str(number),
        "-singlefile",
        printed,
        "page",
        folder=folder,
    )
    shutil.move(folder / "page.png", TARGET / f"{name}.png")


def screenshot(document: Path, name: str, width: int = 1100, height: int = 900) -> None:
    """The top of a page, as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    shot = f"--screenshot={TARGET / f'{name}.png'}"
    size = f"--window-size={width},{height}"
    run(
        browser,
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        shot,
        size,
        document.as_uri(),
        folder=document.parent,
    )


def main() -> None:
    """Make every document of the samples once, and a picture of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "samples"
        shutil.copytree(ROOT / "samples", folder)
        anquanyue("init-forms", folder=folder)
        outputs = ("report.xlsx", "report.docx", "report.html")
        anquanyue("summarize", *(word for each in outputs for word in ("--out", each)), folder=folder)
        validate = ("validate", "--return", "back", "--todo", "todo.xlsx", "--report", "findings.html")
        anquanyue(*validate, folder=folder, codes=(1,))
        page(next(folder.glob("forms/*/附件3*.xlsx")), 1, "form")
        page(folder / "report.xlsx", 1, "overview")
        page(folder / "report.xlsx", 4, "report")
        page(folder / "report.docx", 1, "word")
        page(next(folder.glob("back/*/附件3*.xlsx")), 2, "returned")
        page(folder / "todo.xlsx", 1, "todo")
        screenshot(folder / "report.html", "page")
        screenshot(folder / "findings.html", "findings")


if __name__ == "__main__":
    main()
