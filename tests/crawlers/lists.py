"""Lists of links, and what is told of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from config.settings import DetectionSettings
from extract.run import run_extract
from store.models.evidence import ChangeRow
from tests.crawlers.conftest import Watch
from tests.crawlers.site import PROSE, Reply


def listing(*names: str) -> Reply:
    """Return a listing page with links to these pages."""
    links = "".join(f'<li><a href="{name}">About {name.strip("/")}</a></li>' for name in names)
    return Reply(
        f"<html><body><main><h1>News of Northbeam</h1><p>{PROSE}</p><ul>{links}</ul></main></body></html>".encode()
    )


def told(watch: Watch) -> dict[str, str]:
    """Extract what waits; return what each change says, by the path of its address."""
    with watch.database.write() as session:
        while run_extract(session, watch.now, DetectionSettings()):
            pass
    with watch.database.read() as session:
        rows = session.query(ChangeRow).all()
        return {urlsplit(row.url).path: " | ".join(row.added) for row in rows}
