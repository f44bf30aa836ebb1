"""What a field of another system says, as a value of ours; what cannot be one becomes a problem, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache

from babel import Locale
from pydantic import TypeAdapter, ValidationError

from config.accounts import Tier
from config.model import Domain, Email
from store.data_problems import DataProblem, ProblemKind

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
LARGEST_ARR = Decimal(10) ** 15
_LONGEST_NAME = 200
_LEGAL = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|se|sa|sas|srl|bv|nv|ab|as|oy|pty|group|holding|holdings)\b\.?"
)
_MAIL_HOSTS = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de", "web.de"}
)


@dataclass(slots=True)
class Reader:
    """Reads the fields of one record; ``problems`` collects what could not be taken."""

    origin: str
    subject: str
    problems: list[DataProblem] = field(default_factory=list)

    def note(self, name: str, kind: ProblemKind, message: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(
            DataProblem(
                origin=self.origin,
                subject=self.subject,
                field=name[:60],
                kind=kind,
                message=message,
                remedy=remedy,
            )
        )

    def line(self, name: str, found: object) -> str | None:
        """Return text on one line."""
        text = " ".join(str(found).split()) if found not in (None, "") else ""
        plain = "".join(character for character in text if character.isprintable())
        return plain[:_LONGEST_NAME] or None

    def day(self, name: str, found: object) -> date | None:
        """Return a day between 1990 and 2100."""
        if found in (None, ""):
            return None
        moment = as_moment(found)
        if moment is None:
            self.note(
                name, ProblemKind.IMPOSSIBLE, f"'{_shown(found)}' is no date", "correct it in the system"
            )
            return None
        if not EARLIEST <= moment.date() <= LATEST:
            self.note(
                name, ProblemKind.OUT_OF_RANGE, f"{moment.date()} is no likely date", "correct it there"
            )
            return None
        return moment.date()

    def amount(self, name: str, found: object) -> Decimal | None:
        """Return an amount of money, 0 or more."""
        if found in (None, ""):
            return None
        try:
            number = Decimal(str(found))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.note(
                name, ProblemKind.IMPOSSIBLE, f"'{_shown(found)}' is no amount", "correct it in the system"
            )
            return None
        if not 0 <= number < LARGEST_ARR:
            self.note(
                name, ProblemKind.OUT_OF_RANGE, f"{_shown(found)} is no likely amount", "correct it there"
            )
            return None
        return number.quantize(Decimal("0.01"))

    def domain(self, name: str, found: object) -> str | None:
        """Return the host of a domain or web address."""
        text = self.line(name, found)
        if text is None:
            return None
        domain = host_of(text)
        if domain is None:
            self.note(name, ProblemKind.IMPOSSIBLE, f"'{_shown(found)}' is no web domain", "correct it there")
        return domain

    def email(self, name: str, found: object) -> str | None:
        """Return an e-mail address in lower case."""
        text = self.line(name, found)
        if text is None:
            return None
        try:
            return _EMAIL.validate_python(text).lower()
        except ValidationError:
            self.note(
                name, ProblemKind.IMPOSSIBLE, f"'{_shown(found)}' is no e-mail address", "correct it there"
            )
            return None

    def region(self, name: str, found: object) -> str | None:
        """Return the two-letter code of a country written as a code or in English."""
        text = self.line(name, found)
        if text is None:
            return None
        code = _countries().get(text.casefold())
        if code is None:
            remedy = "write the country's code or English name there"
            self.note(name, ProblemKind.UNKNOWN, f"'{_shown(found)}' is no country we know", remedy)
        return code

    def tier(self, name: str, found: object) -> str | None:
        """Return a tier."""
        text = (self.line(name, found) or "").lower()
        if not text:
            return None
        if text not in set(Tier):
            remedy = f"write one of {', '.join(Tier)} there"
            self.note(name, ProblemKind.UNKNOWN, f"'{_shown(found)}' is no tier", remedy)
            return None
        return text


def as_moment(found: object) -> datetime | None:
    """Return the moment that ISO text or milliseconds since 1970 say; days begin at midnight UTC."""
    text = str(found).strip()
    try:
        if text.isdigit() and len(text) >= 11:
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        if text.isdigit() or "-" not in text:
            return None
        moment = datetime.fromisoformat(text.replace("+0000", "+00:00"))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def host_of(text: str) -> str | None:
    """Return the bare host of a domain or web address, without ``www.``; None if it is neither."""
    bare = text.strip().lower().partition("://")[2] or text.strip().lower()
    bare = re.split(r"[/?#:\s]", bare, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    try:
        return _DOMAIN.validate_python(bare) if "." in bare else None
    except ValidationError:
        return None


def own_host(text: str) -> str | None:
    """Return the host like `host_of`, but none that belongs to a mail service for everybody."""
    host = host_of(text)
    return None if host in _MAIL_HOSTS else host


def folded_name(text: str) -> str:
    """Return a company's name for comparing: lower case, without legal form and punctuation."""
    words = re.sub(r"[^\w\s&]", " ", text.casefold())
    short = " ".join(_LEGAL.sub(" ", words).split())
    return short or " ".join(words.split())


def split_names(found: object) -> Iterator[str]:
    """Yield the names in a field that may hold several."""
    if found not in (None, ""):
        yield from (name.strip() for name in re.split("[;|\n]", str(found)) if name.strip())


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _shown(found: object) -> str:
    plain = "".join(char if char.isprintable() else " " for char in str(found))
    return plain if len(plain) <= 60 else plain[:59] + "…"


@cache
def _countries() -> Mapping[str, str]:
    territories = Locale("en").territories
    codes = {str(code) for code in territories if len(str(code)) == 2 and str(code).isalpha()}
    names = {str(name).casefold(): str(code) for code, name in territories.items() if code in codes}
    extra = {"usa": "US", "united states of america": "US", "uk": "GB", "great britain": "GB", "el": "GR"}
    return {**{code.lower(): code for code in codes if code not in {"ZZ", "QO", "EU"}}, **names, **extra}


_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_DOMAIN: TypeAdapter[str] = TypeAdapter(Domain)
