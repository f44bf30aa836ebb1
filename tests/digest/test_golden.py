"""Three readers' mails stay as they were looked at and found good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.digest.golden_mails import READERS, files, render


@pytest.mark.parametrize("name", READERS)
def test_a_mail_is_the_one_that_was_looked_at(name: str, tmp_path: Path) -> None:
    for path, text in files(name, render(name, tmp_path)).items():
        assert text == path.read_text(encoding="utf-8"), (
            f"{path.name} differs; see tests/digest/golden_mails.py"
        )
