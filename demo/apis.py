"""The public interfaces of the world: filings, job boards, code releases, and the data of script-built pages."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from demo.calendar import written
from demo.pages import Visit, money, opening_path, slug, sorted_plans, upcoming
from demo.world.records import Filing, Opening, Release, Rival

JsonObject = dict[str, Any]


def submissions(rival: Rival, visit: Visit) -> JsonObject:
    """Return the rival's filings in the shape of the securities regulator: one array a column."""
    filed: Sequence[Filing] = sorted(rival.filings, key=lambda item: -item.day)
    moments = [visit.calendar.moment_of(item.day) for item in filed]
    recent = {
        "accessionNumber": [item.name for item in filed],
        "filingDate": [moment.date().isoformat() for moment in moments],
        "reportDate": [moment.date().isoformat() for moment in moments],
        "acceptanceDateTime": [moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in moments],
        "act": ["34" for _ in filed],
        "form": [item.form for item in filed],
        "fileNumber": ["001-40000" for _ in filed],
        "filmNumber": [str(26_000_000 + item.day) for item in filed],
        "items": [item.items for item in filed],
        "size": [40_000 + 13 * item.day for item in filed],
        "isXBRL": [1 for _ in filed],
        "isInlineXBRL": [1 for _ in filed],
        "primaryDocument": [f"{rival.key}-{moment:%Y%m%d}.htm" for moment in moments],
        "primaryDocDescription": [item.form for item in filed],
    }
    return {
        "cik": rival.cik,
        "entityType": "operating",
        "sic": "7372",
        "sicDescription": "Services-Prepackaged Software",
        "name": rival.legal,
        "tickers": [rival.key[:4].upper()],
        "exchanges": ["Nasdaq"],
        "fiscalYearEnd": "1231",
        "formerNames": [],
        "filings": {"recent": recent, "files": []},
    }


def job_board(rival: Rival, visit: Visit) -> JsonObject:
    """Return the rival's openings in the shape of the job board."""
    jobs = [_job(rival, opening, visit) for opening in rival.openings]
    return {"jobs": jobs, "meta": {"total": len(jobs)}}


def code_releases(rival: Rival, visit: Visit) -> list[JsonObject]:
    """Return the rival's tagged releases in the shape of the code host, newest first."""
    tagged = sorted((item for item in rival.releases if item.tag), key=lambda item: -item.day)
    return [_code_release(rival, item, visit) for item in tagged]


def page_data(rival: Rival, name: str, visit: Visit) -> JsonObject | None:
    """Return what a script on the rival's page asks for; None if there is no such data."""
    noise = {"requestId": f"{visit.counter:08x}", "servedBy": f"edge-{visit.counter % 7}"}
    if name == "plans":
        return {"plans": [_plan(plan) for plan in sorted_plans(rival)], **noise}
    if name == "openings":
        return {"openings": [_opening(opening) for opening in rival.openings], **noise}
    if name == "events":
        return {"events": _gatherings(rival, visit), **noise}
    return None


def to_bytes(data: object) -> bytes:
    """Return the JSON as it is sent."""
    return json.dumps(data, ensure_ascii=False).encode()


def _job(rival: Rival, opening: Opening, visit: Visit) -> JsonObject:
    number = zlib.crc32(f"{rival.key}/{opening.name}".encode())
    touched = visit.calendar.moment_of(visit.calendar.day_of_week(visit.week))
    content = f"&lt;p&gt;{rival.about}&lt;/p&gt;&lt;p&gt;You will work in {opening.team}, in {opening.place}.&lt;/p&gt;"
    return {
        "absolute_url": f"{visit.origin}/{rival.key}/jobs/{number}",
        "internal_job_id": number + 1,
        "location": {"name": opening.place},
        "metadata": None,
        "id": number,
        "updated_at": touched.replace(minute=visit.counter % 60).isoformat(),
        "requisition_id": f"R-{number % 10_000}",
        "title": opening.name,
        "company_name": rival.name,
        "first_published": visit.calendar.moment_of(-30).isoformat(),
        "language": "en",
        "content": content,
        "departments": [{"id": zlib.crc32(opening.team.encode()), "name": opening.team, "child_ids": []}],
        "offices": [
            {"id": zlib.crc32(opening.place.encode()), "name": opening.place, "location": opening.place}
        ],
    }


def _code_release(rival: Rival, item: Release, visit: Visit) -> JsonObject:
    number = zlib.crc32(f"{rival.repo}/{item.tag}".encode())
    moment = visit.calendar.moment_of(item.day).strftime("%Y-%m-%dT%H:%M:%SZ")
    address = f"{visit.origin}/repos/{rival.repo}/releases/{number}"
    return {
        "url": address,
        "html_url": f"{visit.origin}/{rival.repo}/releases/tag/{item.tag}",
        "id": number,
        "tag_name": item.tag,
        "target_commitish": "main",
        "name": item.name,
        "draft": False,
        "prerelease": False,
        "created_at": moment,
        "published_at": moment,
        "assets": [{"name": f"{slug(item.name)}.tgz", "download_count": 1200 + visit.counter * 3}],
        "body": "\n".join(f"* {point}" for point in item.points),
    }


def _plan(plan: Any) -> JsonObject:
    price = money(plan) if plan.amount is None else f"{money(plan)} / {plan.per}"
    return {"name": plan.name, "price": price, "about": plan.about, "features": list(plan.features)}


def _opening(opening: Opening) -> JsonObject:
    return {
        "title": opening.name,
        "team": opening.team,
        "place": opening.place,
        "path": opening_path(opening),
    }


def _gatherings(rival: Rival, visit: Visit) -> list[JsonObject]:
    today = visit.calendar.day_of_week(visit.week)
    return [
        {
            "name": item.name,
            "date": visit.calendar.date_of(item.day).isoformat(),
            "when": written(visit.calendar.date_of(item.day), rival.style.dates),
            "place": item.place,
            "about": item.about,
        }
        for item in upcoming(rival, today)
    ]
