"""Running again over what was seen: nothing differs while nothing changed, and a changed setting shows its effect."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.configuration import Configuration
from service import cli
from service.pipeline import Pipeline
from service.replay import Effect, ReplayReport, replay
from store.blobs import put_blob
from store.database import Database
from store.kinds import FetchState, Look
from store.replays import Result, results
from store.snapshots import Snapshot, add_snapshot
from store.sources import list_sources, record_attempt

BEGIN = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
ALL = datetime(2000, 1, 1, tzinfo=UTC)
SETTINGS = "detection: {confirm_from_impact: 1}\n"
RIVAL = """
name: Northbeam Identity
domain: northbeam.example
aliases: [Northbeam]
market: identity-verification
products: [{name: VerifyFlow, tags: [kyc]}]
sources:
  - https://northbeam.example/pricing
  - https://northbeam.example/team
  - {type: feed, url: "https://northbeam.example/news.xml"}
"""
ACCOUNTS = """
- {key: harbour-bank, name: Harbour Bank, industry: banking, uses: [kyc], rivals_present: [northbeam]}
- {key: quiet-mill, name: Quiet Mill}
"""


def pricing(price: int) -> bytes:
    return (
        "<html><head><title>Pricing</title></head><body><main><h1>Plans</h1><table><tr><th>Plan</th><th>Price</th></tr>"
        f"<tr><td>Pro</td><td>${price} per month</td></tr></table>"
        "<p>Every plan comes with support by mail and a yearly review of what you use.</p></main></body></html>"
    ).encode()


def team(*people: str) -> bytes:
    cards = "".join(f"<div><h3>{name}</h3><p>Chief Revenue Officer</p></div>" for name in people)
    return f"<html><title>Team</title><body><main><h1>Our team</h1>{cards}</main></body></html>".encode()


def news(*titles: str) -> bytes:
    items = "".join(f"<item><guid>{title}</guid><title>{title}</title></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


#: By day after `BEGIN`: what each source shows; None for a page that was blocked.
SEEN: dict[int, dict[str, bytes | None]] = {
    0: {"pricing": pricing(49), "team": team("Mara Quill"), "feed-news": news("Hello")},
    3: {"pricing": pricing(59), "feed-news": news("Hello", "Northbeam wins Harbour Bank as a customer of VerifyFlow")},
    5: {"team": None},
    8: {"team": team("Mara Quill", "Ivo Brandt"), "pricing": pricing(69)},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the configuration and the database are."""
    return tmp_path_factory.mktemp("replay")


@pytest.fixture(scope="module")
def pipeline(folder: Path) -> Pipeline:
    """A database in which four visits were processed, each at its time."""
    config = folder / "config"
    (config / "competitors").mkdir(parents=True)
    (config / "settings.yaml").write_text(SETTINGS)
    (config / "competitors" / "northbeam.yaml").write_text(RIVAL)
    (config / "accounts.yaml").write_text(ACCOUNTS)
    made = Pipeline.open(config, f"sqlite:///{folder}/real.db", folder)
    made.synchronise(BEGIN)
    for day, pages in SEEN.items():
        at = BEGIN + timedelta(days=day)
        for name, body in pages.items():
            _store(made.database, name, body, at)
        made.process(at + timedelta(minutes=5))
    return made


def _store(database: Database, name: str, body: bytes | None, at: datetime) -> None:
    state = FetchState.OK if body else FetchState.BLOCKED
    with database.write() as session:
        [source] = [one for one in list_sources(session) if one.key.startswith(f"northbeam/{name}")]
        add_snapshot(
            session,
            Snapshot(
                id=0,
                source_id=source.id,
                url=source.url,
                look=Look.REGULAR,
                fetched_at=at,
                state=state,
                status=200 if body else 403,
                content_type="text/xml" if name.startswith("feed") else "text/html",
                blob_sha256=put_blob(session, body) if body else None,
            ),
        )
        record_attempt(session, source.id, state, None if body else "forbidden: no", at, at)


def again(pipeline: Pipeline, since: datetime = ALL) -> ReplayReport:
    return replay(pipeline.database, pipeline.configuration, pipeline.environment, since=since)


def whole(pipeline: Pipeline) -> list[Result]:
    with pipeline.database.read() as session:
        return list(results(session, ALL))


def strict(configuration: Configuration) -> Configuration:
    linking = configuration.settings.linking.model_copy(update={"threshold": 0.999})
    return replace(configuration, settings=configuration.settings.model_copy(update={"linking": linking}))


def test_replay_over_unchanged_code_and_settings_shows_no_difference(pipeline: Pipeline) -> None:
    report = again(pipeline)
    assert report.divergences == ()
    assert report.moments >= 4
    assert report.compared["change"] >= 3
    assert report.compared["signal"] >= 3
    assert report.compared["exposure"] >= 1
    assert report.compared["health"] == 8


def test_a_changed_setting_shows_exactly_its_effect_and_leaves_the_real_database_alone(
    pipeline: Pipeline,
) -> None:
    exposures = [one for one in whole(pipeline) if one.kind == "exposure"]
    before = whole(pipeline)
    report = replay(pipeline.database, strict(pipeline.configuration), pipeline.environment, since=ALL)
    assert whole(pipeline) == before
    lost = {one.result.key for one in report.divergences if one.effect is Effect.LOST}
    assert lost == {one.key for one in exposures}
    assert {one.result.kind for one in report.divergences} <= {"exposure", "health"}
    altered = [one for one in report.divergences if one.effect is Effect.ALTERED]
    assert {one.result.key[0] for one in altered} == {"harbour-bank"}
    assert all("activity" in one.fields for one in altered)


def test_only_what_is_of_the_time_asked_for_is_compared(pipeline: Pipeline) -> None:
    report = again(pipeline, BEGIN + timedelta(days=7))
    assert report.divergences == ()
    assert report.compared["health"] == 2
    assert 0 < report.compared["change"] < sum(one.kind == "change" for one in whole(pipeline))


def test_the_command_says_what_differs_in_lines_and_as_json(pipeline: Pipeline, folder: Path) -> None:
    begin = ["--config", str(folder / "config"), "--db", pipeline.database.url]
    same = CliRunner().invoke(cli.app, [*begin, "replay"])
    assert (same.exit_code, same.stdout) == (0, "")
    assert "none differs" in same.stderr
    settings = folder / "config" / "settings.yaml"
    settings.write_text(f"{SETTINGS}classify: {{review_below: 1.0}}\n")
    other = CliRunner().invoke(cli.app, [*begin, "replay", "--json"])
    lines = [json.loads(line) for line in other.stdout.splitlines()]
    reviews = [line for line in lines if line["kind"] == "signal"]
    assert reviews
    assert all(line["effect"] == "altered" for line in reviews)
    assert {"stored": False, "replayed": True} in [line["fields"].get("review") for line in reviews]
