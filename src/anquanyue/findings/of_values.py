"""Correctness: findings about what stands in a blank."""

from typing import Final

from anquanyue.findings.kind import FindingType
from anquanyue.language import mark

TYPES: Final = (
    FindingType(
        "value-not-a-number",
        "error",
        mark("“{label}” must be a whole number, found “{value}”"),
        mark("write the number alone, in digits, without words or units"),
        title=mark("Not a number"),
        explanation=mark(
            "Something stands in the blank that is not one number for certain, for example “300-400”, “全员” or “10²”. "
            "It is not guessed: the value stays out of the total, which says that this unit is missing; all other "
            "values of the form count. Ask the unit for the number, in digits alone."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-other-unit",
        "error",
        mark("“{label}” is counted in {unit}, found “{value}”"),
        mark("ask how many {unit} it were, and write the number alone"),
        instruction=mark("write how many {unit} it were, the number alone"),
        title=mark("Counted in another unit"),
        explanation=mark(
            "A number stands in the blank with a unit that counts something else than the form asks for, for example "
            "“3天” where 场 are asked for. The value stays out of the total, because three days are not three events; "
            "all other values count. Ask the unit for the number of what the form counts."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-date",
        "error",
        mark("“{label}” must be a whole number, found the date or time {value}"),
        mark(
            "Excel turned what was typed, probably {typed}, into a date or time; format the cell as "
            "a number and type the figure again"
        ),
        instruction=mark(
            "type the figure again: what was typed, probably {typed}, was turned into a date or time by Excel"
        ),
        title=mark("A date instead of a number"),
        explanation=mark(
            "Excel turned what was typed into a date or a time: “12/3”, for two figures or a fraction, becomes 3 "
            "December. What was meant cannot be told for certain, so the value stays out of the total; all other "
            "values count. Ask for the figure, format the cell as a number and type it again."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-maybe-date",
        "warning",
        mark("“{label}” is {value}, which is how Excel keeps the date {typed}; counted as {value}"),
        mark("if {typed} was typed, for example for a fraction or two figures, ask for the figure; else it is fine"),
        instruction=mark("if {typed} was typed, write the figure that was meant; else leave it"),
        title=mark("A number that may be a date"),
        explanation=mark(
            "The number is exactly how Excel keeps a day of the campaign's year: 44898 is 3 December 2022, and is what "
            "a typed “12/3” becomes in a cell that is formatted as a number. It counts as it stands, which would be "
            "far too much if it was a date. Compare it with the unit's other figures, and ask if in doubt."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-negative",
        "error",
        mark("“{label}” must not be negative, found {value}"),
        mark("check the sign"),
        title=mark("Negative number"),
        explanation=mark(
            "A count cannot be below zero; “-3” is mostly a slip, or a dash in front of a 3. The value stays out of "
            "the total; all other values count. Ask the unit which number it is."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-not-whole",
        "error",
        mark("“{label}” must be a whole number, found {value}"),
        mark("write every digit of the number; 1.5万 is read as 15000"),
        title=mark("Not a whole number"),
        explanation=mark(
            "A count is a whole number; 2.5 may be an average or a number of 万 without the word. The value stays out "
            "of the total; all other values count. Ask the unit for every digit; “1.5万” is read as 15000."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-too-large",
        "error",
        mark("“{label}” is too large to be a count: {value}"),
        mark("check the number of digits"),
        title=mark("Number too large"),
        explanation=mark(
            "The number is above 1 000 000 000, more than anybody can count in a campaign: often a telephone number or "
            "two figures run together. The value stays out of the total; all other values count. Check the number of "
            "digits with the unit."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-not-in-list",
        "error",
        mark("“{label}” must be one of {options}, found “{value}”"),
        mark("choose exactly one from the list"),
        title=mark("Not one of the choices"),
        explanation=mark(
            "The blank asks for one of a few words, as 是 or 否, and holds something else or both ticks, as in "
            "“☑是☑否”. The value counts for nothing; all other values count. Ask the unit for exactly one of the "
            "choices."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-error",
        "error",
        mark("“{label}” shows an error of the spreadsheet: {value}"),
        mark("a formula in the cell is broken; type the figure instead"),
        title=mark("Spreadsheet error"),
        explanation=mark(
            "The cell shows an error such as #REF! or #DIV/0!: a formula in it lost what it refers to. There is no "
            "figure to count, so the field is missing in the total; all other values count. Ask the unit to type the "
            "figure instead of the formula."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-formula-without-result",
        "error",
        mark("“{label}” holds a formula whose result was not saved: {value}"),
        mark("open the file in Excel or WPS and save it, or type the figure instead"),
        instruction=mark("write the figure alone"),
        title=mark("Formula without a saved result"),
        explanation=mark(
            "The cell holds a formula, and the program that saved the file did not save its result, so that only the "
            "formula is there. Formulas are not calculated here; the value stays out of the total and all other values "
            "count. Opening the file in Excel or WPS and saving it once is mostly enough."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-not-a-date",
        "error",
        mark("“{label}” must be a date, found “{value}”"),
        mark("write it as 2022-6-28"),
        title=mark("Not a date"),
        explanation=mark(
            "The blank asks for a day, and what stands there cannot be read as one for certain, for example “6月底” or "
            "31 June. The figures of the form count all the same; without the date it cannot be told by it which of "
            "two forms is newer or whether one is late. Write it as 2022-6-28."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-malformed",
        "warning",
        mark("“{label}” does not look like {expected}"),
        mark("check it"),
        title=mark("Contact that does not look right"),
        explanation=mark(
            "A telephone number, mail address or the like does not have the shape of one: a digit is missing, or an @. "
            "It is kept as it was typed and not quoted here, because it is about a person; no figure depends on it. "
            "Check it in the form before you need it."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-several-cells",
        "error",
        mark("“{label}” has several cells filled in: {value}"),
        mark("leave the figure in one cell, next to the words"),
        title=mark("Several cells for one figure"),
        explanation=mark(
            "Around the words of one blank several cells are filled in with different things, for example 12 and 15. "
            "Nobody can tell which one is meant, so the value stays out of the total; the message quotes them all, and "
            "all other values count. Leave the figure in one cell, the one beside the words."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-aligned",
        "warning",
        mark("“{label}” was found although the words around it were changed: {context} (the form says: {expected})"),
        mark("compare the figure with the file"),
        instruction=mark("check the figure"),
        title=mark("Found beside changed words"),
        explanation=mark(
            "The words around the blank were changed, for example 签定 for 签订, and the blank was found by their "
            "similarity and by those around it. The value counts. The message shows both texts: compare them once, and "
            "the figure with the file."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-refused",
        "error",
        mark("“{label}” cannot be read for certain: {context}"),
        mark("read the figure in the file and ask the unit to write it into the blank form"),
        instruction=mark("write the figure alone"),
        title=mark("Cannot be read for certain"),
        explanation=mark(
            "Something was entered here that could be misread: the words around it were changed so that it could "
            "belong to another blank, a bracket is missing, it stands beside its own column or in one of several, it "
            "is counted in 万, or a remark behind it speaks of another number. It is quoted and not guessed: the value "
            "stays out of the total, and all other values count. Read the figure in the file, and ask the unit to "
            "write it into the blank form, or decide its value (改值)."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-approximate",
        "warning",
        mark("“{label}” is an approximation: {value}; counted as {number}"),
        mark("ask for the exact figure where it matters; the report marks the total"),
        instruction=mark("write the exact figure"),
        title=mark("Approximate number"),
        explanation=mark(
            "The unit wrote about how many there were, for example “约300人” or “4300余人”. The number counts as "
            "written, 300 or 4300, and the report marks the total as holding approximations. Ask for the exact figure "
            "where it matters."
        ),
        dimension="correctness",
    ),
    FindingType(
        "value-with-remark",
        "warning",
        mark("“{label}” has a remark beside the number: {value}; counted as {number}"),
        mark("compare the figure with the file"),
        instruction=mark("write the number alone; the remark belongs into 备注/典型做法"),
        title=mark("Number with a remark"),
        explanation=mark(
            "Beside the number stands a remark about a part of it, for example “5场（含线上2场）”. The first number "
            "counts, here 5, because the remark cannot mean another total. Compare it with the file once."
        ),
        dimension="correctness",
    ),
    FindingType(
        "link-malformed",
        "warning",
        mark("the evidence of “{label}” looks like a link but is none: {value}"),
        mark("ask for the link again; links are never opened here"),
        instruction=mark("paste the whole link again, or write down the names of the pictures"),
        title=mark("Link that is none"),
        explanation=mark(
            "As evidence something was given that begins like a link and is none, for example “http:/www.example” or "
            "one with a blank in it. The figure itself counts; only its evidence cannot be followed. Ask for the link "
            "again; links are never opened by this program."
        ),
        dimension="correctness",
    ),
    FindingType(
        "nil-counted-as-zero",
        "info",
        mark("{number} fields say that there was nothing (无, /), which counts as 0: {labels}"),
        title=mark("Nothing, counted as 0"),
        explanation=mark(
            "The unit wrote that there was nothing, as “无”, “/” or “未开展”, instead of 0. That is an answer and "
            "counts as 0, unlike a blank. Nothing need be done."
        ),
        dimension="completeness",
    ),
)
