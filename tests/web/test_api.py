from __future__ import annotations


def test_an_account_has_the_shape_of_the_contract(seeded, make_person):
    account = make_person("viewer@us.example").client.get("/api/v1/accounts/harbour-bank").json()
    assert list(account) == [
        "key",
        "name",
        "tier",
        "health",
        "competitor_activity_index",
        "exposures",
        "flags",
    ]
    assert list(account["health"]) == [
        "score",
        "band",
        "trend_4w",
        "coverage",
        "score_without_competitors",
        "parts",
        "computed",
        "version",
    ]
    assert list(account["health"]["parts"][0]) == ["name", "weight", "score", "metrics"]
    assert list(account["health"]["parts"][0]["metrics"][0]) == ["name", "value", "normalised", "weight"]
    assert list(account["exposures"][0]) == [
        "signal", "score", "reasons", "url", "observed_at", "counts", "review", "held", "evidence",
    ]  # fmt: skip
    assert list(account["exposures"][0]["reasons"][0]) == ["code", "weight", "because"]
    told = ["code", "level", "opened_at", "state", "owner", "because", "play"]
    assert list(account["flags"][0]) == [*told, "signal", "review", "confidence"]


def test_exposures_fade_with_age(seeded, make_person):
    account = make_person("viewer@us.example").client.get("/api/v1/accounts/harbour-bank").json()
    scores = [exposure["score"] for exposure in account["exposures"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 0.86 for score in scores)


def test_signals_have_the_shape_of_the_contract(seeded, make_person):
    answer = make_person("viewer@us.example").client.get("/api/v1/signals").json()
    assert (len(answer["signals"]), answer["total"], answer["page"]) == (25, 30, 1)
    assert list(answer["signals"][0]) == [
        "id", "category", "confidence", "impact", "headline", "why", "rival", "first_seen", "review", "held",
        "facts", "evidence", "accounts",
    ]  # fmt: skip
    assert list(answer["signals"][0]["evidence"][0]) == ["url", "change", "quote", "seen", "because"]
    assert list(answer["signals"][0]["accounts"][0]) == ["key", "score"]


def test_one_signal_is_the_same_as_in_the_list_and_says_how_it_was_told_before(seeded, make_person):
    client = make_person("viewer@us.example").client
    listed = client.get("/api/v1/signals").json()["signals"][0]
    assert client.get("/api/v1/signals/1").json() == {**listed, "told_before": []}


def test_changes_have_the_shape_of_the_contract(seeded, make_person):
    answer = make_person("viewer@us.example").client.get("/api/v1/changes?page=2").json()
    keys = ["id", "url", "source", "observed_at", "page_type", "added", "removed", "facts", "state"]
    assert list(answer["changes"][0]) == keys
    assert (len(answer["changes"]), answer["total"]) == (5, 30)


def test_sources_tell_their_state(seeded, make_person):
    sources = make_person("viewer@us.example").client.get("/api/v1/sources").json()["sources"]
    assert len(sources) == 80
    assert {source["state"] for source in sources} == {"ok", "blocked", "broken", "empty"}


def test_lists_take_the_filters_of_the_pages(seeded, make_person):
    client = make_person("viewer@us.example").client
    assert [a["key"] for a in client.get("/api/v1/accounts?band=red").json()["accounts"]] == [
        "arden-insurance"
    ]
    assert client.get("/api/v1/signals?queue=review").json()["total"] == 3
    assert client.get("/api/v1/accounts?scope=mine").json()["accounts"] == []


def test_what_is_not_there_is_said_in_json(seeded, make_person):
    client = make_person("viewer@us.example").client
    for path in ("/api/v1/accounts/nobody", "/api/v1/signals/999", "/api/v1/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert set(answer.json()) == {"error"}
    assert client.get("/api/v1/signals?category=x").status_code == 422
