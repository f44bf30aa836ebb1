"""The steps of the pipeline as work that any process may be asked to do: under a lock, and by name.

A step finds its work in the database, so asking twice is harmless, and a request that is lost is made good by the next.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawlers.visits import lane_of
from service.pipeline import Pipeline
from store.kinds import Look
from store.locks import hold

log = logging.getLogger(__name__)

HOSTS_A_CRAWL = 25  # One crawl is one process and takes a second to start, so hosts share it.

Work = Callable[[Pipeline, datetime], int]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, and which steps are worth asking for at once if anything was."""

    work: Work
    then: tuple[str, ...] = ()


STEPS: dict[str, Step] = {
    "extract": Step(lambda pipeline, now: pipeline.extract(now), ("classify",)),
    "classify": Step(lambda pipeline, now: pipeline.classify(now), ("link",)),
    "link": Step(lambda pipeline, now: pipeline.link(now), ("health",)),
    "health": Step(lambda pipeline, now: pipeline.merge_health(now)),
    "compose": Step(lambda pipeline, now: pipeline.compose(now), ("deliver",)),
    "deliver": Step(lambda pipeline, now: pipeline.deliver(now).sent),
    "connect": Step(lambda pipeline, now: len(pipeline.connect(now)), ("health",)),
    "write-back": Step(lambda pipeline, now: len(pipeline.write_back(now))),
    "prune": Step(lambda pipeline, now: pipeline.prune(now).snapshots),
}


def run_step(name: str, pipeline: Pipeline, now: datetime) -> tuple[str, ...]:
    """Do a step until nothing waits for it; return the steps to ask for next.

    Nothing is done if another process is at the same step: that one goes on until nothing waits.
    """
    step = STEPS[name]
    with hold(pipeline.database, [f"step {name}"]) as held:
        handled = step.work(pipeline, now) if held else 0
    if handled:
        log.info("step done", extra={"step": name, "handled": handled})
    return step.then if handled else ()


def plan_crawls(pipeline: Pipeline, now: datetime, look: Look) -> list[list[str]]:
    """Return the keys of the sources to look at now, parted into crawls; all sources of a host are in the same one."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for source in pipeline.wanted(now, look):
        hosts[lane_of(source)].append(source.key)
    groups = list(hosts.values())
    return [
        [key for keys in groups[start : start + HOSTS_A_CRAWL] for key in keys]
        for start in range(0, len(groups), HOSTS_A_CRAWL)
    ]


def crawl_hosts(pipeline: Pipeline, keys: Sequence[str], look: Look, now: datetime) -> int:
    """Look at those of the sources that still want it and whose host nobody else is at; return how many."""
    asked = set(keys)
    hosts = {lane_of(source) for source in pipeline.wanted(now, look) if source.key in asked}
    with hold(pipeline.database, hosts) as held:
        # Asked again under the lock: who held a host before has moved the time of its sources.
        sources = [
            source for source in pipeline.wanted(now, look) if source.key in asked and lane_of(source) in held
        ]
        if sources:
            pipeline.look_at(sources, look)
            log.info("sources looked at", extra={"look": look.value, "sources": len(sources)})
    return len(sources)
