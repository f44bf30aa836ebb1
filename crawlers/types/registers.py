"""Public registers: Companies House, the US Federal Register, openFDA, ClinicalTrials.gov."""

from __future__ import annotations

import base64
from datetime import timedelta

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.json_node import Node
from crawlers.paging import by_number, by_offset, by_token
from crawlers.plain import plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from crawlers.types.openings import joined
from store.kinds import Category
from store.records import Entry

#: Companies House category of a filing -> ours.
FILING_CATEGORIES = {
    "officers": Category.LEADERSHIP,
    "accounts": Category.FINANCE,
    "capital": Category.FINANCE,
    "mortgage": Category.FINANCE,
    "insolvency": Category.FINANCE,
    "change-of-name": Category.POSITIONING,
}


def _filing(item: Node, root: Node) -> Entry | None:
    number = item["transaction_id"].text()
    if not number:
        return None
    said = item["description"].text().replace("-", " ")
    names = item["description_values"]
    who = joined(names["officer_name"].text(), names["company_name"].text())
    return Entry(
        id=number,
        title=f"Companies House filing {item['type'].text()}: {said}" + (f" ({who})" if who else ""),
        text=f"{said}{f' ({who})' if who else ''}, {item['date'].text()}",
        published=item["date"].moment(),
        attributes={"form": item["type"].text(), "date": item["date"].text()},
        category_hint=FILING_CATEGORIES.get(item["category"].text()),
    )


def _notice(item: Node, root: Node) -> Entry | None:
    return Entry(
        id=item["document_number"].text(),
        title=f"{item['type'].text()}: {item['title'].text()}",
        url=item["html_url"].text(),
        text=plain_text(item["abstract"].text()),
        published=item["publication_date"].moment(),
        category_hint=Category.REGULATORY,
    )


def _clearance(item: Node, root: Node) -> Entry | None:
    number = item["k_number"].text()
    if not number:
        return None
    device, applicant = item["device_name"].text(), item["applicant"].text()
    return Entry(
        id=number,
        title=f"FDA decision on {device} by {applicant}",
        url=f"https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfpmn/pmn.cfm?ID={number}",
        text=f"{device} ({number}) by {applicant}: {item['decision_description'].text()}",
        published=item["decision_date"].moment(),
        attributes={"date": item["decision_date"].text()},
        category_hint=Category.REGULATORY,
    )


def _study(item: Node, root: Node) -> Entry | None:
    about = item["protocolSection"]
    number = about["identificationModule"]["nctId"].text()
    if not number:
        return None
    status = about["statusModule"]["overallStatus"].text().replace("_", " ").lower()
    sponsor = about["sponsorCollaboratorsModule"]["leadSponsor"]["name"].text()
    return Entry(
        id=number,
        title=f"Clinical trial: {about['identificationModule']['briefTitle'].text()}",
        url=f"https://clinicaltrials.gov/study/{number}",
        text=joined(f"sponsor {sponsor}" if sponsor else "", f"status {status}" if status else ""),
        published=about["statusModule"]["studyFirstPostDateStruct"]["date"].moment(),
        category_hint=Category.REGULATORY,
    )


def _basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


SERVICES = (
    JsonList(
        name="companies-house",
        about="filings of a British company (needs a free key)",
        root="https://api.company-information.service.gov.uk",
        path="/company/{company}/filing-history",
        items=("items",),
        item=_filing,
        parameters=(
            Parameter(
                name="company",
                about="the company's number",
                required=True,
                pattern=r"[A-Z0-9]{8}",
                example="01234567",
            ),
        ),
        query=lambda values: {"items_per_page": 100},
        follow=by_offset("an answer of companies-house", 100, "items", name="start_index"),
        newest_first=True,
        urls=(
            r"^https?://find-and-update\.company-information\.service\.gov\.uk/company/(?P<company>[A-Z0-9]{8})",
        ),
        min_delay=timedelta(milliseconds=500),  # 600 requests in five minutes are allowed.
        authorise=_basic,
        key_variable="RIVALWATCH_COMPANIES_HOUSE_KEY",
        key_required=True,
    ),
    JsonList(
        name="federal-register",
        about="notices and rules in the US Federal Register that name a phrase",
        root="https://www.federalregister.gov",
        path="/api/v1/documents.json",
        items=("results",),
        item=_notice,
        parameters=(Parameter(name="query", about="word or phrase", required=True, example="Northbeam"),),
        query=lambda values: {"conditions[term]": f'"{values["query"]}"', "order": "newest", "per_page": 50},
        follow=by_number("an answer of federal-register", 50, "results"),
        newest_first=True,
        min_delay=timedelta(seconds=1),
    ),
    JsonList(
        name="openfda",
        about="510(k) decisions of the US FDA on an applicant's devices",
        root="https://api.fda.gov",
        path="/device/510k.json",
        items=("results",),
        item=_clearance,
        parameters=(
            Parameter(
                name="applicant",
                about="the applicant's name as the FDA writes it",
                required=True,
                pattern=r'[^"\\]{2,100}',
                example="Northbeam Medical",
            ),
        ),
        query=lambda values: {
            "search": f'applicant:"{values["applicant"]}"',
            "sort": "decision_date:desc",
            "limit": 100,
        },
        follow=by_offset("an answer of openfda", 100, "results", name="skip"),
        newest_first=True,
        none_statuses=frozenset({404}),  # The service says "no results" so.
    ),
    JsonList(
        name="clinicaltrials",
        about="clinical trials of a sponsor",
        root="https://clinicaltrials.gov",
        path="/api/v2/studies",
        items=("studies",),
        item=_study,
        parameters=(
            Parameter(name="sponsor", about="the sponsor's name", required=True, example="Northbeam Medical"),
        ),
        query=lambda values: {
            "query.spons": values["sponsor"],
            "sort": "LastUpdatePostDate:desc",
            "pageSize": 100,
        },
        follow=by_token("an answer of clinicaltrials", "nextPageToken", name="pageToken"),
        min_delay=timedelta(milliseconds=1_200),  # About 50 requests a minute are allowed.
    ),
)


def register_adapters() -> tuple[Adapter, ...]:
    """Return the adapters in the order of the table."""
    return tuple(json_list_adapter(service) for service in SERVICES)
