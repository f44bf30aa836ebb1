"""The shape of what a labelled row of facts expects, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict


def _digits(amount: str) -> str:
    try:
        if Decimal(amount).is_finite():
            return amount
    except InvalidOperation:
        pass
    raise ValueError(f"{amount!r} is no number")


Amount = Annotated[str, AfterValidator(_digits)]


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Person(_Fact):
    name: str
    role: str
    action: str


class _Money(_Fact):
    amount: Amount
    currency: str
    round: str | None


class _Price(_Fact):
    plan: str
    before: Amount | None
    after: Amount | None
    currency: str | None
    period: str | None
    percent: float | None


class _Name(_Fact):
    expected: str | None


class _People(_Fact):
    expected: list[_Person]


class _Sum(_Fact):
    expected: _Money | None


class _Prices(_Fact):
    expected: list[_Price]


class _Names(_Fact):
    expected: list[str]


_SHAPES: Final[Mapping[str, type[_Fact]]] = {
    "people": _People,
    "money": _Sum,
    "prices": _Prices,
    "acquired": _Name,
    "actor": _Name,
    "partners": _Names,
}


def check_expected(kind: str, expected: Any) -> None:
    """Check that what a row of this kind expects can be compared with what is read. Raises: ValidationError."""
    _SHAPES[kind].model_validate({"expected": expected})
