"""What services allow, by host: shared by all sources of a host, of whatever type they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The least pause between two requests, and how many may be under way (None: as configured)."""

    pause: timedelta
    at_once: int | None = 1


def _every(seconds: float, at_once: int | None = 1) -> Limit:
    return Limit(pause=timedelta(seconds=seconds), at_once=at_once)


#: By the end of the host's name. Stated by the service where it states one, else what its users were told to keep to.
LIMITS = {
    "sec.gov": _every(
        0.15
    ),  # 10 requests a second over all machines, with a contact; a block lasts ten minutes.
    "company-information.service.gov.uk": _every(0.5),  # 600 in five minutes
    "api.gleif.org": _every(1),  # 60 a minute
    "api.ted.europa.eu": _every(1),
    "api.usaspending.gov": _every(1),
    "www.federalregister.gov": _every(1),
    "clinicaltrials.gov": _every(1.2),  # about 50 a minute
    "api.fda.gov": _every(0.25),  # 240 a minute
    "crt.sh": _every(60),  # a free service run by few people
    "crates.io": _every(1),
    "itunes.apple.com": _every(3),  # about 20 a minute
    "api.github.com": _every(1),
    "api.gdeltproject.org": _every(5),  # one in five seconds
    "web.archive.org": _every(2.5),  # 24 searches a minute
    "export.arxiv.org": _every(3),  # one in three seconds, one connection
    "www.wikidata.org": _every(1),
    "api.lever.co": _every(0.5),
    "api.smartrecruiters.com": _every(2),
    "myworkdayjobs.com": _every(2),
    "reddit.com": _every(1),
    "hn.algolia.com": _every(0.5),
}


@lru_cache(maxsize=4_096)
def limit_of(host: str) -> Limit | None:
    """Return what the service at a host allows; None where nothing is known of it."""
    labels = host.lower().rstrip(".").split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels)))
    return next((LIMITS[ending] for ending in endings if ending in LIMITS), None)
