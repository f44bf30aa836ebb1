"""What digests raise.

RivalwatchError
├── InputError
│   ├── UnknownSubscriberError   no reader has that address
│   ├── PeriodError              not a week, month or quarter
│   └── WeekAheadError           a week that has begun for nobody yet
└── OperationError
    └── DeliveryError            mail cannot leave now; says why and what to do
"""

from __future__ import annotations

from datetime import datetime

from config.errors import InputError, OperationError


class UnknownSubscriberError(InputError):
    """No reader has that address."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"no subscriber '{key}'; subscribers stand in subscribers.yaml by their e-mail address"
        )


class PeriodError(InputError):
    """Not a week, month or quarter."""

    def __init__(self, text: str, form: str) -> None:
        self.text = text
        super().__init__(f"'{text}' is not a period; write it as {form}")


class WeekAheadError(InputError):
    """The time that the mails of that week cover has begun for no reader yet."""

    def __init__(self, week: str, begins: datetime) -> None:
        self.week = week
        super().__init__(
            f"the mails of {week} cover what comes after {begins:%Y-%m-%d %H:%M} UTC;"
            " leave --week out to send what is due"
        )


class DeliveryError(OperationError):
    """Mail cannot leave now: the folder or the server does not take it. All mail stays queued."""
