"""Writes the world's configuration as the YAML files that an analyst would have written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from demo.world.accounts import ACCOUNTS, SUBSCRIBERS, AccountRecord, SubscriberRecord
from demo.world.records import Rival, SourceRecord
from demo.world.state import rivals_at

JsonObject = dict[str, Any]

#: Settings that differ from the defaults, and why: the world is ours, on loopback, and waits for nobody.
SETTINGS: JsonObject = {
    "company": "Lanternfield",
    "currency": "USD",
    "crawl": {
        "contact": "demo@us.example",
        "delay": "0s",
        "concurrency_per_host": 4,
        "allow_hosts": ["*.localhost"],
    },
    "detection": {"confirm_after": "0s"},
    "mail": {
        "delivery": "folder",
        "folder": "mail",
        "sender": "rivalwatch@us.example",
        "sender_name": "Rivalwatch",
    },
}


def write_configuration(folder: Path, port: int, *, today: date | None = None, web_port: int = 8000) -> None:
    """Write the configuration for a world served on ``port``; files already there are replaced.

    ``today`` is the day from which renewals are counted, ``web_port`` where the dashboard will be served.
    """
    day = datetime.now(UTC).date() if today is None else today
    (folder / "competitors").mkdir(parents=True, exist_ok=True)
    for rival in rivals_at(1):
        _write(folder / "competitors" / f"{rival.key}.yaml", competitor(rival, port))
    _write(folder / "accounts.yaml", [account(record, day) for record in ACCOUNTS])
    _write(folder / "subscribers.yaml", [subscriber(record) for record in SUBSCRIBERS])
    web = {"port": web_port, "base_url": f"http://127.0.0.1:{web_port}"}
    _write(folder / "settings.yaml", {**SETTINGS, "web": web})
    health = files("config").joinpath("health.yaml").read_text("utf-8")
    (folder / "health.yaml").write_text(health, encoding="utf-8")


def competitor(rival: Rival, port: int) -> JsonObject:
    """Return a rival as its YAML file says it."""
    return {
        "name": rival.name,
        "domain": f"{rival.key}.localhost",
        "aliases": [rival.legal],
        "market": rival.market,
        "industries": list(rival.industries),
        "products": [{"name": product.name, "tags": list(product.tags)} for product in rival.products],
        "sources": [source_entry(rival, source, port) for source in rival.sources],
    }


def source_entry(rival: Rival, source: SourceRecord, port: int) -> JsonObject:
    """Return a source as its YAML entry says it."""
    entry: JsonObject = {"type": source.type, "name": source.name}
    if source.type == "edgar":
        return {**entry, "cik": rival.cik, "base": f"http://sec.localhost:{port}"}
    if source.type == "greenhouse":
        return {**entry, "board": rival.key, "base": f"http://greenhouse.localhost:{port}"}
    if source.type == "github-releases":
        return {**entry, "repo": rival.repo, "base": f"http://github.localhost:{port}"}
    entry["url"] = f"http://{rival.key}.localhost:{port}{source.path}"
    if source.render == "browser":
        entry["render"] = "browser"
    return entry


def account(record: AccountRecord, today: date) -> JsonObject:
    """Return an account as its YAML entry says it."""
    return {
        "key": record.key,
        "name": record.name,
        "aliases": list(record.aliases),
        "domain": f"{record.key.replace('-', '')}.example",
        "tier": record.tier,
        "owner": record.owner,
        "industry": record.industry,
        "segment": record.segment,
        "regions": list(record.regions),
        "uses": list(record.uses),
        "rivals_present": list(record.rivals_present),
        "stakeholders": [{"name": name, "role": role} for name, role in record.stakeholders],
        "renewal": today + timedelta(days=record.renewal_in),
        "arr": record.arr,
        "metrics": dict(record.metrics),
    }


def subscriber(record: SubscriberRecord) -> JsonObject:
    """Return a subscriber as its YAML entry says it."""
    return {
        "email": record.email,
        "name": record.name,
        "timezone": record.timezone,
        "send": record.send,
        "accounts": record.accounts,
        "competitors": "all",
        "categories": list(record.categories) or "all",
        "min_impact": record.min_impact,
        "cadence": list(record.cadence),
    }


def _write(path: Path, data: object) -> None:
    yaml = YAML(typ="safe")
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 118
    yaml.allow_unicode = True
    with path.open("w", encoding="utf-8") as target:
        yaml.dump(data, target)
