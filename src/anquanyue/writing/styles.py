"""The looks of the forms' cells.

Excel has no list of fallback fonts; family and character set (134: GB 2312) tell it, WPS and LibreOffice what to take
where an official font is not installed (ECMA-376, part 1, 18.8.18 and 18.4.1).
"""

from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

TITLE_FONT: Final = Font(name="方正小标宋简体", size=22, family=1, charset=134)
HEADING_FONT: Final = Font(name="黑体", size=12, family=3, charset=134)
BODY_SIZE: Final = 12
BODY_FONT: Final = Font(name="仿宋_GB2312", size=BODY_SIZE, family=3, charset=134)
SCREEN_FONT: Final = Font(name="宋体", size=11, family=1, charset=134)
SCREEN_BOLD: Final = Font(name="宋体", size=11, bold=True, family=1, charset=134)
SMALL_FONT: Final = Font(name="宋体", size=9, family=1, charset=134, color="FF7F7F7F")
ENTRY_FONT: Final = Font(name="宋体", size=12, family=1, charset=134, color="FF1F3864")

_LINE: Final = Side(style="thin", color="FF808080")
GRID: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
TOP: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)

TO_FILL_IN: Final = PatternFill("solid", fgColor="FFFFF2CC")
HEADING_FILL: Final = PatternFill("solid", fgColor="FFDDEBF7")
NOT_ASKED_FILL: Final = PatternFill("solid", fgColor="FFF2F2F2")
FILLED_IN: Final = PatternFill("solid", bgColor="FFF4FAF0")
CONTRADICTION: Final = PatternFill("solid", bgColor="FFFFC7CE")
UNLOCKED: Final = Protection(locked=False)
