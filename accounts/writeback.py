"""Health and exposure into the fields that a CRM's connection names; only what differs from the last time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.errors import ConnectionFailedError
from accounts.sync import system_of
from accounts.systems import Access
from accounts.taking import type_of
from config.connections import CrmConfig, WriteBack
from store.connections import account_links, connection_state, note_failure, note_written
from store.data_problems import DataProblem, ProblemKind, replace_problems
from store.database import Database
from store.health import Health, latest_health
from store.records import JsonObject

log = logging.getLogger(__name__)

REFUSED = "written back: "


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBackReport:
    """How many companies were written, and how many the system refused."""

    connection: str
    written: int = 0
    refused: int = 0
    error: str | None = None

    def __str__(self) -> str:
        if self.error:
            return f"{self.error}; what was not written waits"
        return f"{self.connection}: wrote health of {self.written} accounts back, {self.refused} refused"


def write_health_back(database: Database, access: Access) -> WriteBackReport:
    """Write what differs into the connection's system. What fails is tried again the next time."""
    config = access.config
    if not isinstance(config, CrmConfig) or not config.write_back.is_wanted:
        return WriteBackReport(connection=config.key)
    with database.read() as session:
        state = connection_state(session, config.key)
        links = account_links(session, state.id) if state else {}
        health = latest_health(session)
    wanted = {
        company: shown_fields(config.write_back, health[link.account_id])
        for company, link in links.items()
        if link.account_id in health
    }
    updates = {company: fields for company, fields in wanted.items() if fields != links[company].written}
    if state is None or not updates:
        return WriteBackReport(connection=config.key)
    try:
        refused = system_of(access).write_back(access, updates)
    except ConnectionFailedError as error:
        log.warning("write-back failed", extra={"connection": config.key, "reason": error.reason.value})
        with database.write() as session:
            note_failure(session, config.key, type_of(access), str(error), access.now)
        return WriteBackReport(connection=config.key, error=str(error))
    written = {company: fields for company, fields in updates.items() if company not in refused}
    problems = [_refusal(config.key, links[company].account_key, why) for company, why in refused.items()]
    with database.write() as session:
        note_written(session, state.id, written)
        subjects = [REFUSED + links[company].account_key for company in updates]
        replace_problems(session, config.key, subjects, problems, access.now)
    return WriteBackReport(connection=config.key, written=len(written), refused=len(refused))


def shown_fields(names: WriteBack, health: Health) -> JsonObject:
    """Return the values by field name; unknown figures are written as empty, an unknown exposure is left as it was."""
    index, score = health.competitor_activity_index, health.score
    found: Mapping[str | None, object] = {
        names.index: None if index is None else round(index),
        names.score: None if score is None else round(score),
        names.band: health.band.value,
    }
    fields = {name: value for name, value in found.items() if name is not None}
    if names.exposed is not None and index is not None:
        fields[names.exposed] = index >= names.exposed_from
    return fields


def _refusal(connection: str, account: str, why: str) -> DataProblem:
    return DataProblem(
        origin=connection,
        subject=REFUSED + account,
        field="write_back",
        kind=ProblemKind.IMPOSSIBLE,
        message=f"the system refused the health of '{account}': {why[:200]}",
        remedy="mend it there; it is tried again after the next health",
    )
