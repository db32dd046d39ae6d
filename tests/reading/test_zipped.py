import io
import zipfile

from anquanyue.reading.zipped import zipped


def test_the_standard_library_reads_what_was_zipped() -> None:
    parts = {"[Content_Types].xml": b"<a/>", "xl/工作表.xml": bytes(range(256)) * 300, "empty": b""}
    with zipfile.ZipFile(io.BytesIO(zipped(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
