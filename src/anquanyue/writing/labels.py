"""Words of the workbooks that writing prints and reading looks for."""

from typing import Final

NOTES_LABEL: Final = "备注/典型做法"
BLANKS_ARE_ZERO_LABEL: Final = "空白项均未开展，按0计"
EVIDENCE_LABEL: Final = "佐证材料"
STAMP_ROOM_LABEL: Final = "（盖章处）"
INCLUDES_CHILDREN_LABEL: Final = "本表数据是否包含下级单位"
INCLUDES_CHILDREN_OPTIONS: Final = ("含", "不含")
