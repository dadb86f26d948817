"""What a notebook may use is a setting of the book."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.running.execution_record import Limits


def test_limits_come_from_the_settings(tmp_path):
    assert Limits.of(tmp_path) == Limits()
    settings = "{sourcebook_notebook_timeout: 9, sourcebook_output_limit: 1.5}"
    (tmp_path / "_config.yml").write_text(
        f"execute: {{timeout: 7}}\nsphinx: {{config: {settings}}}\n"
    )
    limits = Limits.of(tmp_path)
    assert limits == Limits(cell=7, notebook=9, megabytes=1.5)
    assert limits.bytes == 1_500_000


@pytest.mark.parametrize("value", ["0", "-1", "soon", "true"])
def test_a_limit_that_is_none_is_refused(tmp_path, value):
    (tmp_path / "_config.yml").write_text(f"execute: {{timeout: {value}}}\n")
    with pytest.raises(SourcebookError, match=r"timeout: .* is not a limit"):
        Limits.of(tmp_path)
