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
        instruction=mark("send the form again"),
        title=mark("File cannot be opened"),
        explanation=mark(
            "The file is damaged or incomplete, for example because a transfer broke off half-way. Nothing in it "
            "counts, and all other files are read as usual. Excel or WPS can often repair such a file: open it there, "
            "save it as .xlsx and put it back; else ask the unit to send it again."
        ),
    ),
    FindingType(
        "file-inaccessible",
        "error",
        mark("the file could not be read from the disk: {reason}"),
        mark("close the program that holds it open, check that you may read it, and run this again"),
        title=mark("File cannot be read from the disk"),
        explanation=mark(
            "The system did not let the program read the file or folder: it is held open by another program, you may "
            "not read it, or the disk failed. Nothing in it counts until then. Close the program that holds it, check "
            "the rights, and run the command again."
        ),
    ),
    FindingType(
        "file-link",
        "error",
        mark("this is only a link to a file elsewhere, and links are not followed"),
        mark("put the file itself into the folder, or ask the unit for it"),
        title=mark("Link instead of a file"),
        explanation=mark(
            "This is a shortcut (.lnk) or a symbolic link that leads to a file elsewhere. Links are never followed, "
            "because they may lead out of the folder. Nothing is counted; put the file itself into the folder."
        ),
    ),
    FindingType(
        "file-empty",
        "error",
        mark("the file is empty (0 bytes)"),
        mark("the sending or saving broke off; ask the unit to send it again"),
        instruction=mark("send the form again"),
        title=mark("Empty file"),
        explanation=mark(
            "The file has 0 bytes: saving or sending broke off. There is nothing to count. Ask the unit to send it "
            "again."
        ),
    ),
    FindingType(
        "file-password",
        "error",
        mark("the file is protected by a password"),
        mark("ask the unit to remove the password (File > Info > Protect Workbook) and to send it again"),
        instruction=mark("remove the password (File > Info > Protect Workbook) and send it again"),
        title=mark("Password-protected file"),
        explanation=mark(
            "The workbook, the document or a file in an archive is encrypted and needs a password to be opened. The "
            "program asks for no passwords, so nothing in it counts. Ask the unit for a copy without a password, or "
            "open it, remove the password and save it."
        ),
    ),
    FindingType(
        "file-too-slow",
        "error",
        mark("reading the file takes too long ({reason})"),
        mark("it is far larger than a form; ask the unit to fill in the blank form and to send that"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("Reading takes too long"),
        explanation=mark(
            "A form is read in a moment; this file was not done after 30 seconds, and reading was stopped so that all "
            "others get their turn. Nothing in it counts. It usually holds far more than a form, for example a sheet "
            "that is filled to the last row; ask the unit to fill in the blank form."
        ),
    ),
    FindingType(
        "file-unsafe",
        "error",
        mark("the file cannot be read safely: it ended its reader ({reason})"),
        mark("it is damaged, or far larger than a form; ask the unit to fill in the blank form and to send that"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("File ended its reader"),
        explanation=mark(
            "Files are read in processes of their own, and this one made its process fail or exceed its memory. That "
            "costs this file its place and no other. Nothing in it counts; it is damaged or far larger than a form. "
            "Ask the unit to fill in the blank form and to send that."
        ),
    ),
    FindingType(
        "file-not-a-workbook",
        "error",
        mark("this is neither a workbook nor a document ({kind}), so no figures can be read from it"),
        mark("ask the unit for the filled-in workbook or Word document"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("Neither workbook nor document"),
        explanation=mark(
            "The file is of a kind that holds no form, for example a text, a presentation, a mail or a program, "
            "whatever its name says. Nothing is read from it. If it is the unit's report, ask for the filled-in form; "
            "if it came by mistake, leave it or take it out of the folder."
        ),
    ),
    FindingType(
        "file-ignored",
        "info",
        mark("left aside: a hidden or temporary file"),
        title=mark("Hidden or temporary file"),
        explanation=mark(
            "Systems and programs leave such files behind: ~$附件3.xlsx while a workbook is open, Thumbs.db, "
            ".DS_Store. They hold no report and are left aside. Nothing need be done."
        ),
    ),
    FindingType(
        "file-own-output",
        "info",
        mark("left aside: a report that this program made"),
        title=mark("Report of this program"),
        explanation=mark(
            "A report or table that this program wrote lies in the folder of submissions. It is recognised and left "
            "aside, so that no total is counted again. Better keep reports elsewhere."
        ),
    ),
    FindingType(
        "file-of-campaign",
        "info",
        mark("left aside: a file about the campaign, which belongs beside this folder"),
        title=mark("File about the campaign"),
        explanation=mark(
            "units.csv, decisions.csv or campaign.yaml lies in the folder of submissions; it belongs one folder up, in "
            "the working folder. It is left aside here and has no effect. Move it if it is meant to count."
        ),
    ),
    FindingType(
        "file-disguised",
        "error",
        mark("this is {kind}, as some programs export tables, whatever the ending of its name says"),
        mark("open it in Excel or WPS, save it as .xlsx and put it back"),
        instruction=mark("open it in Excel or WPS, save it as .xlsx and send it again"),
        title=mark("Web page or XML instead of a workbook"),
        explanation=mark(
            "Some programs export a web page or an XML file and call it .xls; Excel shows it with a warning. No "
            "figures are read from it. Open it in Excel or WPS, save it as .xlsx and put it back."
        ),
    ),
    FindingType(
        "file-pdf",
        "error",
        mark("this is a fixed page ({kind}), from which no figures are read"),
        mark("keep it as the stamped copy, and ask the unit for the filled-in workbook or Word document as well"),
        instruction=mark("send the filled-in workbook or Word document as well"),
        title=mark("PDF or OFD page"),
        explanation=mark(
            "A PDF or OFD is a page as it was printed or scanned, and no figures are read from it. Where a readable "
            "form of the same unit is there, such a page is kept as its stamped copy and not found fault with; here "
            "there is none, so the unit counts as not reported. Keep it, and ask for the filled-in workbook or Word "
            "document as well."
        ),
    ),
    FindingType(
        "file-picture",
        "error",
        mark("this is a picture, from which no figures are read"),
        mark("keep it as evidence, and ask the unit for the filled-in workbook or Word document as well"),
        instruction=mark("send the filled-in workbook or Word document as well"),
        title=mark("Picture without a form"),
        explanation=mark(
            "A photo or a scan came alone. No figures are read from pictures, so nothing is counted. Beside a readable "
            "form of the same unit it would be kept as evidence; ask for the filled-in workbook or Word document."
        ),
    ),
    FindingType(
        "file-video",
        "error",
        mark("this is a video or sound recording, from which no figures are read"),
        mark("keep it as evidence, and ask the unit for the filled-in workbook or Word document as well"),
        instruction=mark("send the filled-in workbook or Word document as well"),
        title=mark("Recording without a form"),
        explanation=mark(
            "A video or sound recording came alone. No figures are read from it, so nothing is counted. Beside a "
            "readable form of the same unit it would be kept as evidence; ask for the filled-in workbook or Word "
            "document."
        ),
    ),
    FindingType(
        "file-archive",
        "error",
        mark("this is a packed file of a kind that is not opened here ({kind})"),
        mark("unpack it and put what is in it into the folder, or ask the unit to pack it as .zip"),
        title=mark("Packed file that is not opened"),
        explanation=mark(
            "Only .zip is unpacked here; this is a .rar, .7z or another kind, or one part of several. Nothing in it is "
            "read, so forms in it are not counted. Unpack it and put its files into the folder, or ask the unit to "
            "pack them as .zip."
        ),
    ),
    FindingType(
        "file-old-document",
        "error",
        mark(
            "this is a document of an old kind ({kind}), which LibreOffice must convert, and LibreOffice was not found"
        ),
        mark("install LibreOffice, or open the file in Word or WPS and save it as .docx"),
        title=mark("Old document, and no LibreOffice"),
        explanation=mark(
            "A .doc, .wps, .rtf or .odt is turned into .docx by LibreOffice before it is read, and LibreOffice is not "
            "installed on this computer. Nothing in it counts until then. Install LibreOffice, or open the file in "
            "Word or WPS and save it as .docx."
        ),
    ),
    FindingType(
        "file-not-converted",
        "error",
        mark("LibreOffice could not convert this document ({reason})"),
        mark("open it in Word or WPS and save it as .docx, or ask the unit for it again"),
        title=mark("Old document could not be converted"),
        explanation=mark(
            "LibreOffice was given this .doc, .wps, .rtf or .odt and made no .docx of it, or took too long. It is "
            "often damaged. Nothing in it counts; open it in Word or WPS and save it as .docx, or ask the unit for it "
            "again."
        ),
    ),
    FindingType(
        "file-too-large",
        "error",
        mark("the file is far larger than a form ({reason})"),
        mark("ask the unit to fill in the blank form and to send that; pictures belong beside it"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("File far larger than a form"),
        explanation=mark(
            "Files of more than 100 MB, and workbooks or documents that unpack to far more than a form, are not read: "
            "reading them could take all memory. Nothing in it counts. Ask the unit to fill in the blank form and to "
            "send photos and films beside it."
        ),
    ),
    FindingType(
        "file-macros",
        "info",
        mark("the file carries macros; they were not run"),
        title=mark("File with macros"),
        explanation=mark(
            "The workbook or document carries macros. They are never run; the cells are read as they are, and the "
            "figures count as usual. Nothing need be done, but be careful when opening it in Excel."
        ),
    ),
    FindingType(
        "file-misnamed",
        "info",
        mark("the file is really {kind}, whatever the ending of its name says"),
        title=mark("Name with another ending"),
        explanation=mark(
            "The ending of the name is that of another kind of file, for example an .xlsx that was renamed to .xls. "
            "The content is what counts here, so it was read as what it is. Nothing need be done."
        ),
    ),
    FindingType(
        "file-has-comments",
        "warning",
        mark("comments, footnotes or text boxes stand in the file ({number}): {places}"),
        mark("read them in the file: they may hold corrections, which are not read here"),
        instruction=mark(
            "look at these cells of the file that you sent; where a figure belongs to a field, write it there"
        ),
        title=mark("Comments or text boxes in the file"),
        explanation=mark(
            "Somebody wrote a comment, a footnote or a text box beside the cells. What they say is not read and not "
            "quoted, because it may be about people; the figures count as they stand in their cells. Open the file and "
            "read them: if one corrects a figure, write the correction down as a decision or ask the unit for a "
            "corrected form. Comments that this program wrote into a returned form are not meant."
        ),
    ),
    FindingType(
        "cells-far-away",
        "warning",
        mark("something was typed far away from any form ({number} cells: {places}); it is not read"),
        mark("look at these cells; mostly it is a stray character that somebody typed by accident"),
        instruction=mark(
            "look at these cells of the file that you sent; where a figure belongs to a field, write it there"
        ),
        title=mark("Stray cells far away"),
        explanation=mark(
            "A sheet is read down to row 5000 and to column IV; no form is that large. These cells beyond hold "
            "something, mostly a stray character or a space, and are left out. The rest of the sheet is read as usual. "
            "If they hold figures, move these to where the form asks for them."
        ),
    ),
    FindingType(
        "file-copy",
        "info",
        mark("received beside {other}, which holds the figures: {kind}"),
        title=mark("Copy or evidence beside a form"),
        explanation=mark(
            "A scan, picture, film or packed file came together with a readable form: it names the same unit, has the "
            "form's name, or lies in its folder. It is kept as stamped copy or as evidence and listed as ignored; the "
            "figures are those of the form. Nothing need be done."
        ),
    ),
    FindingType(
        "archive-empty",
        "error",
        mark("the packed file holds no files"),
        mark("ask the unit to send it again"),
        instruction=mark("send the form again"),
        title=mark("Packed file without files"),
        explanation=mark(
            "The .zip can be opened, but there is no file in it: packing or sending went wrong. There is nothing to "
            "count. Ask the unit to send it again."
        ),
    ),
    FindingType(
        "archive-refused",
        "error",
        mark("the packed file is not opened: {reason}"),
        mark("unpack it and put the forms that are in it into the folder"),
        title=mark("Packed file is not opened"),
        explanation=mark(
            "The .zip holds more than 10 000 files, unpacks to more than a hundred times its own size or to more than "
            "4 GB, or stands in three others already. Such archives can be made to stop a program, so nothing in it is "
            "read or counted. Unpack it yourself and put the forms into the folder."
        ),
    ),
)
