"""The pages as one application."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from config.health import HealthConfig
from config.load import default_health
from config.settings import Settings
from store.database import Database
from store.errors import StoreError
from store.sessions import session_secret
from store.users import warm_up
from web.errors import LoginNeededError, WebError
from web.headers import SafetyHeaders
from web.rendering import HERE, make_templates, render
from web.routes import (
    accounts,
    admin,
    api,
    changes,
    digests,
    flags,
    intake,
    login,
    overrides,
    overview,
    portfolio,
    public,
    reviews,
    signals,
    sources,
)
from web.site import Site
from web.throttle import Throttle

log = logging.getLogger(__name__)

ROUTERS = (
    login,
    overview,
    accounts,
    flags,
    overrides,
    portfolio,
    reviews,
    signals,
    changes,
    sources,
    digests,
    intake,
    admin,
    public,
    api,
)


def create_app(
    database: Database,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    health: HealthConfig | None = None,
) -> FastAPI:
    """Return the pages and the JSON API over an upgraded database. Raises: StoreError if it is not one.

    ``health`` says where the bands begin and what metrics are called; without it the built-in score is meant.
    """
    with database.write() as session:
        secret = session_secret(session, now())
    warm_up()
    app = FastAPI(title="Rivalwatch", docs_url=None, redoc_url=None, openapi_url=None)
    site = Site(
        database=database,
        settings=settings,
        health=health or default_health(),
        now=now,
        secret=secret,
        templates=make_templates(settings.currency),
        throttle=Throttle(),
    )
    app.state.site = site
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for module in ROUTERS:
        app.include_router(module.router)
    _answer_errors(app)
    app.add_middleware(SafetyHeaders, https=site.is_https)
    return app


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(WebError, _web_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(StoreError, _store_error)


def _web_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, WebError)
    if isinstance(error, LoginNeededError) and not _wants_json(request):
        target = error.path if request.method == "GET" else "/"
        return RedirectResponse("/login?" + urlencode({"next": target}), status_code=303)
    return _answer(request, error.status, error.title, str(error))


def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = "; ".join(f"{item['loc'][-1]}: {item['msg'].lower()}" for item in error.errors()[:3])
    return _answer(request, 422, "That cannot be read", f"check the address or the form: {problems}")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, 404, "Not found", "there is no such page; use the menu to go on")
    return _answer(request, error.status_code, "That did not work", str(error.detail).lower())


def _store_error(request: Request, error: Exception) -> Response:
    log.error("database failed while a page was made", exc_info=error)
    message = "the database cannot be read just now; try again in a minute"
    try:
        return _answer(request, 503, "Not just now", message)
    except StoreError:  # Not even who asks can be looked up.
        return PlainTextResponse(message, 503)


def _answer(request: Request, status: int, title: str, message: str) -> Response:
    if _wants_json(request):
        return JSONResponse({"error": message}, status)
    return render(
        request, "error.html", {"title": title, "message": message, "status": status}, status=status
    )


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/") or request.url.path == "/healthz"
