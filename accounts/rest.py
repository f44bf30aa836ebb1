"""JSON over HTTP for systems whose documented interface is small: Zendesk and Intercom."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import httpx

from accounts.errors import Trouble
from accounts.systems import Access, seconds_to_wait
from store.records import JsonObject

LARGEST = 50_000_000  # bytes; Zendesk's largest page of 1,000 tickets stays far below


class RestClient:
    """Asks one host. Every failure is a ConnectionFailedError; limits are waited out."""

    def __init__(
        self, access: Access, base: str, headers: dict[str, str], auth: tuple[str, str] | None
    ) -> None:
        self.access = access
        self._base = base
        timeout = access.config.timeout.total_seconds()
        self._client = httpx.Client(base_url=base, headers=headers, auth=auth, timeout=timeout)

    def __enter__(self) -> Self:
        """Open."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, **parameters: str | int) -> JsonObject:
        """Return the object that a path answers with."""
        return self.access.patiently(lambda: self._ask("GET", path, params=parameters or None))

    def post(self, path: str, body: JsonObject) -> JsonObject:
        """Return the object that a search answers with."""
        return self.access.patiently(lambda: self._ask("POST", path, json=body))

    def _ask(self, method: str, path: str, **what: Any) -> JsonObject:
        access = self.access
        try:
            answer = self._client.request(method, path, **what)
        except httpx.HTTPError as error:
            raise access.failure(
                Trouble.UNREACHABLE, f"{self._base} can not be reached: {error or type(error).__name__}"
            ) from error
        self._judge(answer, path)
        try:
            found = answer.json()
        except ValueError as error:
            raise access.failure(Trouble.BROKEN_ANSWER, f"{path} did not answer with JSON") from error
        if not isinstance(found, dict):
            raise access.failure(Trouble.BROKEN_ANSWER, f"{path} answered with something else than an object")
        return found

    def _judge(self, answer: httpx.Response, path: str) -> None:
        access, status = self.access, answer.status_code
        if status in (401, 403):
            raise access.expired()
        if status == 429:
            pause = seconds_to_wait(answer.headers.get("Retry-After"), access.now)
            raise access.failure(Trouble.LIMIT, "too many requests; the next regular read tries again", pause)
        if status >= 500:
            pause = seconds_to_wait(answer.headers.get("Retry-After"), access.now)
            raise access.failure(Trouble.UNREACHABLE, f"{path} failed over there (status {status})", pause)
        if status >= 300:
            raise access.failure(Trouble.REFUSED, f"{path} was refused (status {status}): {answer.text}")
        if len(answer.content) > LARGEST:
            raise access.failure(Trouble.BROKEN_ANSWER, f"{path} answered with more than {LARGEST} bytes")
