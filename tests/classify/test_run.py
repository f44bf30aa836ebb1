"""Changes become signals: once, merged where they tell one story, apart where they do not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from classify.tellings.retractions import retract_undone
from store.drops import drops_since
from store.kinds import ChangeState, FactAction, FactKind
from store.models.evidence import ChangeRow, DropRow, EvidenceRow, SignalRow
from store.records import FactChange
from store.signal_listing import list_signals, show_signal
from store.signals import signals_near, signals_since


def price(plan="Pro", before="49", after="59", action=FactAction.CHANGED):
    side = {"currency": "USD", "period": "month"}
    return FactChange(
        kind=FactKind.PRICE,
        action=action,
        name=plan,
        before={**side, "amount": before} if before is not None else None,
        after={**side, "amount": after} if after else None,
        quote=f"{plan} ${after or before} / month",
    )


def person(name, role, action=FactAction.ADDED):
    side = {"role": role}
    return FactChange(
        kind=FactKind.PERSON,
        action=action,
        name=name,
        before=side if action is FactAction.REMOVED else None,
        after=None if action is FactAction.REMOVED else side,
        quote=f"{name} {role}",
    )


def named(kind, name, action=FactAction.ADDED, **attributes):
    return FactChange(
        kind=kind,
        action=action,
        name=name,
        after=attributes if action is not FactAction.REMOVED else None,
        before=attributes if action is FactAction.REMOVED else None,
        quote=name,
    )


def entry(title, text=""):
    return FactChange(
        kind=FactKind.ENTRY,
        action=FactAction.ADDED,
        name=title,
        after={"text": text} if text else {},
        quote=title,
    )


def news(world, title, text="", source="blog", **more):
    return world.change(
        source=source,
        title=title,
        added=[title, text] if text else [title],
        facts=[entry(title, text)],
        **more,
    )


def signals(world):
    return list(world.session.scalars(select(SignalRow).order_by(SignalRow.id)))


def drops(world):
    return [drop.reason for drop in world.session.scalars(select(DropRow).order_by(DropRow.id))]


def test_price_change_becomes_a_pricing_signal_without_asking_the_model(world, run):
    world.change(
        source="pricing",
        page_type="pricing",
        added=["Pro $59 / month"],
        removed=["Pro $49 / month"],
        facts=[price()],
    )
    assert run() == 1
    (signal,) = signals(world)
    assert signal.category == "pricing"
    assert signal.headline == "Northbeam raised Pro from $49 to $59 a month (+20 %)"
    assert signal.facts["prices"] == [
        {
            "plan": "Pro",
            "before": {"amount": "49", "currency": "USD", "period": "month"},
            "after": {"amount": "59", "currency": "USD", "period": "month"},
            "percent": 20.4,
        }
    ]
    assert signal.confidence > 0.9
    assert signal.impact >= 0.7
    assert signal.linked_at is None
    assert len(signal.embedding) == 768


def test_running_again_repeats_nothing(world, run):
    news(world, "Northbeam appoints Mara Quill as Chief Revenue Officer")
    world.change(source="pricing", page_type="pricing", facts=[price()])
    assert run() == 2
    assert run() == 0
    before = [(s.id, s.story, s.confidence, s.impact, s.headline) for s in signals(world)]
    for change in world.session.scalars(select(ChangeRow)):
        change.classified_at = None
    assert run() == 2
    assert [(s.id, s.story, s.confidence, s.impact, s.headline) for s in signals(world)] == before
    assert len(list(world.session.scalars(select(EvidenceRow)))) == 2


def test_press_release_blog_and_team_page_tell_one_story(world, run):
    news(
        world,
        "Northbeam Identity Appoints Mara Quill as Chief Revenue Officer",
        "Northbeam Identity today announced that Mara Quill has joined as Chief Revenue Officer.",
        source="press",
    )
    news(
        world,
        "Welcoming Mara Quill, our new CRO",
        "We are delighted that Mara Quill joins Northbeam as Chief Revenue Officer.",
        at=world.now + timedelta(days=1),
    )
    world.change(
        source="team",
        page_type="team",
        facts=[person("Mara Quill", "Chief Revenue Officer")],
        at=world.now + timedelta(days=3),
    )
    run()
    (signal,) = signals(world)
    assert signal.category == "leadership"
    evidence = list(world.session.scalars(select(EvidenceRow).where(EvidenceRow.signal_id == signal.id)))
    assert {row.url.rsplit("/", 1)[-1] for row in evidence} == {"press", "blog", "team"}
    assert signal.last_seen_at > signal.first_seen_at
    assert any("reported by 3 sources" in driver for driver in signal.drivers)


def test_two_executives_are_two_signals(world, run):
    news(world, "Northbeam appoints Mara Quill as Chief Revenue Officer")
    news(world, "Northbeam appoints Jonas Brandt as Chief Revenue Officer", source="press")
    run()
    assert len(signals(world)) == 2


def test_executives_of_one_page_change_stand_alone_and_the_rest_together(world, run):
    world.change(
        source="team",
        page_type="team",
        facts=[
            person("Mara Quill", "Chief Revenue Officer"),
            person("Jo Li", "Account Manager"),
            person("Al Ray", "Designer"),
        ],
    )
    run()
    assert sorted(len(signal.facts["people"]) for signal in signals(world)) == [1, 2]


def test_team_page_says_listed_not_hired(world, run):
    world.change(
        source="team",
        page_type="team",
        facts=[person("Mara Quill", "Chief Revenue Officer", FactAction.REMOVED)],
    )
    run()
    (signal,) = signals(world)
    assert signal.headline == "Northbeam no longer lists Mara Quill (Chief Revenue Officer) on its team page"


def test_price_on_page_and_in_blog_is_one_story_but_the_way_back_is_another(world, run):
    world.change(source="pricing", page_type="pricing", facts=[price()])
    news(world, "Changes to our pricing", "From 1 December the Pro plan goes from $49 to $59 a month.")
    world.change(
        source="pricing",
        page_type="pricing",
        facts=[price(before="59", after="49")],
        at=world.now + timedelta(days=5),
    )
    run()
    assert [signal.headline for signal in signals(world)] == [
        "Northbeam raised Pro from $49 to $59 a month (+20 %)",
        "Northbeam cut Pro from $59 to $49 a month (-17 %)",
    ]


def test_releases_of_two_versions_are_two_signals(world, run):
    news(
        world,
        "VerifyFlow 5.1 released",
        "VerifyFlow 5.1 is available with faster document checks.",
        page_type="changelog",
    )
    news(
        world,
        "VerifyFlow 5.2 released",
        "VerifyFlow 5.2 is available with faster document checks.",
        page_type="changelog",
    )
    run()
    assert len(signals(world)) == 2


def test_new_office_elsewhere_is_another_story(world, run):
    news(world, "Northbeam opens office in Singapore")
    news(world, "Northbeam opens office in Toronto")
    run()
    assert len(signals(world)) == 2


def test_a_word_of_the_trade_does_not_make_a_won_customer_the_launch_of_a_week_before(world, run):
    world.rival("lumivault", "Lumivault").products = [{"name": "Lumivault Wallet", "tags": []}]
    week = timedelta(days=7)
    held = "Family Wallet holds the credentials of children."
    news(world, "Wallet 3.0 with Family Wallet", held, at=world.now - week, rival="lumivault")
    run()
    card = "The City of Solvik will issue its resident card as a credential in Lumivault Wallet."
    news(
        world,
        "City of Solvik selects Lumivault for its resident card",
        card,
        source="press",
        rival="lumivault",
    )
    run()
    assert [row.category for row in signals(world)] == ["launch", "customer"]


def test_same_story_of_two_rivals_stays_apart(world, run):
    news(world, "Northbeam and Castlewood form alliance", source="press")
    news(world, "Northbeam and Castlewood form alliance", source="press", rival="castlewood")
    run()
    assert len({signal.rival_id for signal in signals(world)}) == 2


def test_same_story_after_the_window_is_told_again(world, run):
    news(world, "Northbeam opens office in Singapore")
    news(world, "Northbeam opens office in Singapore", at=world.now + timedelta(days=60))
    run()
    assert len(signals(world)) == 2


def test_rebuilt_news_list_tells_nothing_anew(world, run):
    news(world, "Northbeam opens office in Singapore")
    news(world, "Northbeam opens office in Singapore", source="news", at=world.now + timedelta(days=20))
    run()
    assert len(signals(world)) == 1


def test_teaser_on_the_start_page_joins_its_story_and_takes_its_category(world, run):
    world.change(
        source="home",
        page_type="home",
        added=["Northbeam reduces its workforce by 120 positions 7 November 2026"],
    )
    news(
        world,
        "Northbeam reduces its workforce by 120 positions",
        "Northbeam will cut 120 positions, about six percent of its workforce.",
    )
    run()
    (signal,) = signals(world)
    assert signal.category == "hiring"
    assert signal.headline == "Northbeam reduces its workforce by 120 positions"


def test_two_teasers_of_one_page_are_two_stories(world, run):
    world.change(
        source="home",
        page_type="home",
        added=[
            "Northbeam opens an office in Lisbon 4 November 2026",
            "Mara Quill appointed Chief Revenue Officer of Northbeam 3 November 2026",
        ],
    )
    run()
    assert {signal.category for signal in signals(world)} == {"expansion", "leadership"}


def test_names_alone_in_a_footer_are_no_signal(world, run):
    world.change(
        source="integrations", page_type="integrations", added=["Northbeam", "Northbeam Inc., Dublin"]
    )
    run()
    assert signals(world) == []
    assert drops(world) == ["too short"]


def filing(world, title, items, hint=None, **more):
    fact = FactChange(
        kind=FactKind.ENTRY,
        action=FactAction.ADDED,
        name=f"Northbeam Identity plc filed 8-K: {title}",
        after={"form": "8-K", "items": items},
        quote=title,
    )
    text = f"Northbeam Identity plc filed form 8-K with the SEC: {title}."
    return world.change(
        source="edgar",
        page_type="news",
        title=fact.name,
        added=[fact.name, text],
        facts=[fact],
        hint=hint,
        **more,
    )


DEPARTURE = "departure or appointment of directors or officers"


@pytest.mark.parametrize("filing_first", [True, False])
def test_filing_without_a_name_joins_the_news_of_its_days(world, run, filing_first):
    def filed():
        filing(world, DEPARTURE, "5.02", hint="leadership")

    if filing_first:
        filed()
    news(world, "Northbeam appoints Mara Quill as Chief Financial Officer", at=world.now + timedelta(days=1))
    if not filing_first:
        filed()
    run()
    (signal,) = signals(world)
    assert signal.headline == "Northbeam appoints Mara Quill as Chief Financial Officer"
    assert [person["name"] for person in signal.facts["people"]] == ["Mara Quill"]


def test_filed_agreement_is_what_the_news_say_it_is(world, run):
    filing(world, "entry into a material agreement", "1.01")
    news(world, "Northbeam to acquire Pelican for $120 million")
    run()
    (signal,) = signals(world)
    assert signal.category == "acquisition"
    assert signal.headline == "Northbeam to acquire Pelican for $120 million"
    assert (signal.review, signal.held) == (False, False)


def test_filed_agreement_alone_is_for_the_analyst(world, run):
    filing(world, "entry into a material agreement", "1.01")
    run()
    (signal,) = signals(world)
    assert (signal.review, signal.held) == (True, True)
    assert signal.confidence < 0.4


def test_two_filings_and_filings_weeks_from_the_news_stay_apart(world, run):
    filing(world, "results of operations", "2.02", hint="finance")
    filing(world, "completed acquisition or disposal", "2.01", hint="acquisition")
    news(world, "Northbeam completes purchase of Pelican", at=world.now + timedelta(days=9))
    run()
    assert len(signals(world)) == 3


def test_next_appointment_of_a_rival_with_two_names_is_another_signal(world, run):
    news(world, "Northbeam Identity appoints Mara Quill as Chief Financial Officer")
    news(
        world,
        "Jonas Brandt joins Northbeam Identity from Harbour Bank",
        "Jonas Brandt, until now Head of Payments at Harbour Bank, joins Northbeam Identity as VP Strategy.",
        at=world.now + timedelta(days=4),
    )
    run()
    assert [[p["name"] for p in signal.facts["people"]] for signal in signals(world)] == [
        ["Mara Quill"],
        ["Jonas Brandt"],
    ]


def test_maintenance_on_the_status_page_is_no_signal(world, run):
    news(
        world,
        "Scheduled maintenance of the EU verification API",
        "Short errors are possible during this scheduled maintenance.",
        source="status",
        page_type="status",
    )
    run()
    assert signals(world) == []


def test_job_ads_of_one_day_are_one_hiring_signal(world, run):
    for title in ("Backend Engineer", "Data Engineer", "Site Reliability Engineer"):
        fact = named(FactKind.OPENING, title, place="Berlin", team="engineering")
        world.change(
            source="jobs", page_type="careers", title=title, added=[title], facts=[fact], hint="hiring"
        )
    run()
    (signal,) = signals(world)
    assert signal.headline.startswith("Northbeam advertises 3 engineering roles in Berlin")
    assert len(signal.facts["openings"]) == 3


def test_customer_and_partner_logos_become_signals(world, run):
    world.change(source="customers", page_type="customers", facts=[named(FactKind.CUSTOMER, "Harbour Bank")])
    world.change(
        source="partners",
        page_type="partners",
        facts=[named(FactKind.PARTNER, "Mapwise", FactAction.REMOVED)],
    )
    run()
    assert {signal.headline for signal in signals(world)} == {
        "Northbeam lists Harbour Bank as a customer",
        "Northbeam no longer lists Mapwise as a partner",
    }


def test_customer_logo_and_case_study_are_one_story(world, run):
    world.change(source="customers", page_type="customers", facts=[named(FactKind.CUSTOMER, "Harbour Bank")])
    news(world, "Harbour Bank selects Northbeam for account opening")
    run()
    assert len(signals(world)) == 1


def test_how_to_post_is_dropped_with_its_reason(world, run):
    news(
        world,
        "How to set up alerts in five minutes",
        "In this tutorial you learn how to configure alerts step by step.",
    )
    run()
    assert signals(world) == []
    assert drops(world) == ["category none"]


def test_old_entry_is_not_news(world, run):
    news(world, "Northbeam raises $40 million Series B", published=world.now - timedelta(days=400))
    run()
    assert signals(world) == []
    assert drops(world) == ["published long ago"]


def test_gone_events_and_entries_are_drops(world, run):
    world.change(
        source="events", page_type="events", facts=[named(FactKind.EVENT, "Money Europe", FactAction.REMOVED)]
    )
    run()
    assert signals(world) == []
    assert drops(world) == ["event gone"]


def test_text_in_another_language_is_held_for_review(world, run):
    news(
        world,
        "Northbeam ernennt Mara Quill zur Vertriebschefin",
        "Mara Quill wird ab Januar für den Vertrieb bei uns und unseren Kunden zuständig sein.",
    )
    run()
    (signal,) = signals(world)
    assert (signal.review, signal.held) == (True, True)
    assert signal.confidence < 0.4


def test_outage_on_the_status_page_is_reported(world, run):
    news(
        world,
        "Outage of the EU verification API",
        "All requests in the EU region fail. We are investigating.",
        source="status",
        page_type="status",
    )
    run()
    (signal,) = signals(world)
    assert signal.headline == "Northbeam: Outage of the EU verification API"


@pytest.mark.parametrize(
    "title",
    ["Degraded performance of the dashboard", "Incident: search is slow in the EU", "Delayed webhooks"],
)
def test_degraded_service_on_the_status_page_is_dropped_with_its_reason(world, run, title):
    news(world, title, "We are looking into it.", source="status", page_type="status")
    run()
    assert signals(world) == []
    assert {drop.reason for drop in drops_since(world.session, world.now - timedelta(days=1))} == {
        "service degraded for a while"
    }


def test_signal_is_taken_back_when_all_its_evidence_is_undone(world, run):
    first = world.change(source="pricing", page_type="pricing", facts=[price()])
    second = news(world, "Changes to our pricing", "The Pro plan goes from $49 to $59 a month.")
    run()
    first.state = ChangeState.REVERTED.value
    world.session.flush()
    assert retract_undone(world.session, world.now) == 0
    second.state = ChangeState.REVERTED.value
    world.session.flush()
    assert retract_undone(world.session, world.now) == 1
    (signal,) = signals(world)
    world.session.refresh(signal)
    assert signal.retracted_at == world.now
    assert signal.retraction.startswith("Taken back")
    assert retract_undone(world.session, world.now) == 0
    assert signals_near(world.session, signal.rival_id, world.now - timedelta(days=1), world.now) == []


def test_pending_and_variant_changes_wait_or_vanish(world, run):
    world.change(source="pricing", page_type="pricing", facts=[price()], state=ChangeState.PENDING)
    world.change(source="pricing", page_type="pricing", facts=[price()], state=ChangeState.VARIANT)
    assert run() == 0
    assert signals(world) == []


@pytest.mark.parametrize("amount", ["not a number", "NaN", "1E999999", "-5", ""])
def test_price_that_cannot_be_read_is_named_without_a_number(world, run, amount):
    world.change(source="pricing", page_type="pricing", facts=[price(before=amount)])
    news(world, "Northbeam opens office in Singapore")
    assert run() == 2
    assert [signal.headline for signal in signals(world)] == [
        "Northbeam changed Pro from no stated price to $59 a month",
        "Northbeam opens office in Singapore",
    ]


def test_signals_list_has_the_shape_of_the_contract(world, run):
    world.change(source="pricing", page_type="pricing", facts=[price()])
    run()
    (line,) = list_signals(world.session)
    assert set(line) == {
        "id", "category", "confidence", "impact", "headline", "why", "rival", "first_seen", "review", "held",
        "facts", "evidence", "accounts",
    }  # fmt: skip
    assert line["rival"] == "northbeam"
    assert set(line["evidence"][0]) == {"url", "change", "quote", "seen", "because"}
    assert line["accounts"] == []
    shown = show_signal(world.session, line["id"])
    assert shown is not None
    assert shown["drivers"]
    assert show_signal(world.session, 999) is None
    assert [signal.id for signal in signals_since(world.session, world.now)] == [line["id"]]
    assert list_signals(world.session, world.now + timedelta(days=1)) == []


def test_new_office_is_an_expansion_and_an_office_that_moved_is_told_as_such(world, run):
    opened = named(FactKind.OFFICE, "Oslo", address="Storgata 12, 0184 Oslo")
    moved = FactChange(
        kind=FactKind.OFFICE,
        action=FactAction.CHANGED,
        name="Porto",
        before={"address": "Rua do Ouro 5, 4150-552 Porto"},
        after={"address": "Rua de Santa Catarina 9, 4000-447 Porto"},
        quote="Porto",
    )
    world.change(source="contact", added=["Oslo Storgata 12, 0184 Oslo"], facts=[opened])
    world.change(source="locations", added=["Rua de Santa Catarina 9, 4000-447 Porto"], facts=[moved])
    assert run() == 2
    found = signals(world)
    assert [signal.category for signal in found] == ["expansion", "expansion"]
    assert [signal.headline for signal in found] == [
        "Northbeam now lists an office in Oslo",
        "Northbeam moved its office in Porto",
    ]


def test_speaker_of_a_known_event_is_told_as_what_is_new(world, run):
    sides = {"date": "14 May 2027", "place": "Cardiff", "booth": "B12", "speakers": "Tom Ode"}
    speaker = FactChange(
        kind=FactKind.EVENT,
        action=FactAction.CHANGED,
        name="Dock Summit",
        before=sides,
        after={**sides, "speakers": "Mira Solberg, Tom Ode"},
        quote="Dock Summit",
    )
    world.change(source="events", added=["Speakers: Mira Solberg, Tom Ode"], facts=[speaker])
    assert run() == 1
    (signal,) = signals(world)
    assert signal.category == "event"
    assert signal.headline == "Northbeam names Mira Solberg to speak at Dock Summit"
