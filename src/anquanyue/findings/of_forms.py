"""Findings about which form a file holds."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "form-not-found",
        "error",
        mark("none of the campaign's forms was found in the file"),
        mark("is it the right file? If the unit rebuilt the table, ask it to fill in the blank form"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("No form in the file"),
        explanation=mark(
            "The file was opened, and none of the campaign's forms is in it, neither by its hidden keys nor by its "
            "words. It may be a notice, a plan or another table. Nothing in it counts. If the unit rebuilt the table "
            "in words of its own, ask it to fill in the blank form."
        ),
    ),
    FindingType(
        "form-other-campaign",
        "error",
        mark("this form belongs to another campaign ({campaign})"),
        mark("ask the unit to fill in this campaign's form"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("Form of another campaign"),
        explanation=mark(
            "The stamp in the form says that it was made for another campaign, for example last year's. Its figures "
            "answer other questions and do not count. Ask the unit to fill in this campaign's form."
        ),
    ),
    FindingType(
        "form-newer-version",
        "warning",
        mark("this form has version {version}, the campaign file has version {expected}"),
        mark("use the campaign file that the form was made with"),
        title=mark("Form newer than the campaign file"),
        explanation=mark(
            "The form was made with a newer version of the campaign file than the one in use here. What both have in "
            "common is read and counts; what was added since is not known here and is not counted. Use the campaign "
            "file that the form was made with."
        ),
    ),
    FindingType(
        "form-blank",
        "error",
        mark("the form came back with nothing filled in"),
        mark("ask the unit to fill it in; a unit that did nothing ticks “空白项均未开展，按0计”"),
        instruction=mark("fill it in; where nothing took place, tick “空白项均未开展，按0计”"),
        title=mark("Form with nothing filled in"),
        explanation=mark(
            "The form came back without a single figure, and without the tick that says so on purpose. It does not "
            "count, and the unit counts as not reported: a blank is missing, never a zero. A unit that did nothing "
            "ticks “空白项均未开展，按0计”."
        ),
        dimension="completeness",
    ),
    FindingType(
        "form-without-keys",
        "warning",
        mark("the form lost its hidden first column; its cells were found by their words"),
        mark("compare the figures with the file once"),
        title=mark("Hidden first column is gone"),
        explanation=mark(
            "Our workbooks carry a hidden first column that tells which row is which; it was deleted, or the table was "
            "retyped. The cells were found by the words beside them instead, and the figures count. That is reliable "
            "where the words are unchanged; compare the figures with the file once."
        ),
    ),
    FindingType(
        "form-other-year",
        "error",
        mark("this looks like the form of another year ({year})"),
        mark(
            "ask the unit for this year's form; if only the date was mistyped, correct it in "
            "the file or decide that the file counts"
        ),
        instruction=mark("where only the date was mistyped, correct it; else fill in the figures of this year"),
        title=mark("Form of another year"),
        explanation=mark(
            "The title of the form names another year, or the date in it lies in an earlier year, long before the "
            "campaign. It is probably last year's form sent again, so nothing in it counts. Ask for this year's form; "
            "where only the date was mistyped, correct it in the file, or accept the finding (采用) and the form "
            "counts."
        ),
    ),
    FindingType(
        "form-different",
        "error",
        mark("this looks like {form_label}, but only {found} of its {total} blanks were found"),
        mark("it was rebuilt, or is the form of another campaign; ask the unit to fill in this campaign's form"),
        instruction=mark("fill in the blank form that you were given, and send that"),
        title=mark("Form was rebuilt"),
        explanation=mark(
            "The title or the stamp of one of our forms is there, but fewer than half of its blanks, or the words "
            "stand where no entry belongs to them. What was found is not counted, because half a form would look like "
            "a whole one. Ask the unit to fill in the campaign's own form."
        ),
    ),
    FindingType(
        "form-print-only",
        "error",
        mark("the file holds only the sheet of {form_label} that is made for printing"),
        mark("ask the unit for the workbook with the sheet to fill in"),
        instruction=mark("send the workbook with the sheet to fill in"),
        title=mark("Only the printed sheet came back"),
        explanation=mark(
            "A blank workbook has a sheet to fill in and one that shows it for printing. Here only the printed one is "
            "left, whose cells repeat the other sheet and may be out of date. Nothing is counted; ask for the workbook "
            "with the sheet to fill in."
        ),
    ),
    FindingType(
        "form-twice",
        "error",
        mark("the file holds this form several times for the same unit, with different figures: {labels}"),
        mark("ask the unit which one counts, and keep only that one; none of them is counted until then"),
        instruction=mark("write the figures that count into this form"),
        title=mark("Same form twice with different figures"),
        explanation=mark(
            "The file holds this form several times for one unit, for example on a sheet 一稿 and a sheet 二稿, and "
            "figures differ. Nobody can tell which one counts, so none of them does; the message names the fields that "
            "differ. Ask the unit, delete the other sheets or leave them out by a decision (剔除)."
        ),
        dimension="consistency",
    ),
    FindingType(
        "form-copy",
        "info",
        mark("the file holds this form twice with the same figures; it counts once"),
        title=mark("Same form twice with the same figures"),
        explanation=mark("The file holds the form twice, and all figures agree. It counts once. Nothing need be done."),
        dimension="consistency",
    ),
    FindingType(
        "form-over-sheets",
        "warning",
        mark("the form is spread over several sheets ({sheets}), which were put together"),
        mark("compare the figures with the file once"),
        title=mark("One form over several sheets"),
        explanation=mark(
            "Two sheets of the file hold different parts of one form, as 第1页 and 第2页, or one is filled in where "
            "the other is blank. No figure stands on both. They were put together and count as one form."
        ),
        dimension="consistency",
    ),
    FindingType(
        "form-figures-elsewhere",
        "error",
        mark("the form's own cells are empty; {number} figures stand where the form asks for none: {places}"),
        mark("look at these cells; ask the unit to write the figures into the form's own cells"),
        instruction=mark("write the figures into the form's own cells, beside the words"),
        title=mark("Figures only beside the form's cells"),
        explanation=mark(
            "Nothing stands where the form asks for a figure, and figures stand elsewhere: beside the sentences, in a "
            "column headed 去年 or 计划, or below the table. Which of them belongs to which blank is not guessed, so "
            "nothing is counted and the unit counts as not reported. Ask it to write the figures into the form."
        ),
        dimension="correctness",
    ),
    FindingType(
        "form-shifted",
        "error",
        mark("the entries do not fit their rows: a number stands where 是/否 is asked for, and the other way round"),
        mark("the entries were probably pasted one row off; ask the unit to move them and to send the form again"),
        instruction=mark("the entries were probably pasted one row off; move them to their own rows"),
        title=mark("Entries pasted into the wrong rows"),
        explanation=mark(
            "A number stands in the cell for 是/否, and 是 or 否 stands in the cell of a number. That happens when a "
            "column of entries is pasted a row too high or too low, and then most figures stand beside another "
            "figure's words. None of them is counted. Ask the unit to move them and to send the form again."
        ),
        dimension="correctness",
    ),
    FindingType(
        "correction-remark",
        "warning",
        mark("a remark speaks of a correction, which was not applied: “{value}”"),
        mark("compare the figure that it is about with the file; where it was to be another one, decide its value"),
        instruction=mark("write the corrected figure into its own cell, and remove the remark"),
        title=mark("Correction in a remark"),
        explanation=mark(
            "A text beside or below the entries says that something is to be another (应为, 更正为, 有误, 改为). "
            "Remarks are not applied, because they may be about anything; what stands in the form's cells counts. "
            "Compare, and where a figure was to be another one, decide its value (改值) or ask for a corrected form."
        ),
        dimension="correctness",
    ),
    FindingType(
        "figures-unclaimed",
        "warning",
        mark("{number} figures stand in cells where the form asks for none, and are not counted: {places}"),
        mark("look at these cells; where one belongs to a field, have it typed there, or decide that field's value"),
        instruction=mark(
            "look at these cells of the file that you sent; where a figure belongs to a field, write it there"
        ),
        title=mark("Figures outside the form's cells"),
        explanation=mark(
            "Numbers stand in cells where the form asks for none: a row that was added, a sum beside the table, a "
            "column of last year's figures. They belong to no field, so they are not counted, and they are not quoted "
            "because one may be a telephone number. Look at the cells that are named; where one is a field's figure, "
            "have it typed there or decide its value (改值)."
        ),
        dimension="correctness",
    ),
)
