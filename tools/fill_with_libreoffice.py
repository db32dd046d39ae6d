"""Fill workbooks in by defined name and save them, in LibreOffice: as a person with a spreadsheet program would.

Run it with a Python that has LibreOffice's `uno` module (Debian: python3-uno and /usr/bin/python3), and a JSON file:

    [{"source": "blank.xlsx", "target": "filled.ods", "values": {"study_sessions": 3, "film_studied": "是"}}, …]

A date is written as "2022-06-28" with its key listed under "dates"; a formula as a text that begins with "=".
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}
PIPE = f"anquanyue-{os.getpid()}"


def connect(profile: Path):
    """A running LibreOffice of its own, and its desktop."""
    import uno

    process = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={PIPE};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            return process, desktop
        except Exception:  # LibreOffice is still starting.
            time.sleep(0.25)
    process.kill()
    sys.exit("LibreOffice did not start within a minute")


def setting(name: str, value):
    """A LibreOffice property."""
    from com.sun.star.beans import PropertyValue

    each = PropertyValue()
    each.Name, each.Value = name, value
    return each


def fill(desktop, job: dict) -> None:
    """Do one job of the list."""
    source, target = Path(job["source"]).resolve(), Path(job["target"]).resolve()
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (setting("Hidden", True),))
    try:
        for name, value in job["values"].items():
            cell = document.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0)
            if isinstance(value, str) and name not in job.get("dates", ()) and not value.startswith("="):
                cell.setString(value)
            elif isinstance(value, str):
                cell.setFormula(value)
            else:
                cell.setValue(value)
        document.calculateAll()
        target.parent.mkdir(parents=True, exist_ok=True)
        document.storeToURL(target.as_uri(), (setting("FilterName", FILTERS[target.suffix]),))
    finally:
        document.close(True)


def main() -> None:
    """Do every job of the JSON file that the command line names."""
    jobs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        process, desktop = connect(Path(profile))
        try:
            for job in jobs:
                fill(desktop, job)
        finally:
            try:
                desktop.terminate()
                process.wait(30)
            except Exception:
                process.kill()


if __name__ == "__main__":
    main()
