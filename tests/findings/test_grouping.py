from anquanyue.findings import Finding
from anquanyue.findings.grouping import by_code, by_unit

NAMES = {"wujin": "武进区", "tianning": "天宁区", "xinbei": "新北区"}


def test_units_come_worst_first_then_as_the_roster_has_them() -> None:
    groups = by_unit(
        [
            Finding(code="file-ignored", unit="wujin"),
            Finding(code="form-without-keys", unit="xinbei"),
            Finding(code="form-without-keys", unit="tianning"),
            Finding(code="form-blank", unit="某某商店"),
            Finding(code="form-blank"),
            Finding(code="file-empty"),
        ],
        NAMES,
    )
    assert [group.name for group in groups] == ["", "某某商店", "天宁区", "新北区", "武进区"]


def test_within_a_unit_errors_come_first_and_equals_keep_their_order() -> None:
    codes = ("file-ignored", "form-without-keys", "form-blank", "form-newer-version", "file-empty")
    (group,) = by_unit([Finding(code=code, unit="wujin") for code in codes], NAMES)
    assert [finding.code for finding in group.findings] == [
        "form-blank", "file-empty", "form-without-keys", "form-newer-version", "file-ignored",
    ]  # fmt: skip
    assert group.counts == {"error": 2, "warning": 2, "info": 1}


def test_codes_are_counted_with_the_severity_that_they_were_found_with() -> None:
    findings = [
        Finding(code="form-without-keys"),
        Finding(code="form-without-keys"),
        Finding(code="form-without-keys", severity_override="info"),
        Finding(code="form-blank"),
    ]
    assert [(each.code, each.severity, each.number) for each in by_code(findings)] == [
        ("form-blank", "error", 1),
        ("form-without-keys", "warning", 2),
        ("form-without-keys", "info", 1),
    ]
