"""A later story that takes an earlier one back, or tells it otherwise, is linked to it and never merged with it."""
# ruff: noqa: E501

from datetime import timedelta

import pytest

from store.relations import relations_of
from tests.classify.test_run import news, signals


@pytest.mark.parametrize(
    ("earlier", "later", "kind", "because"),
    [
        (
            "Northbeam acquires fraud-scoring start-up Pelican",
            "Northbeam calls off acquisition of fraud-scoring start-up Pelican",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam raises $40 million Series B led by Oak Hill Partners",
            "Northbeam raises $55 million Series B led by Oak Hill Partners",
            "contradicts",
            "it says $55 million where the earlier one said $40 million",
        ),
        (
            "Northbeam raises $82 million Series B led by Oak Hill Partners",
            "Correction: Northbeam raises $28 million led by Oak Hill Partners",
            "contradicts",
            "it says $28 million where the earlier one said $82 million",
        ),
        (
            "Northbeam hosts Identity Day in Berlin on 3 June",
            "Northbeam hosts Identity Day in Berlin on 10 September",
            "contradicts",
            "it sets Identity Day for 10 September, the earlier one for 3 June",
        ),
        (
            "Northbeam appoints Mara Quill as Chief Financial Officer",
            "Mara Quill will not join Northbeam as Chief Financial Officer after all",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam announces partnership with Mapwise on address checks",
            "Northbeam ends partnership with Mapwise",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Data regulator fines Northbeam €2 million over late breach reports",
            "Court overturns €2 million fine of data regulator against Northbeam",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam opens a second data centre in Katowice. The building will take customers from October.",
            "Northbeam puts Katowice on ice. The second data centre will not be built after all.",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam raises the Growth plan to $89. New and existing customers pay $89 a month instead of $69.",
            "You told us, and we listened. The Growth plan stays at $69. We have taken back the increase that we announced last week.",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam teams up with Payvault for instant payouts",
            "Northbeam and Payvault part ways. The two companies have ended their work on instant payouts by mutual consent.",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Regulator clears Northbeam's purchase of Kettlewick",
            "Tribunal sets aside clearance of Northbeam's purchase of Kettlewick",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam to drop its free tier in May, existing teams have to move to a paid plan",
            "Free stays free: Northbeam U-turns on ending its free tier",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam will close its Leeds office at the end of June",
            "Northbeam keeps Leeds open after staff protest. The closure announced this month has been called off.",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam obtains ISO 27001 certificate from Veritron",
            "Veritron suspends Northbeam's ISO 27001 certificate",
            "reverses",
            "it takes back what was told before",
        ),
        (
            "Northbeam lays off 120 people, a tenth of its staff",
            "Northbeam corrects figure: 210 employees affected by job cuts, not 120 as first reported",
            "contradicts",
            "it corrects what was told before",
        ),
        (
            "Northbeam buys invoice start-up Kettlewick for £14 million",
            "Northbeam paid £19 million for invoice start-up Kettlewick, accounts show",
            "contradicts",
            "it says £19 million where the earlier one said £14 million",
        ),
        (
            "Northbeam to hold its user conference Lantern 2026 in Ghent on 9 September",
            "Lantern 2026 moves: Northbeam's user conference now takes place in Ghent on 14 October",
            "contradicts",
            "it moves the event to another day",
        ),
    ],
)
def test_reversals_and_contradictions_are_linked(world, run, earlier, later, kind, because):
    news(world, earlier, at=world.now - timedelta(days=5))
    run()
    news(world, later)
    run()
    first, second = signals(world)
    (seen_later,) = relations_of(world.session, [first.id])[first.id]
    (seen_earlier,) = relations_of(world.session, [second.id])[second.id]
    assert (seen_later.kind, seen_later.because, seen_later.later) == (kind, because, True)
    assert (seen_earlier.signal_id, seen_earlier.later) == (first.id, False)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Northbeam opens office in Dublin", "Northbeam opens office in Singapore"),
        ("Northbeam opens a second data centre in Katowice", "Northbeam cancels its summer party in Leeds"),
        ("Northbeam teams up with Payvault", "Northbeam drops Courier Pro. The desktop app is withdrawn."),
        ("Northbeam raises $40 million Series B", "Northbeam raises $90 million Series C"),
        ("VerifyFlow 5.1 released", "VerifyFlow 5.2 released"),
        ("Northbeam acquires Pelican", "Harbour Bank cancels its order of new branches"),
        ("Northbeam announces partnership with Mapwise", "Northbeam ends partnership with Lumo"),
        (
            "Northbeam raises $40 million Series B led by Oak Hill",
            "Northbeam secures credit facility of $90 million",
        ),
    ],
)
def test_two_acts_are_not_related(world, run, earlier, later):
    news(world, earlier, at=world.now - timedelta(days=5))
    news(world, later)
    run()
    assert relations_of(world.session, [row.id for row in signals(world)]) == {}
