"""The pictures in a file that was read, by their digests, which are all that reading keeps of them."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from anquanyue.reading.archive import harmless
from anquanyue.reading.file import OldDocument, Source, content_of, read
from anquanyue.reading.package import Package, UnreadableError, digest

_MEDIA: Final = ("/media/", "/pictures/")
"""Where xlsx, xlsb, docx and ods keep pictures."""


def find_pictures(folder: Path, shown: str, wanted: Collection[str]) -> dict[str, bytes]:
    """Those of the wanted pictures that are in the file, by digest; what cannot be found again is left out.

    Args:
        folder: The folder of submissions.
        shown: The path of the submission.
        wanted: Digests of pictures.
    """
    source = next(_sources(folder, shown), None) if wanted else None
    found: dict[str, bytes] = {}
    if source is None:
        return found
    try:
        package = Package(content_of(source))
        for name in package.names:
            if any(each in f"/{name.casefold()}" for each in _MEDIA):
                data = package.read(name)
                if (key := digest(data)) in wanted:
                    found[key] = data
    except (UnreadableError, OSError):
        pass  # It was readable before; what was found is all there is.
    return found


def _sources(folder: Path, shown: str) -> Iterator[Source]:
    """The file with that path; behind a # stand the sheet and the number of the form, but # may be in a name, too."""
    names = shown.split("#")
    for number in range(len(names), 0, -1):
        path = "#".join(names[:number])
        parts = path.split("/")
        for length in range(len(parts), 0, -1):
            file = folder.joinpath(*parts[:length])
            if file.is_file() and not file.is_symlink():
                yield from _within(Source(file, harmless("/".join(parts[:length]))), path)


def _within(source: Source, path: str) -> Iterator[Source]:
    """The file itself, or what has that path in the archive that it is."""
    if source.shown == path:
        yield source
        return
    members = read(source)
    for member in () if isinstance(members, OldDocument) else members:
        if isinstance(member, Source) and f"{path}/".startswith(f"{member.shown}/"):
            yield from _within(member, path)
