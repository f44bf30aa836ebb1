"""Steps that the browser takes on a page before it is read: one action each, in the order of the file."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from config.model import ConfigModel
from config.nodes import Items, Mapping, Node, Scalar, is_empty
from config.report import Report
from config.selectors import selector_fault

MOST_STEPS = 20
BOTTOM = "bottom"
TEXT = "text="  # what follows is the text that the element shows
ACTIONS = ("click", "fill", "select", "wait_for", "scroll")

#: A step as stored with its source, such as {"fill": "#q", "with": "kyc"}.
StepOptions = dict[str, str | int]


class StepConfig(ConfigModel):
    """One step. `click`, `wait_for` and `scroll` also take `text=…`, the text that the element shows."""

    click: str | None = Field(
        default=None, description="CSS selector of what to click.", examples=["#annual"]
    )
    times: int = Field(
        default=1,
        ge=1,
        le=50,
        description="With `click`: how often; it ends early when nothing is left to click.",
    )
    fill: str | None = Field(
        default=None,
        description="CSS selector of a field to write into, with what `with` says.",
        examples=["#q"],
    )
    select: str | None = Field(
        default=None,
        description="CSS selector of a list to choose from, what `with` says.",
        examples=["#currency"],
    )
    with_: str | None = Field(
        default=None, alias="with", description="What to write or to choose.", examples=["EUR"]
    )
    wait_for: str | None = Field(
        default=None, description="CSS selector of what must appear first.", examples=[".plan"]
    )
    scroll: str | None = Field(
        default=None,
        description="`bottom` until nothing more loads, or the CSS selector of what to scroll to.",
        examples=["bottom"],
    )

    @model_validator(mode="after")
    def _one_action(self) -> Self:
        written = [name for name in ACTIONS if getattr(self, name)]
        if len(written) != 1:
            found = " and ".join(written) if written else "none"
            raise ValueError(
                f"a step does one thing, found {found}; write one of {', '.join(ACTIONS)} a step"
            )
        needs = written[0] in ("fill", "select")
        if needs and self.with_ is None:
            raise ValueError(f"'{written[0]}' needs a 'with'; add 'with: …' to the step")
        if not needs and self.with_ is not None:
            raise ValueError(f"'with' goes with fill and select only; take it out of the '{written[0]}' step")
        if self.times > 1 and not self.click:
            raise ValueError(f"'times' goes with click only; take it out of the '{written[0]}' step")
        return self

    def to_options(self) -> StepOptions:
        """Return the step as it is stored."""
        options: StepOptions = self.model_dump(by_alias=True, exclude_none=True)
        return options if self.times > 1 else {key: value for key, value in options.items() if key != "times"}


def check_steps(node: Node | None, report: Report) -> None:
    """Report selectors of steps that can not be used, and steps beyond `MOST_STEPS`."""
    steps = node.items if isinstance(node, Items) else ()
    if len(steps) > MOST_STEPS:
        report.add(
            steps[MOST_STEPS].place, f"more than {MOST_STEPS} steps", remedy="leave out what is not needed"
        )
    for step in steps:
        entries = step.entries.items() if isinstance(step, Mapping) else ()
        for action, value in entries:
            if action in ACTIONS and isinstance(value, Scalar) and not is_empty(value):
                _check_target(action, value, report)


def _check_target(action: str, value: Scalar, report: Report) -> None:
    by_text = value.text.startswith(TEXT) and action not in ("fill", "select")
    if (action == "scroll" and value.text == BOTTOM) or (by_text and value.text[len(TEXT) :].strip()):
        return
    if fault := selector_fault(value.text):
        also = " or the text it shows: 'text=Annual'" if action not in ("fill", "select") else ""
        report.add(
            value.place,
            f"'{action}' is not a CSS selector: {fault}",
            found=value,
            remedy=f"write a selector such as '#annual' or '.plan button'{also}",
        )
