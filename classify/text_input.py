"""What comes in to be classified: a text with whatever its source already says of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from classify.signals import Actor
from store.kinds import Category, PageType

MOMENT = TypeAdapter(datetime)


def _known_page_type(value: Any) -> Any:
    return value if value in set(PageType) else None


def _moment(value: Any) -> datetime | None:
    try:
        return MOMENT.validate_python(value)
    except ValidationError:
        return None


class TextInput(BaseModel):
    """One text. What only helps (page type, date) is left out when it cannot be read; the text must be there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    title: str | None = None
    id: str | int | None = None
    url: str | None = None
    page_type: Annotated[PageType | None, BeforeValidator(_known_page_type)] = None
    published: Annotated[datetime | None, BeforeValidator(_moment)] = None
    hint: Category | None = Field(default=None, exclude=True)
    actor: Actor | None = Field(default=None, exclude=True)
