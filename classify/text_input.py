"""What comes in to be classified: a text with whatever its source already says of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from classify.model.plain import plain_text
from classify.signals import Actor
from store.kinds import Category, PageType

MOMENT = TypeAdapter(datetime)
Plain = Annotated[str, AfterValidator(plain_text)]
#: What configurations call the source of such pages.
_PAGE_TYPES = {"terms": PageType.POLICY}


def _known_page_type(value: Any) -> Any:
    named = value.strip().lower() if isinstance(value, str) else ""
    return _PAGE_TYPES.get(named, named) if named in {*PageType, *_PAGE_TYPES} else None


def _rival(value: Any) -> Any:
    return Actor(name=plain_text(value).strip()) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    try:
        return MOMENT.validate_python(value)
    except ValidationError:
        return None


class TextInput(BaseModel):
    """One text. What only helps (page type, date) is left out when it cannot be read; the text must be there.

    ``rival`` names whose text it is: headline and facts then say who acts.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    text: Plain
    title: Plain | None = None
    id: str | int | None = None
    url: str | None = None
    page_type: Annotated[PageType | None, BeforeValidator(_known_page_type)] = None
    published: Annotated[datetime | None, BeforeValidator(_moment)] = None
    hint: Category | None = Field(default=None, exclude=True)
    actor: Annotated[Actor | None, BeforeValidator(_rival)] = Field(
        default=None, exclude=True, validation_alias="rival"
    )
