"""Old documents (.doc, .wps, .rtf, .odt) → docx, by LibreOffice where it is installed.

LibreOffice opens what strangers sent: with a profile of its own, in which macros are off and links are not followed.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from anquanyue.reading.limits import SECONDS_A_DOCUMENT, SECONDS_TO_START_OFFICE

_AT_ONCE: Final = 200
"""Documents in one run; Windows takes no longer command."""

_USUAL_PLACES: Final = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SETTINGS: Final = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
"""Path, name and value: macros never, not even signed ones; links in documents never, in sheets never."""


def find_libreoffice() -> str | None:
    """The program, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def convert(documents: Sequence[Path], work: Path) -> Mapping[Path, Path] | None:
    """Convert documents to docx.

    Args:
        documents: The documents; their names must differ before the ending, and be plain.
        work: A folder for the results and for LibreOffice's own files.

    Returns:
        The docx of each document that could be converted; None where LibreOffice is not installed.
    """
    program = find_libreoffice()
    if program is None:
        return None
    _write_profile(work / "profile")
    out = work / "converted"
    out.mkdir(exist_ok=True)
    for first in range(0, len(documents), _AT_ONCE):
        batch = documents[first : first + _AT_ONCE]
        _run(program, batch, work, out)
        # One document that ends LibreOffice must not take the others with it.
        missing = [each for each in batch if not _result(each, out)]
        if len(batch) > 1:
            for document in missing:
                _run(program, [document], work, out)
    results = {document: _result(document, out) for document in documents}
    return {document: result for document, result in results.items() if result}


def _result(document: Path, out: Path) -> Path | None:
    path = out / f"{document.stem}.docx"
    return path if path.is_file() and path.stat().st_size else None


def _run(program: str, documents: Sequence[Path], work: Path, out: Path) -> None:
    """Run LibreOffice once; what it could not do shows in what is missing."""
    command = [program, "--headless", "--norestore", "--nologo", "--nodefault"]
    command += [f"-env:UserInstallation={(work / 'profile').absolute().as_uri()}"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out.absolute())]
    process = subprocess.Popen(  # noqa: S603 — a program that the user installed, and names that we gave
        [*command, *(str(document.absolute()) for document in documents)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=work,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS_TO_START_OFFICE + SECONDS_A_DOCUMENT * len(documents))
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the process that it started itself."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )
