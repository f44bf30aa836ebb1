"""Fills templates: choices ``(a|b)`` and slots ``{name}``, with invented companies, people and products."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")

_FIRST = [
    "Anna",
    "Tom",
    "Ravi",
    "Lucille",
    "Signe",
    "Omar",
    "Kate",
    "Piotr",
    "Inés",
    "Bruno",
    "Mei",
    "Lars",
    "Chloé",
    "Hugo",
    "Fatima",
    "Joan",
    "Claire",
    "Felix",
]
_LAST = [
    "Moreau",
    "Dahl",
    "Bloom",
    "Petrak",
    "Okafor",
    "Weber",
    "Rossi",
    "Nowak",
    "Janssen",
    "Ek",
    "Silva",
    "García",
    "Tanaka",
    "Brown",
    "Anand",
    "Visser",
    "Lund",
]
_COMPANY = [
    "Corvane",
    "Nordlake",
    "Plumbline",
    "Meridian",
    "Solari",
    "Tarrant",
    "Aldgate",
    "Northpaper",
    "Quillon",
    "Halyard",
    "Bricova",
    "Pellow",
    "Harbourline",
    "Foxglove",
    "Kestrel",
    "Lindenhof",
    "Ratewell",
    "Boisé",
    "Canopy",
]
_KIND = (
    "",
    "",
    "",
    " Apps",
    " Systems",
    " Group",
    " Metrics",
    " Foods",
    " Labs",
    " Rail",
    " Logistics",
    " Health",
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_LISTS: dict[str, list[str]] = {
    "city": [
        "Leeds", "Oslo", "Lisbon", "Hamburg", "Lyon", "Toulouse", "Gdansk", "Stockholm",
        "Madrid", "Milan", "Austin", "Utrecht", "Porto", "Vienna", "Kiel", "Turin",
    ],
    "noun": [
        "orders", "warehouses", "energy", "workplace", "pumps", "data",
        "clinics", "invoices", "freight", "security", "operations", "finance",
    ],
    "street": ["Dock Street", "Rua do Cais", "High Street", "Hafenstraße", "Market Lane"],
    "country": ["Germany", "France", "Spain", "Canada", "Japan", "Poland", "Italy", "Austria", "Sweden", "Norway"],
    "nation": ["German", "French", "UK", "Spanish", "Polish", "Swedish"],
    "cur": ["EUR", "USD", "GBP", "SEK", "CHF"],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "month": _MONTHS,
    "first": _FIRST,
    "initial": list("ABKMS"),
    "team": ["security team", "quality team", "legal team", "data team"],
    "role": [
        "Chief Executive Officer", "Head of Sales", "CTO", "VP Engineering", "Finance Lead", "Plant Manager",
        "Chief Revenue Officer", "Director of Product", "Managing Director", "Leiter Vertrieb", "Head of Operations",
    ],
    "jobtitle": [
        "Shift Manager", "Data Analyst", "Account Executive", "Reefer Technician", "Software Engineer",
        "Customs Broker", "Customer Success Manager", "Regulatory Specialist", "Planner",
    ],
    "product": [
        "TL-2", "Cell P50", "Flint Vector", "SP-7", "Approval Board", "GX-300", "Wave Forecast", "Studio", "Heron Pro",
        "Rota Max", "Atlas 4", "Ledger One", "Nimbus Edge", "K 150-315", "Vector Store",
    ],
}  # fmt: skip


def _date(r: random.Random) -> str:
    day, month, year = r.randint(1, 28), r.randint(1, 12), r.randint(2025, 2028)
    return r.choice([
        f"{day} {_MONTHS[month - 1]} {year}", f"{_MONTHS[month - 1]} {day}, {year}", f"{year}-{month:02d}-{day:02d}",
        f"{day:02d}.{month:02d}.{year}", f"{day:02d}/{month:02d}/{year}",
    ])  # fmt: skip


def _phone(r: random.Random) -> str:
    return r.choice([
        f"+44 {r.randint(1000, 9999)} 555 {r.randint(100, 999)}",
        f"+1 {r.randint(200, 900)} 555 {r.randint(1000, 9999)}",
        f"0{r.randint(1000, 9999)} 555 {r.randint(100, 999)}", f"+49 30 555 0 {r.randint(100, 999)}",
    ])  # fmt: skip


_FIGURES: dict[str, Callable[[random.Random], str]] = {
    "n": lambda r: str(r.choice([r.randint(2, 9), r.randint(10, 99), r.randint(100, 400)])),
    "a": lambda r: str(r.choice([5, 10, 14, 15, 20, 21, 25, 30, 40, 50, 60, 100, 250, 500])),
    "b": lambda r: str(r.choice([6, 7, 12, 18, 24, 28, 35, 45, 80, 90, 120, 200, 400, 1000])),
    "nn": lambda r: f"{r.randint(0, 59):02d}",
    "big": lambda r: r.choice([
        f"{r.randint(1000, 99999):,}", f"{r.randint(10**6, 10**9):,}", f"{r.randint(1000, 999999)}",
        f"{r.randint(1000, 99999):,}".replace(",", "."), str(r.randint(1, 999)),
    ]),
    "k": lambda r: r.choice([
        f"{r.randint(1, 99)}.{r.randint(0, 9)}k", f"{r.randint(2, 900)}", f"{r.randint(1000, 90000):,}",
    ]),
    "num": lambda r: r.choice([
        f"{r.randint(0, 500)}.{r.randint(0, 99)}", f"{r.randint(0, 500)},{r.randint(0, 9)}", str(r.randint(1, 900)),
    ]),
    "pct": lambda r: r.choice([
        f"{r.randint(90, 99)}.{r.randint(0, 99):02d} %", f"{r.randint(90, 99)}.{r.randint(0, 99):02d}%",
        f"{r.randint(0, 5)}.{r.randint(0, 9)} %",
    ]),
    "star": lambda r: f"{r.randint(3, 4)}.{r.randint(0, 9)}",
    "tick": lambda r: "".join(r.choice("ABCDEFGHKLMNPR") for _ in range(3)) + r.choice(["", ".L", ":"]),
    "ver": lambda r: f"{r.randint(0, 9)}.{r.randint(0, 30)}.{r.randint(0, 9)}",
    "hash": lambda r: "".join(r.choice("0123456789abcdef") for _ in range(r.choice([4, 7, 8, 12]))),
    "time": lambda r: f"{r.randint(6, 22):02d}:{r.randint(0, 59):02d}",
    "year": lambda r: str(r.randint(2024, 2029)),
    "date": _date,
    "person": lambda r: f"{r.choice(_FIRST)} {r.choice(_LAST)}",
    "company": lambda r: r.choice(_COMPANY) + r.choice(_KIND),
    "phone": _phone,
    "mail": lambda r: f"{r.choice(['hello', 'sales', 'info', 'support'])}@{r.choice(_COMPANY).lower()}.example",
}  # fmt: skip


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of a file of templates: the line that opens each, and its templates."""
    title, lines = "", list[str]()
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("= "):
            if lines:
                yield title, lines
            title, lines = line[2:], []
        elif line and not line.startswith("# "):
            lines.append(line)
    yield title, lines


def choose(template: str, r: random.Random) -> str:
    """Return a template with its choices made; other brackets stay."""
    while found := _CHOICE.search(template):
        said = found.group(1)
        chosen = r.choice(said.split("|")) if "|" in said else f"\x01{said}\x02"
        template = template[: found.start()] + chosen + template[found.end() :]
    return template.replace("\x01", "(").replace("\x02", ")")


def fill(template: str, r: random.Random) -> str:
    """Return a template with choices and slots filled."""
    return fill_slots(choose(template, r), r)


def fill_slots(text: str, r: random.Random) -> str:
    """Return a text with its slots filled."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        return r.choice(_LISTS[name]) if name in _LISTS else _FIGURES[name](r)

    return re.sub(r"\s+", " ", _SLOT.sub(value, text)).strip()
