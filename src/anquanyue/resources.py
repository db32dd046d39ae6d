"""Where the files of `templates/` are: the user's own copy first, then the one that ships with the package."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
# A wheel carries templates/ inside the package; in a checkout, and so in an editable install, it lies beside src/.
_SHIPPED: Final = _PACKAGE / "templates" if (_PACKAGE / "templates").is_dir() else _PACKAGE.parents[1] / "templates"


def template_folders(working_folder: Path) -> tuple[Path, Path]:
    """The folders in which a template is looked for, the first one first."""
    return working_folder / "templates", _SHIPPED


def find_template(name: str, working_folder: Path) -> Path:
    """The template file of that name (as `campaigns/2022.yaml`).

    Raises:
        FileNotFoundError: Neither the working folder nor the package has it.
    """
    for folder in template_folders(working_folder):
        if (path := folder / name).is_file():
            return path
    raise FileNotFoundError(name)
