"""The website's chat: JSON over HTTP for the widget, as docs/web-api.yml describes it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from functools import partial
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import text as sql

from addons.agent import AnsweringAgent
from addons.channels import visitors
from addons.channels.refusals import HEADERS, RefusedError, json_body, refused
from addons.channels.sessions import IDLE, Session, SessionError, Sessions
from addons.channels.visitors import Limit, address, networks
from addons.logs import place
from addons.site import SCRIPT, script
from addons.stores.transcript import give_feedback, transcript
from addons.turns.turn import LONGEST, Incoming, clean
from dripdesk import chat_texts, live
from dripdesk.settings import Settings

log = structlog.get_logger(__name__)

MESSAGE_ID = re.compile(r"[\w-]{8,64}", re.ASCII)

Handler = Callable[[Request], Awaitable[HTTPResponse]]


class WebInput(InputChannel):
    """Serves browsers: each sees and goes on with its own conversation only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions = Sessions(settings.secret)
        self._proxies = networks(settings.trusted_proxies)
        self._requests, self._messages, self._new = (
            Limit(visitors.REQUESTS),
            Limit(visitors.MESSAGES),
            Limit(visitors.SESSIONS),
        )

    @classmethod
    def name(cls) -> str:
        """Return the part of its address after /webhooks/."""
        return "web"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("web")
        for method, path, handler in (
            ("POST", "/session", self._begin),
            ("POST", "/messages", self._answer),
            ("GET", "/conversation", self._restore),
            ("DELETE", "/conversation", self._forget),
            ("GET", "/known", self._known),
            ("POST", "/feedback", self._feedback),
        ):
            name = handler.__name__.strip("_")
            routes.add_route(self._served(handler), path, methods=[method], name=name)
        routes.add_route(_live, "/health/live", methods=["GET"], name="live")
        routes.add_route(_ready, "/health/ready", methods=["GET"], name="ready")
        routes.add_route(script, f"/{SCRIPT.name}", methods=["GET"], name="script")
        return routes

    def _served(self, handler: Handler) -> Handler:
        """Return a handler that refuses whom it must, and tells of every failure in plain words."""

        async def serve(request: Request) -> HTTPResponse:
            try:
                self._admit(request)
                return await handler(request)
            except RefusedError as error:
                return refused(error.status)
            except Exception as error:
                log.error("A request of the chat failed.", error=place(error))
                return refused(503)

        return serve

    def _admit(self, request: Request) -> None:
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._settings.allowed_origins:
            raise RefusedError(403)
        if not self._requests.allows(self._address(request)):
            raise RefusedError(429)

    def _address(self, request: Request) -> str:
        forwarded = request.headers.getall("x-forwarded-for", [])
        return address(request.ip, forwarded, self._proxies)

    def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise RefusedError(401)
        try:
            return self._sessions.read(token)
        except SessionError as error:
            raise RefusedError(401) from error

    def _told(self, session: Session, status: int = 200, **body: Any) -> HTTPResponse:
        """Return an answer with a token that is good for another while."""
        renewed = {"token": self._sessions.token(session), "expires_in": IDLE}
        return response.json({**body, **renewed}, status, HEADERS)

    async def _begin(self, request: Request) -> HTTPResponse:
        """Begin a conversation. Nobody can name it: it gets a token."""
        json_body(request)
        if not self._new.allows(self._address(request)):
            raise RefusedError(429)
        book = live.facts()
        phone = book.facts["phone"].value if book.state("phone").spoken else None
        clinic = {
            "name": book.show("clinic_name"),
            "phone": phone and book.show("phone"),
            "tel": phone,
        }
        return self._told(
            self._sessions.new(),
            201,
            clinic=clinic,
            messages=[{"text": chat_texts.say("greeting", book)}],
            suggestions=chat_texts.suggestions(),
        )

    async def _answer(self, request: Request) -> HTTPResponse:
        """Answer a message; the same again gets the same answer."""
        session = self._session(request)
        body = json_body(request)
        text, message_id = body.get("text"), body.get("id")
        if not isinstance(text, str) or not clean(text[:LONGEST]):
            raise RefusedError(400)
        if not isinstance(message_id, str) or not MESSAGE_ID.fullmatch(message_id):
            raise RefusedError(400)
        if not self._messages.allows(session.id):
            if not live.danger(clean(text[:LONGEST])):  # which is told of all the same
                raise RefusedError(429)
        elif command := chat_texts.command(clean(text)):
            return await self._obey(request, session, command)
        conversation = self._sessions.conversation(session)
        messages = await _agent(request).turns.answer(
            Incoming("web", conversation, message_id, text)
        )
        if len(text) > LONGEST:  # also of such a text danger is told
            said = " ".join(part["text"] for part in messages)
            return self._told(session, 413, error={"code": "too_large", "text": said})
        return self._told(session, id=message_id, messages=messages)

    async def _obey(self, request: Request, session: Session, command: str) -> HTTPResponse:
        """Do what a message asks the chat itself to do."""
        if command == "known":
            text = (await self._known_text(request, session))["text"]
            return self._told(session, messages=[{"text": text}])
        if command == "forgotten":
            await _agent(request).turns.forget(self._sessions.conversation(session))
        text = chat_texts.say(command, live.facts())
        return self._told(self._sessions.new(), messages=[{"text": text}], is_new=True)

    async def _restore(self, request: Request) -> HTTPResponse:
        """Return the conversation so far, for a page that was loaded again."""
        session = self._session(request)
        read = partial(transcript, conversation=self._sessions.conversation(session))
        return self._told(session, messages=await _agent(request).database.read(read))

    async def _forget(self, request: Request) -> HTTPResponse:
        """Delete the conversation, and begin another."""
        return await self._obey(request, self._session(request), "forgotten")

    async def _known(self, request: Request) -> HTTPResponse:
        """Tell what is kept of the conversation."""
        session = self._session(request)
        return self._told(session, **await self._known_text(request, session))

    async def _known_text(self, request: Request, session: Session) -> dict[str, Any]:
        known = await _agent(request).turns.known(self._sessions.conversation(session))
        if known.since is None:
            return {"text": chat_texts.say("known_nothing", live.facts()), "said": []}
        day = datetime.fromtimestamp(known.since, timezone.utc)
        text = chat_texts.say(
            "known",
            live.facts(),
            count=len(known.said),
            since=f"{day:%B} {day.day}",
            days=self._settings.retention_days,
        )
        return {"text": text, "said": list(known.said)}

    async def _feedback(self, request: Request) -> HTTPResponse:
        """Keep whether an answer helped."""
        session = self._session(request)
        body = json_body(request)
        message_id, helpful = body.get("id"), body.get("helpful")
        if not isinstance(message_id, str) or not isinstance(helpful, bool):
            raise RefusedError(400)
        if not self._messages.allows(f"feedback {session.id}"):
            raise RefusedError(429)
        conversation = self._sessions.conversation(session)
        keep = partial(
            give_feedback, conversation=conversation, message_id=message_id, helpful=helpful
        )
        agent = _agent(request)
        try:
            async with agent.lock_store.lock(conversation):
                await agent.database.write(keep)
        except LookupError as error:
            raise RefusedError(404) from error
        return self._told(session)


def _agent(request: Request) -> AnsweringAgent:
    agent: AnsweringAgent = request.app.ctx.agent
    return agent


async def _live(request: Request) -> HTTPResponse:
    """Say that the server runs."""
    return response.json({"status": "live"}, headers=HEADERS)


async def _ready(request: Request) -> HTTPResponse:
    """Say whether questions can be answered: with a model, and a database to keep the answers."""
    agent = _agent(request)
    parts = {"model": agent.processor is not None, "database": True}
    try:
        await agent.database.read(lambda connection: connection.execute(sql("SELECT 1")))
    except Exception:  # of whatever kind: it cannot be used
        parts["database"] = False
    return response.json(parts, 200 if all(parts.values()) else 503, HEADERS)
