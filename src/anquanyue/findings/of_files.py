"""Findings about files: what cannot be opened, or holds no form."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "file-unreadable",
        "error",
        mark("the file cannot be opened: {reason}"),
        mark(
            "open it in Excel or WPS, save it again as .xlsx and put it back; if that fails, ask the unit for it again"
        ),
    ),
    FindingType(
        "file-inaccessible",
        "error",
        mark("the file could not be read from the disk: {reason}"),
        mark("close the program that holds it open, check that you may read it, and run this again"),
    ),
    FindingType(
        "file-link",
        "error",
        mark("this is only a link to a file elsewhere, and links are not followed"),
        mark("put the file itself into the folder, or ask the unit for it"),
    ),
    FindingType(
        "file-empty",
        "error",
        mark("the file is empty (0 bytes)"),
        mark("the sending or saving broke off; ask the unit to send it again"),
    ),
    FindingType(
        "file-password",
        "error",
        mark("the file is protected by a password"),
        mark("ask the unit to remove the password (File > Info > Protect Workbook) and to send it again"),
    ),
    FindingType(
        "file-too-slow",
        "error",
        mark("reading the file takes too long ({reason})"),
        mark("it is far larger than a form; ask the unit to fill in the blank form and to send that"),
    ),
    FindingType(
        "file-unsafe",
        "error",
        mark("the file cannot be read safely: it ended its reader ({reason})"),
        mark("it is damaged, or far larger than a form; ask the unit to fill in the blank form and to send that"),
    ),
    FindingType(
        "file-not-a-workbook",
        "error",
        mark("this is neither a workbook nor a document ({kind}), so no figures can be read from it"),
        mark("ask the unit for the filled-in workbook or Word document"),
    ),
    FindingType("file-ignored", "info", mark("left aside: a hidden or temporary file")),
    FindingType("file-own-output", "info", mark("left aside: a report that this program made")),
    FindingType(
        "file-of-campaign", "info", mark("left aside: a file about the campaign, which belongs beside this folder")
    ),
    FindingType(
        "file-disguised",
        "error",
        mark("this is {kind}, as some programs export tables, whatever the ending of its name says"),
        mark("open it in Excel or WPS, save it as .xlsx and put it back"),
    ),
    FindingType(
        "file-pdf",
        "error",
        mark("this is a fixed page ({kind}), from which no figures are read"),
        mark("keep it as the stamped copy, and ask the unit for the filled-in workbook or Word document as well"),
    ),
    FindingType(
        "file-picture",
        "error",
        mark("this is a picture, from which no figures are read"),
        mark("keep it as evidence, and ask the unit for the filled-in workbook or Word document as well"),
    ),
    FindingType(
        "file-video",
        "error",
        mark("this is a video or sound recording, from which no figures are read"),
        mark("keep it as evidence, and ask the unit for the filled-in workbook or Word document as well"),
    ),
    FindingType(
        "file-archive",
        "error",
        mark("this is a packed file of a kind that is not opened here ({kind})"),
        mark("unpack it and put what is in it into the folder, or ask the unit to pack it as .zip"),
    ),
    FindingType(
        "file-old-document",
        "error",
        mark(
            "this is a document of an old kind ({kind}), which LibreOffice must convert, and LibreOffice was not found"
        ),
        mark("install LibreOffice, or open the file in Word or WPS and save it as .docx"),
    ),
    FindingType(
        "file-not-converted",
        "error",
        mark("LibreOffice could not convert this document ({reason})"),
        mark("open it in Word or WPS and save it as .docx, or ask the unit for it again"),
    ),
    FindingType(
        "file-too-large",
        "error",
        mark("the file is far larger than a form ({reason})"),
        mark("ask the unit to fill in the blank form and to send that; pictures belong beside it"),
    ),
    FindingType(
        "file-macros",
        "info",
        mark("the file carries macros; they were not run"),
    ),
    FindingType(
        "file-misnamed",
        "info",
        mark("the file is really {kind}, whatever the ending of its name says"),
    ),
    FindingType(
        "file-copy",
        "info",
        mark("received beside {other}, which holds the figures: {kind}"),
    ),
    FindingType(
        "archive-empty",
        "error",
        mark("the packed file holds no files"),
        mark("ask the unit to send it again"),
    ),
    FindingType(
        "archive-refused",
        "error",
        mark("the packed file is not opened: {reason}"),
        mark("unpack it and put the forms that are in it into the folder"),
    ),
)
