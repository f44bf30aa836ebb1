"""US public registers: the Federal Register, openFDA, ClinicalTrials.gov, court dockets."""

from __future__ import annotations

import re
from datetime import timedelta

from config.catalogue import Parameter
from crawlers.adapter import Adapter
from crawlers.json_node import Node
from crawlers.paging import by_number, by_offset, by_token
from crawlers.plain import one_line, plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from crawlers.types.openings import joined
from store.kinds import Category
from store.records import Entry


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
    phases = (
        ", ".join(one.text() for one in about["designModule"]["phases"]).replace("PHASE", "phase ").lower()
    )
    number = about["identificationModule"]["nctId"].text()
    if not number:
        return None
    status = about["statusModule"]["overallStatus"].text().replace("_", " ").lower()
    sponsor = about["sponsorCollaboratorsModule"]["leadSponsor"]["name"].text()
    return Entry(
        id=number,
        title=f"Clinical trial: {about['identificationModule']['briefTitle'].text()}",
        url=f"https://clinicaltrials.gov/study/{number}",
        text=joined(f"sponsor {sponsor}" if sponsor else "", f"status {status}" if status else "", phases),
        published=about["statusModule"]["studyFirstPostDateStruct"]["date"].moment(),
        category_hint=Category.REGULATORY,
    )


def _recall(item: Node, root: Node) -> Entry | None:
    firm = item["recalling_firm"].text() or item["recalling-firm"].text()
    product = plain_text(item["product_description"].text() or item["product-description"].text(), 200)
    number = item["recall_number"].text()
    if not firm and not number:
        return None
    why = plain_text(item["reason_for_recall"].text() or item["reason-for-recall"].text())
    day = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", item["report_date"].text())
    return Entry(
        id=number or joined(firm, product),
        title=f"FDA recall by {one_line(firm, 100)}: {product}",
        text=f"{one_line(firm, 200)} recalls {product}. {why}",
        published=Node("-".join(day.groups())).moment() if day else None,
        attributes={"classification": item["classification"].text()},
        category_hint=Category.REGULATORY,
    )


def _case(item: Node, root: Node) -> Entry | None:
    number, name = item["docket_id"].text() or item["cluster_id"].text(), item["caseName"].text()
    if not number or not name:
        return None
    court, docket = item["court"].text(), item["docketNumber"].text()
    page = item["docket_absolute_url"].text() or item["absolute_url"].text()
    # Lawyers' and judges' names stand beside this; they are not read.
    return Entry(
        id=number,
        title=f"Court case {name}, {court}",
        url=f"https://www.courtlistener.com{page}" if page.startswith("/") else "",
        text=joined(
            f"{name} at the {court}", f"docket {docket}" if docket else "", item["suitNature"].text()
        ),
        published=item["dateFiled"].moment(),
        attributes={"date": item["dateFiled"].text()},
        category_hint=Category.REGULATORY,
    )


SERVICES = (
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
        urls=(
            r"^https?://www\.federalregister\.gov/documents/search\?(?:[^#]*&)?conditions(?:%5B|\[)term(?:%5D|\])=(?P<query>[^&#]+)",
        ),
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
        name="openfda-recalls",
        about="recalls of a firm's devices that the US FDA reports",
        root="https://api.fda.gov",
        path="/device/enforcement.json",
        items=("results",),
        item=_recall,
        parameters=(
            Parameter(
                name="firm",
                about="the firm's name as the FDA writes it",
                required=True,
                pattern=r'[^"\\]{2,100}',
                example="Northbeam Medical",
            ),
        ),
        query=lambda values: {
            "search": f'recalling_firm:"{values["firm"]}"',
            "sort": "report_date:desc",
            "limit": 100,
        },
        follow=by_offset("an answer of openfda-recalls", 100, "results", name="skip"),
        newest_first=True,
        none_statuses=frozenset({404}),
    ),
    JsonList(
        name="courtlistener",
        about="US federal court cases that name a phrase (a token raises the limit)",
        root="https://www.courtlistener.com",
        path="/api/rest/v4/search/",
        items=("results",),
        item=_case,
        parameters=(
            Parameter(
                name="query",
                about="word or phrase",
                required=True,
                pattern=r'[^"]{2,200}',
                example="Northbeam",
            ),
        ),
        query=lambda values: {"type": "r", "q": f'"{values["query"]}"', "order_by": "dateFiled desc"},
        urls=(r"^https?://www\.courtlistener\.com/\?(?:[^#]*&)?q=(?P<query>[^&#]+)",),
        min_delay=timedelta(seconds=1),
        authorise=lambda key: {"Authorization": f"Token {key}"},
        key_variable="RIVALWATCH_COURTLISTENER_TOKEN",
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
        urls=(
            r"^https?://clinicaltrials\.gov/search\?(?:[^#]*&)?(?:spons|lead)=(?P<sponsor>[^&#]+)",
            r"^https?://clinicaltrials\.gov/api/v2/studies\?(?:[^#]*&)?query\.spons=(?P<sponsor>[^&#]+)",
        ),
        min_delay=timedelta(milliseconds=1_200),  # About 50 requests a minute are allowed.
    ),
)


def register_adapters() -> tuple[Adapter, ...]:
    """Return the adapters in the order of the table."""
    return tuple(json_list_adapter(service) for service in SERVICES)
