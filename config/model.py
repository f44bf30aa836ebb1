"""What every configuration file's model shares: strict keys, frozen values, and the kinds of text."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

KEY_PATTERN = r"^[a-z0-9][a-z0-9._-]*$"
REGION_PATTERN = r"^[A-Z]{2}$"

# Deliberately plain: one address, no display name, no control characters (they could reach a mail header).
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_DOMAIN = re.compile(r"[^\W_](?:[\w.-]{0,250}\w)?(?::\d{1,5})?")


class ConfigModel(BaseModel):
    """A part of the configuration: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


def _check_email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("not an e-mail address; write it as name@example.com")
    return value


def _check_line(value: str) -> str:
    # Names reach mail headers and log lines; a line break there would start a header of its own.
    if any(not character.isprintable() for character in value):
        raise ValueError("holds a line break or another control character; write it on one line")
    return value


def _check_domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value):
        raise ValueError("not a domain; write the bare host name, such as northbeam.example")
    return value.lower()


def _iso_code(value: object) -> object:
    # Two codes that the EU and everyday use have, and ISO 3166 has not.
    return {"UK": "GB", "EL": "GR"}.get(value, value) if isinstance(value, str) else value


Email = Annotated[str, AfterValidator(_check_email)]
#: Text on one line, without control characters.
Line = Annotated[str, AfterValidator(_check_line)]
#: A bare host name, with a port where it must be.
Domain = Annotated[str, AfterValidator(_check_domain)]
#: A two-letter country code of ISO 3166; UK is read as GB.
Region = Annotated[str, BeforeValidator(_iso_code), Field(pattern=REGION_PATTERN)]
