"""What was ever published leads on, or says why it is gone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.corrections import WITHDRAWN, check_published, led_on
from sourcebook.comparing.release_changes import ReleaseRecord
from sourcebook.errors import SourcebookError

RECORDS = [
    ReleaseRecord("0.1.0", {}, {("claim", "acme-2021/sales"): {}}),
    ReleaseRecord(
        "0.2.0", {}, {("claim", "acme-2021/sales"): {}, ("question", "gas/q"): {}}
    ),
]
KNOWN = {("claim", "acme-2021/sales"): "acme-2021/sold", ("question", "gas/q"): "gas/q"}


def withdraw(root, text):
    path = root / WITHDRAWN
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")


def test_names_lead_from_what_was_to_what_is():
    claim = SimpleNamespace(
        id="acme-2021/sold", names=("acme-2021/sold", "acme-2021/x")
    )
    answer = SimpleNamespace(id="gas/q", names=("gas/q", "gas/p"))
    fact = SimpleNamespace(id="b", names=("b", "a"))
    assert led_on([claim], [answer], SimpleNamespace(facts=(fact,))) == {
        ("claim", "acme-2021/sold"): "acme-2021/sold",
        ("claim", "acme-2021/x"): "acme-2021/sold",
        ("question", "gas/q"): "gas/q",
        ("question", "gas/p"): "gas/q",
        ("fact", "b"): "b",
        ("fact", "a"): "b",
    }


def test_a_book_in_which_all_names_lead_on_passes(tmp_path):
    check_published(RECORDS, KNOWN, tmp_path)


def test_a_name_that_is_gone_is_a_fault_of_its_own_file(tmp_path):
    with pytest.raises(SourcebookError) as caught:
        check_published(RECORDS, {("question", "gas/q"): "gas/q"}, tmp_path)
    (fault,) = caught.value.faults
    assert fault.file == "seeds/acme-2021.yml"
    assert "acme-2021/sales: published in 0.2.0, and gone" in fault.fault
    assert "formerly" in fault.fix
    assert WITHDRAWN in fault.fix


def test_a_name_that_is_withdrawn_with_a_reason_may_go(tmp_path):
    withdraw(tmp_path, "claims: {acme-2021/sales: The passage is of another firm.}\n")
    check_published(RECORDS, {("question", "gas/q"): "gas/q"}, tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "questions: {gas/q: So.}\n", "there is such a question", id="there"
        ),
        pytest.param("claims: {acme-2021/no: So.}\n", "never published", id="never"),
        pytest.param('questions: {gas/q: ""}\n', "still blank", id="no-reason"),
        pytest.param("claim: {}\n", "claim", id="no-such-part"),
    ],
)
def test_a_line_that_withdraws_nothing_is_a_fault(tmp_path, text, fault):
    withdraw(tmp_path, text)
    with pytest.raises(SourcebookError, match=fault):
        check_published(RECORDS, KNOWN, tmp_path)
