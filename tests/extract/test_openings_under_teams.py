# ruff: noqa: E501 (a line of markup is read as one line)
"""A department that stands over its openings is no opening, be there one below it or several."""

from extract.read import read_document
from store.kinds import FactKind, PageType

PAGE = """<html><body><main><h1>Careers</h1><h2>Open positions</h2>
<section><h3>Operations</h3><ul><li><a href="/careers/analyst">Document Fraud Analyst</a> <span>Lisbon, Portugal</span></li></ul></section>
<section><h3>Sales</h3><ul><li><a href="/careers/ae">Enterprise Account Executive</a> <span>Stockholm, Sweden</span></li></ul></section>
</main></body></html>"""


def test_a_heading_over_a_single_job_names_its_team_and_is_no_job():
    document = read_document(
        PAGE.encode(),
        url="http://rival.example/careers",
        page_type=PageType.CAREERS,
        content_type="text/html",
    )
    openings = [fact for fact in document.facts if fact.kind is FactKind.OPENING]
    assert [(fact.name, fact.attributes["team"], fact.attributes["place"]) for fact in openings] == [
        ("Document Fraud Analyst", "Operations", "Lisbon, Portugal"),
        ("Enterprise Account Executive", "Sales", "Stockholm, Sweden"),
    ]
