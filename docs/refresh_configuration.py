"""Writes the tables of configuration.md anew: ``python docs/refresh_configuration.py``."""

from __future__ import annotations

from pathlib import Path

from config.document import refreshed
from crawlers.registry import catalogue

PAGE = Path(__file__).with_name("configuration.md")

if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text("utf-8"), catalogue()), encoding="utf-8")
