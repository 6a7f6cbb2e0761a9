"""Text messages by Kannel, a gateway of one's own: its post-url, answered in the response."""

from __future__ import annotations

import hmac
import re
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from addons.channels.sms import TextMessage, TextMessages
from dripdesk.settings import SettingError, Settings
from dripdesk.texts import is_gsm

MESSAGE_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
NUMBER = re.compile(r"\+?[0-9]{1,20}")


class KannelInput(InputChannel):
    """Answers who shows the token. Raises SettingError without one: anybody could write then."""

    def __init__(self, settings: Settings) -> None:
        if not settings.kannel_token:
            raise SettingError("KANNEL_TOKEN must be set for text messages by Kannel.")
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Return the part of its address after /webhooks/."""
        return "kannel"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the route."""
        routes = Blueprint("kannel")

        async def message(request: Request) -> HTTPResponse:
            return await self._message(request)

        routes.add_route(message, "/webhook", methods=["POST"])

        return routes

    async def _message(self, request: Request) -> HTTPResponse:
        token = request.args.get("token", "")
        if not hmac.compare_digest(token.encode(), self._settings.kannel_token.encode()):
            return response.empty(403)
        message_id = request.args.get("id", "")
        clinic = request.headers.get("x-kannel-to", "").strip()
        patient = request.headers.get("x-kannel-from", "").strip()
        if not MESSAGE_ID.fullmatch(message_id) or not (
            NUMBER.fullmatch(clinic) and NUMBER.fullmatch(patient)
        ):
            return response.empty(400)
        texts = TextMessages(request.app.ctx.agent, self.name(), self._settings.secret)
        text = request.body.decode("utf-8", "replace")
        answer = await texts.answer(TextMessage(clinic, patient, message_id, text))
        # Kannel sends "?" for what is not in GSM-7 unless it is told: 2 is UCS-2.
        coding = {} if is_gsm(answer) else {"X-Kannel-Coding": "2"}
        return response.raw(
            answer.encode(), headers=coding, content_type="text/plain; charset=utf-8"
        )
