"""Each way of naming a partner, a customer or who is bought finds its sentence; none is without one."""

import pytest

from classify.rules.companies import find_acquired, find_customers, find_partners
from classify.rules.company_patterns import ACQUIRED, CUSTOMERS, PARTNERS, PERHAPS_PARTNERS

OWN = ("Northbeam",)
PARTNERED = (
    ("Northbeam expands its alliance with Harbour Bank", "Harbour Bank"),
    ("Northbeam and Harbour Bank join forces", "Harbour Bank"),
    ("Harbour Bank sponsors Northbeam Day", "Harbour Bank"),
    ("Built together with Arden, the connector is free", "Arden"),
    ("Northbeam picks Arden as delivery partner", "Arden"),
    ("Northbeam is now a partner of Arden", "Arden"),
    ("Northbeam selected by Arden as supplier", "Arden"),
    ("Northbeam now works closely with Arden", "Arden"),
    ("Under the reseller agreement, Arden will sell Northbeam in Norway", "Arden"),
    ("Northbeam joins the Arden partner network", "Arden"),
    ("Northbeam named an Arden Gold Partner", "Arden"),
    ("Northbeam joins Arden as founding member", "Arden"),
    ("Northbeam grows with its partners Arden and Lumera", "Lumera"),
    ("Partners of the year: Arden", "Arden"),
    ("Northbeam picks Arden as cloud provider", "Arden"),
    ("Partner of the month: Arden", "Arden"),
    ("We are a certified Arden implementation partner", "Arden"),
    ("Northbeam partners Arden for payroll", "Arden"),
    ("Arden chosen as Northbeam's content partner", "Arden"),
    ("Northbeam announces sponsorship of the Arden", "Arden"),
    ("Northbeam counts Arden among its resellers", "Arden"),
    ("Northbeam ships with Arden telephony built in", "Arden"),
    ("Payments by Arden are now built into Northbeam", "Arden"),
    ("A deal: Northbeam goes live with Arden", "Arden"),
    ("Northbeam is now available in Arden", "Arden"),
    ("Arden resells Northbeam in Norway", "Arden"),
    ("Northbeam, Arden set up a venture", "Arden"),
    ("Northbeam extends Arden partnership", "Arden"),
)
SOLD = (
    ("City of Albrook awards Northbeam a three-year contract", "City of Albrook"),
    ("“It took a week.” – Carol Idowu, Chief Nurse, Penmarsh Hospitals", "Penmarsh Hospitals"),
    ("Customer story: Visionland", "Visionland"),
    ("We welcome Opteka to the Northbeam family", "Opteka"),
    ("Harbour Bank selects Northbeam", "Harbour Bank"),
    ("Northbeam wins order from Harbour Bank", "Harbour Bank"),
    ("How Harbour Bank cut its costs by half", "Harbour Bank"),
)
BOUGHT = (
    ("Arden bought by Northbeam", "Arden"),
    ("The takeover of Arden by Northbeam is done", "Arden"),
    ("Arden agrees to a takeover by Northbeam", "Arden"),
    ("Arden sells itself to Northbeam", "Arden"),
    ("Northbeam acquires Arden", "Arden"),
    ("Arden has agreed to be acquired", "Arden"),
    ("Northbeam raises its bid for Arden", "Arden"),
    ("Northbeam and Arden agree to merge", "Arden"),
    ("The merger of Northbeam and Arden is done", "Arden"),
    ("Regulator clears Northbeam-Arden deal", "Arden"),
    ("Northbeam turns Arden into a subsidiary", "Arden"),
    ("Northbeam takes Arden private", "Arden"),
    ("Northbeam sells its podcast arm, Arden, to Falken", "Arden"),
    ("Talks between Arden and Northbeam about a takeover have begun", "Arden"),
    ("Arden, the form builder we bought in May, is live", "Arden"),
    ("Arden is now ours", "Arden"),
    ("Arden has a new owner", "Arden"),
    ("Arden now belongs to Northbeam", "Arden"),
    ("Arden will merge into Northbeam", "Arden"),
    ("Arden comes under the wing of Northbeam", "Arden"),
    ("Northbeam sells its payroll unit", "payroll unit"),
    ("Northbeam divests Arden to Lumera", "Arden"),
    ("Northbeam lifts its stake in Arden", "Arden"),
    ("Northbeam in Arden takeover talks", "Arden"),
)


@pytest.mark.parametrize(("text", "name"), PARTNERED)
def test_partner_is_found(text, name):
    assert name in find_partners(text, OWN)


@pytest.mark.parametrize(("text", "name"), SOLD)
def test_customer_is_found(text, name):
    assert find_customers(text, OWN) == (name,)


@pytest.mark.parametrize(("text", "name"), BOUGHT)
def test_who_is_bought_is_found(text, name):
    assert find_acquired(text, OWN) == name


@pytest.mark.parametrize(
    ("patterns", "examples"),
    [((*PARTNERS, *PERHAPS_PARTNERS), PARTNERED), (CUSTOMERS, SOLD), (ACQUIRED, BOUGHT)],
    ids=["partners", "customers", "bought"],
)
def test_no_pattern_is_without_an_example(patterns, examples):
    unseen = [p.pattern for p in patterns if not any(p.search(text) for text, _ in examples)]
    assert unseen == []
