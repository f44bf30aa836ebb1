from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.accounts.vendors import Vendor, serve_vendor


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    """A server that speaks like the connected systems."""
    with serve_vendor() as running:
        yield running
