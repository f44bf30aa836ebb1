"""How fast are signals linked to many accounts? ``python -m bench.linking [--accounts N] [--texts N …]``

Each line links that many texts to the accounts by the code of the stage, without the store: names, people, tags,
aims and meaning. Twice the texts on the next line show whether time grows in step. Seconds are the processor's, so
that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence

from linking.concerns import warm
from linking.meaning import glosses
from linking.reasons import reasons_by_account
from linking.story import Story
from linking.world import World
from store.accounts import Account, Stakeholder
from store.kinds import Category
from store.sources import Rival

ACCOUNTS = 10_000
TEXTS = (500, 1_000, 2_000)
BATCH = 500
WHOLE = 50_000

HEADS = (
    "Alder", "Birch", "Cedar", "Dorn", "Elm", "Fenn", "Gale", "Hart", "Iver", "Jarl", "Kest", "Lund",
    "Mohr", "Nord", "Oster", "Pell", "Quay", "Rook", "Stav", "Tarn", "Ulm", "Venn", "Wick", "Yarrow",
    "Zell", "Brae", "Crag", "Dale", "Esk", "Firth",
)  # fmt: skip
MIDS = (
    "brook", "field", "ford", "gate", "ham", "holm", "mark", "mere", "mont", "ridge", "shaw", "stead",
    "stone", "vale", "water", "wood", "worth", "burg", "dal", "haven",
)  # fmt: skip
TAILS = ("Bank", "Foods", "Freight", "Insurance", "Energy", "Clinics", "Retail", "Telecom", "Steel", "Hotels")
INDUSTRIES = (
    *("banking", "food", "logistics", "insurance", "energy"),
    *("healthcare", "retail", "telecom", "steel", "hotels"),
)
REGIONS = ("GB", "DE", "FR", "US", "SE", "ES", "IT", "NL", "JP", "BR", "AU", "PL")
FIRST = (
    "Mara", "Jonas", "Aoife", "Priya", "Luca", "Sanne", "Wei", "Ines", "Owen", "Greta", "Tomas",
    "Nadia", "Ruth", "Hugo", "Elin",
)  # fmt: skip
TEMPLATES = (
    (Category.LAUNCH, "{rival} shows a new release", "{said}, the company says."),
    (
        Category.CUSTOMER,
        "{account} chooses {rival}",
        "The group from Leeds will roll it out in spring. {said}.",
    ),
    (Category.PRICING, "{rival} raises prices in Germany", "Customers pay 12 percent more from March."),
    (Category.FINANCE, "{rival} raises $40m", "The round was led by two funds from Boston."),
    (Category.LEADERSHIP, "{person} joins {rival}", "The new sales chief comes from {account}."),
    (Category.EXPANSION, "{rival} opens in Milan", "A team there will sell to banks and hospitals in Italy."),
    (Category.MEDIA, "{rival} among the best places to work", "Staff praise the canteen and the hours."),
    (Category.LAUNCH, "{rival}: {said}", "Users had asked for it. It is available today."),
)


def _name(number: int) -> str:
    head, rest = HEADS[number % len(HEADS)], number // len(HEADS)
    return (
        f"{head}{MIDS[rest % len(MIDS)]} {TAILS[rest // len(MIDS) % len(TAILS)]} {rest // 200 or ''}".strip()
    )


def _person(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {HEADS[number // 15 % 30]}{MIDS[number // 450 % 20]}"


def accounts_of(count: int, tags: Sequence[str]) -> list[Account]:
    """Return that many accounts with two tags, a region, an industry and a stakeholder each."""
    return [
        Account(
            id=number + 1,
            key=f"account-{number}",
            name=_name(number),
            tier="growth",
            aliases=(f"{_name(number)} plc",),
            domain=f"account{number}.example",
            industry=INDUSTRIES[number % 10],
            regions=(REGIONS[number % 12],),
            uses=(tags[number % len(tags)], tags[(number * 7 + 3) % len(tags)]),
            rivals_present=(f"rival-{number % 400}",) if number % 400 < 20 else (),
            stakeholders=(Stakeholder(name=_person(number), role="Head of Operations"),),
        )
        for number in range(count)
    ]


def rivals_of(tags: Sequence[str]) -> list[Rival]:
    """Return twenty rivals with three products each."""
    return [
        Rival(
            id=number + 1,
            key=f"rival-{number}",
            name=f"Vendora{number}",
            domain=f"vendora{number}.example",
            market=f"market-{number}",
            products=tuple(
                (f"Product{number}{part}", (tags[(number * 3 + part) % len(tags)],)) for part in range(3)
            ),
        )
        for number in range(20)
    ]


def stories_of(numbers: range, accounts: Sequence[Account], rivals: Sequence[Rival]) -> list[Story]:
    """Return a story for each number; no two have the same text."""
    said = [sentence for sentences in glosses().values() for sentence in sentences]
    stories = []
    for number in numbers:
        category, title, text = TEMPLATES[number % len(TEMPLATES)]
        account = accounts[number * 13 % len(accounts)]
        rival = rivals[number // 8 % len(rivals)]
        words = {
            "rival": rival.name,
            "account": account.name,
            "person": account.stakeholders[0].name,
            "said": f"{said[number % len(said)].capitalize()} since version {number}",
        }
        stories.append(
            Story(rival=rival, category=category, title=title.format(**words), text=text.format(**words))
        )
    return stories


def measure(numbers: range, world: World, rivals: Sequence[Rival]) -> tuple[float, int]:
    """Return the processor's seconds that linking these texts takes, and how many links it finds."""
    stories = stories_of(numbers, world.accounts, rivals)
    started, links = time.process_time(), 0
    for first in range(0, len(stories), BATCH):
        batch = stories[first : first + BATCH]
        warm(batch, world)
        links += sum(len(reasons_by_account(story, world)) for story in batch)
    return time.process_time() - started, links


def main() -> None:
    """Print one line for each number of texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--texts", type=int, nargs="+", default=list(TEXTS))
    options = parser.parse_args()
    tags = sorted(glosses())[::2]
    rivals = rivals_of(tags)
    started = time.perf_counter()
    world = World.of(accounts_of(options.accounts, tags), rivals)
    print(
        f"{options.accounts:,} accounts, {len(world.tags)} tags, indexed in {time.perf_counter() - started:.1f} s"
    )
    # The first texts load the model and read the tags; each line then takes texts that nobody has seen.
    measure(range(80), world, rivals)
    first = 80
    for count in options.texts:
        seconds, links = measure(range(first, first + count), world, rivals)
        first += count
        print(
            f"{count:>7,} texts  {seconds:6.1f} s  {count / seconds:6.0f} texts/s  {links:>8,} links  "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB  "
            f"({WHOLE:,} at this rate: {WHOLE / count * seconds / 60:.1f} min)",
            flush=True,
        )


if __name__ == "__main__":
    main()
