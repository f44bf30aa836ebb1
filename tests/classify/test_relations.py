"""A later story that takes an earlier one back, or tells it otherwise, is linked to it and never merged with it."""

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
