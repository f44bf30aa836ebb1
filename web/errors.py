"""What the pages raise; each becomes a page with a sentence a person can act on.

WebError
├── NotFoundError      there is no such thing, or it has been pruned
├── ForbiddenError     the person's role does not allow it, or a form was not ours
├── LoginNeededError   nobody is logged in; answered by the way to the log-in page
├── RefusedError       what was asked makes no sense as it stands; says what to change
└── TooManyError       too many attempts from one address
"""

from __future__ import annotations

from config.errors import InputError


class WebError(InputError):
    """A request cannot be answered as asked. ``status`` is the HTTP status, ``title`` the page's heading."""

    status = 400
    title = "That did not work"


class NotFoundError(WebError):
    """There is no such thing."""

    status = 404
    title = "Not found"


class ForbiddenError(WebError):
    """The person's role does not allow it, or the form did not come from our page."""

    status = 403
    title = "Not allowed"


class LoginNeededError(WebError):
    """Nobody is logged in."""

    status = 401
    title = "Please log in"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__("log in to see this page")


class RefusedError(WebError):
    """A form's content cannot be taken; the message says what to change."""


class TooManyError(WebError):
    """Too many attempts from one address in a short time."""

    status = 429
    title = "Too many attempts"
