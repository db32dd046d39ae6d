"""Findings about whose a submission is and which one counts."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "unit-missing",
        "error",
        mark("the form does not say which unit it is from"),
        mark("write the unit's name into the form, or ask who sent it"),
        instruction=mark("write the full name of your unit"),
        title=mark("Form without a unit"),
        explanation=mark(
            "The name is blank, the form has no stamp, and neither its folder nor its file is named after a unit. "
            "Nobody can say whose figures these are, so they do not count. Write the name into the form, or put the "
            "file into a folder with the unit's name."
        ),
        dimension="completeness",
    ),
    FindingType(
        "unit-unknown",
        "error",
        mark("the unit “{value}” is not in the list of units; the file stays out of the totals"),
        mark(
            "if it is one of the units, add this name to its aliases in the list of units, or decide whose it is; "
            "of a joint report every name must be in the list"
        ),
        instruction=mark("write the full name of your unit, as on its stamp"),
        title=mark("Unit is not in the list"),
        explanation=mark(
            "The name in the form is nobody's in the list of units, not even allowing for short forms, a region in "
            "front or a slip of the pen. The file stays out of the totals, because it may be a unit that reports "
            "already under another name. Add the name to the unit's aliases, or decide whose it is (认单位); in a "
            "joint report every name must be in the list."
        ),
    ),
    FindingType(
        "unit-disagrees",
        "error",
        mark("the form was made for “{stamped}”, but “{value}” is written in it; the file stays out of the totals"),
        mark("ask who filled it in: a forwarded form must not replace another unit's figures"),
        instruction=mark("check whose form this is, and write the full name of that unit"),
        title=mark("Stamp and name disagree"),
        explanation=mark(
            "The form was made for one unit, and another unit's name is written in it: units forward their "
            "forms to each other. If it counted, one unit's figures would replace another's, so it stays out "
            "of the totals. Ask who filled it in; a decision (认单位) on the name settles it."
        ),
    ),
    FindingType(
        "same-content",
        "info",
        mark("holds the same as {other}, which counts"),
        title=mark("Same content as another file"),
        explanation=mark(
            "The unit sent the same form again with the same figures, for example as 附件3(1).xlsx. One of the two "
            "counts, this one is superseded. Nothing need be done."
        ),
    ),
    FindingType(
        "submission-undecided",
        "error",
        mark(
            "the unit sent this form several times with different figures, and nothing tells which is newer: "
            "{other}; {differences}"
        ),
        mark("keep only the one that counts in the folder; until then {other} is counted"),
        instruction=mark("check the figures: those in this form count once it is back"),
        title=mark("Two versions, and nothing tells which is newer"),
        explanation=mark(
            "The unit sent the form several times with different figures, and revision, day of arrival, "
            "填报日期, names and times of the files do not tell which is the newer one. One of them is "
            "counted for the time being, which the message names with what differs. Ask the unit, and keep "
            "only the right one or leave the other out by a decision (剔除)."
        ),
        dimension="consistency",
    ),
    FindingType(
        "unit-guessed",
        "warning",
        mark("“{value}” was taken for {name}"),
        mark("if that is right, add this name to the unit's aliases in the list of units; if not, decide whose it is"),
        instruction=mark("correct the name where that is wrong"),
        title=mark("Unit was guessed"),
        explanation=mark(
            "The written name is not in the list, but very like one that is: one wrong character, a "
            "department of the unit, a name without its province. The form counts for that unit. Look once "
            "whether that is right: if so, add the name as an alias; if not, decide whose it is (认单位)."
        ),
    ),
    FindingType(
        "unit-decided",
        "info",
        mark("“{value}” is {name}, as was decided by {by}: {reason}"),
        title=mark("Unit decided by the coordinator"),
        explanation=mark(
            "A line of decisions.csv (认单位) says whose this name or file is. The form counts for that unit. "
            "Nothing need be done."
        ),
    ),
    FindingType(
        "unit-from-stamp",
        "info",
        mark("the name of the unit is blank; the form was made for {name}"),
        title=mark("Unit known from the form itself"),
        explanation=mark(
            "The name of the unit was left blank, but the form was made for one unit and carries its stamp. The form "
            "counts for that unit. Nothing need be done unless the unit passed its form on to another."
        ),
    ),
    FindingType(
        "unit-from-path",
        "warning",
        mark("the form does not say which unit it is from; folder or file name say {name}"),
        mark("check it, and write the unit's name into the form"),
        instruction=mark("correct the name where that is wrong"),
        title=mark("Unit known from folder or file name"),
        explanation=mark(
            "Neither a name nor a stamp says whose the form is; the nearest folder or the name of the file "
            "does, as in “武进区/附件3.xlsx”. The form counts for that unit. Check it once, because files "
            "are easily put into the wrong folder."
        ),
    ),
    FindingType(
        "unit-similar",
        "warning",
        mark("“{value}” and “{other}” are counted as two units; are they one?"),
        mark("if they are one, write both names into the list of units as name and alias"),
        title=mark("Two units with similar names"),
        explanation=mark(
            "Without a list of units each name is a unit of its own, and two names are nearly the same: one "
            "character differs, or only 区, 局 or 有限公司. Both are counted, so that one unit may count "
            "twice. If they are one, write both into a list of units, as name and alias."
        ),
        dimension="consistency",
    ),
    FindingType(
        "unit-folder-disagrees",
        "warning",
        mark("the form is from {name}, but its folder or file is named after {folder}"),
        mark("check whose form it is; it counts for {name}"),
        title=mark("Folder and form disagree"),
        explanation=mark(
            "The form says that it is from one unit and lies in a folder, or has a file name, of another that has "
            "nothing to do with it. It counts for the unit that the form names. Check whether the file was put into "
            "the wrong folder or the wrong name was written."
        ),
    ),
    FindingType(
        "unit-on-behalf",
        "info",
        mark("{by} reports on behalf of {names}"),
        title=mark("Report on behalf of another unit"),
        explanation=mark(
            "The name says that one unit fills in for another, as in “甲局（代乙局报）”. The figures count for the "
            "unit that it is about, and that unit counts as reported. Nothing need be done."
        ),
    ),
    FindingType(
        "unit-joint",
        "info",
        mark("reports for several units together: {names}"),
        title=mark("Joint report of several units"),
        explanation=mark(
            "The name is that of several units of the list, as in “甲局、乙局合报”. The figures count once, "
            "and all these units count as reported. Nothing need be done."
        ),
    ),
    FindingType(
        "unit-joint-overlap",
        "error",
        mark("{other} already reports for this unit; only that one is counted"),
        mark("ask the units whether the joint report holds these figures; keep only one of the two"),
        title=mark("Joint report overlaps with another"),
        explanation=mark(
            "A unit is in a joint report and sent its own as well, or is in two joint reports. Counting both could "
            "count the same people twice, so only the other file is counted; this one is superseded. Ask the units "
            "whether the joint report holds these figures, and keep only one of the two."
        ),
        dimension="consistency",
    ),
    FindingType(
        "children-undeclared",
        "error",
        mark(
            "neither form nor list of units says whether the figures of {parent} include "
            "those of {name}; only {parent} is counted"
        ),
        mark("ask {parent}, and write 是 or 否 into the column 含下级 of the list of units"),
        title=mark("Does the parent include the sub-unit?"),
        explanation=mark(
            "A unit and one above it both reported, and neither the form nor the list of units says whether "
            "the figures of the upper one include those of the lower one. To count nothing twice, only the "
            "upper unit is counted, so that the total may be too low. Ask, and write 是 or 否 into the column "
            "含下级 of the list of units."
        ),
        dimension="consistency",
    ),
    FindingType(
        "children-included",
        "info",
        mark("the figures of {parent} include those of {name}; only {parent} is counted"),
        title=mark("Counted with the parent"),
        explanation=mark(
            "The unit above this one declares that its figures include its sub-units, in its form or in the list of "
            "units. This submission is superseded, so that nothing counts twice, and the unit counts as reported. "
            "Nothing need be done."
        ),
        dimension="consistency",
    ),
    FindingType(
        "children-of-other-round",
        "error",
        mark(
            "{parent} includes the figures of {name}, but sent nothing for this round; what {name} reports here by "
            "round (本期) is in no total"
        ),
        mark("ask {parent} for this round as well"),
        title=mark("A sub-unit's round that its superior unit did not report"),
        explanation=mark(
            "The form has cumulative figures, which the superior unit's last round holds for its sub-units, "
            "and figures of one round alone, which it does not. Counted as well, the first would count twice; "
            "so the sub-unit's form is left out until the superior unit reports this round."
        ),
        dimension="completeness",
    ),
    FindingType(
        "children-disagree",
        "warning",
        mark("the form says that its figures are {said}下级单位, the list of units says {listed}; the form counts"),
        mark("ask the unit, and correct the column 含下级 of the list of units"),
        instruction=mark(
            "check whether your figures include those of your sub-units, and choose again where it is wrong"
        ),
        title=mark("Form and list disagree about sub-units"),
        explanation=mark(
            "The form ticks 含 or 不含下级单位, and the list of units says the opposite. The form counts, because it "
            "is newer than the list. Ask the unit, and correct the column 含下级 of the list of units."
        ),
        dimension="consistency",
    ),
    FindingType(
        "superseded-by-revision",
        "info",
        mark("{other} counts instead: it is a later correction of the returned form; {differences}"),
        title=mark("A corrected returned form counts instead"),
        explanation=mark(
            "The unit sent the form several times, and the other file is a later correction: each returned form "
            "(退回表) carries a number that grows. The other file counts, this one is kept and not counted. Findings "
            "about this file are only notes now; the message lists what differs."
        ),
    ),
    FindingType(
        "superseded-by-arrival",
        "info",
        mark("{other} counts instead: it was received later ({newer} instead of {older}); {differences}"),
        title=mark("A later arrival counts instead"),
        explanation=mark(
            "The unit sent the form several times, and the other file lies in a folder or archive with a "
            "later day in its name, as in “收到6月27日”. The other file counts, this one does not. If that "
            "is wrong, leave the other file out by a decision (剔除)."
        ),
    ),
    FindingType(
        "superseded-by-date",
        "info",
        mark("{other} counts instead: its 填报日期 is later ({newer} instead of {older}); {differences}"),
        title=mark("A later date in the form counts instead"),
        explanation=mark(
            "The unit sent the form several times, and the other one has a later 填报日期 in it. The other file "
            "counts, this one does not. If that is wrong, leave the other file out by a decision (剔除)."
        ),
    ),
    FindingType(
        "superseded-by-name",
        "info",
        mark("{other} counts instead: its name says that it is the newer one; {differences}"),
        title=mark("A newer name counts instead"),
        explanation=mark(
            "The unit sent the form several times, and the name of the other file says that it is newer: "
            "更正, 第2版, v3, 最终. The other file counts, this one does not. If that is wrong, leave the "
            "other file out by a decision (剔除)."
        ),
    ),
    FindingType(
        "superseded-by-file-time",
        "info",
        mark("{other} counts instead: its file was changed later; {differences}"),
        title=mark("A file changed later counts instead"),
        explanation=mark(
            "The unit sent the form several times, and nothing but the time at which the files were last "
            "changed tells which is newer. The other file counts, this one does not. Copying can change that "
            "time, so look once at what differs; if it is wrong, leave the other file out by a decision "
            "(剔除)."
        ),
    ),
    FindingType(
        "superseded-by-void",
        "info",
        mark("{other} counts instead: the name of this file says that it does not count; {differences}"),
        title=mark("Superseded: its name says that it does not count"),
        explanation=mark(
            "A file called 作废, 草稿, 旧版, 示例 or the like never stands before one that is not, whatever "
            "their dates. Its figures are in no total."
        ),
    ),
    FindingType(
        "superseded-by-folder",
        "warning",
        mark("{other} counts instead: this file lies in another unit's folder; {differences}"),
        mark("ask whose form it is; somebody may have forgotten to change the unit's name in it"),
        title=mark("Superseded: it lies in another unit's folder"),
        explanation=mark(
            "Two forms name the same unit, and one of them lies in a folder, or has a file name, of another "
            "unit. A form that was passed on and not renamed must not replace the figures of the unit it "
            "still names, so the other one counts."
        ),
    ),
    FindingType(
        "superseded-by-partial",
        "error",
        mark("{other} is newer and counts instead, but holds only {holds} figures where this one holds {held}"),
        mark(
            "if it only corrects single figures, leave it out (decide --drop) and decide those figures; "
            "if it is complete, accept this finding"
        ),
        title=mark("Superseded by a form with far fewer figures"),
        explanation=mark(
            "The newer form of the unit holds less than half of the figures of the one before. It may be a "
            "correction of single figures (更正, 补充) that was not meant to replace the whole form; then "
            "most of the unit's figures would be missing from the totals."
        ),
    ),
    FindingType(
        "earlier-round",
        "info",
        mark("a later round was reported as well ({other}); the totals hold that one"),
        title=mark("An earlier round"),
        explanation=mark(
            "The unit reported in several rounds (期), and a total holds the figures of its latest one only. This "
            "submission is accepted, and stays out of the totals. Nothing need be done."
        ),
        dimension="timeliness",
    ),
    FindingType(
        "earlier-round-added",
        "info",
        mark(
            "a later round was reported as well ({other}); what is counted by round (本期) is added to it, "
            "of what is counted cumulatively (累计) the totals hold the later"
        ),
        title=mark("A round that is added to a later one"),
        explanation=mark(
            "The unit reported several rounds of this form. The campaign file says of each figure whether it counts "
            "the round alone or all since the start; the first are added up over the rounds, of the others the last "
            "round counts. Nothing need be done."
        ),
        dimension="timeliness",
    ),
    FindingType(
        "earlier-round-partial",
        "error",
        mark(
            "{other} of a later round does not report for {names}; what this one holds for them of cumulative "
            "figures (累计) is in no total"
        ),
        mark("ask {names} for the later round as well"),
        title=mark("A joint report of which only a part was reported again"),
        explanation=mark(
            "Several units reported together, and in a later round only some of them did. Nobody can take a part out "
            "of the figures of a joint report, so that of cumulative figures only the later report is counted."
        ),
        dimension="completeness",
    ),
    FindingType(
        "round-unknown",
        "error",
        mark("nothing tells which round this belongs to, so it is left out of the totals; {other} is counted"),
        mark(
            "write the date (填报日期) into the form, or put the file into a folder that is named after the day on "
            "which it arrived, as 2022-06-08"
        ),
        instruction=mark("write the date (填报日期) into the form"),
        title=mark("A form of no round beside others of the same unit"),
        explanation=mark(
            "The form is due in several rounds, and neither its stamp nor its folder nor a date in it says "
            "for which one it was sent. It may be a round of its own or another copy of one that is counted, "
            "so it is not added."
        ),
        dimension="timeliness",
    ),
)
