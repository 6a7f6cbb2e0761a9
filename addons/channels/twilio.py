"""Text messages by Twilio: its webhook, answered in the same response (TwiML)."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import structlog
from multidict import MultiDict
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from addons import metrics
from addons.channels.sms import TextMessage, TextMessages
from addons.logs import place
from addons.stores.deliveries import note
from dripdesk import opt_out
from dripdesk.settings import SettingError, Settings

log = structlog.get_logger(__name__)

MESSAGE_ID = re.compile(r"[A-Za-z0-9]{1,64}")
NUMBER = re.compile(r"\+?[0-9A-Za-z:]{1,40}")  # whatsapp:+1914..., a short code, or +1914...
PHONE_NUMBER = re.compile(r"\+\d{7,15}")  # E.164
STATUS = re.compile(r"[a-z_-]{1,32}")


class TwilioInput(InputChannel):
    """Answers what Twilio signs. Raises SettingError without a token: anybody could write then."""

    def __init__(self, settings: Settings) -> None:
        if not settings.twilio_auth_token:
            raise SettingError("TWILIO_AUTH_TOKEN must be set for text messages by Twilio.")
        self._settings = settings
        self._validator = RequestValidator(settings.twilio_auth_token)

    @classmethod
    def name(cls) -> str:
        """Return the part of its address after /webhooks/."""
        return "twilio"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the routes: for messages, and for what became of ours."""
        routes = Blueprint("twilio")

        async def message(request: Request) -> HTTPResponse:
            return await self._message(request)

        routes.add_route(message, "/webhook", methods=["POST"])

        async def status(request: Request) -> HTTPResponse:
            return await self._status(request)

        routes.add_route(status, "/status", methods=["POST"])

        return routes

    def _signed(self, request: Request) -> MultiDict[str] | None:
        """Return the fields of a request, or None if Twilio did not sign just these.

        Twilio signs the address as it was given there and all fields, empty ones too
        (twilio.com/docs/usage/security); Sanic's own parser leaves empty ones out.
        """
        try:
            body = request.body.decode("utf-8")
            fields = parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body))
        except ValueError:  # not UTF-8, or no form
            return None
        query = f"?{request.query_string}" if request.query_string else ""
        url = f"{self._settings.public_url}{request.path}{query}"
        signature = request.headers.get("x-twilio-signature", "")
        form = MultiDict(fields)
        return form if self._validator.validate(url, form, signature) else None

    async def _message(self, request: Request) -> HTTPResponse:
        form = self._signed(request)
        if form is None:
            return _refused(403)
        message_id = form.get("MessageSid", form.get("SmsSid", ""))
        clinic, patient = form.get("To", ""), form.get("From", "")
        if not MESSAGE_ID.fullmatch(message_id) or not (
            NUMBER.fullmatch(clinic) and NUMBER.fullmatch(patient)
        ):
            return _refused(400)
        text = form.get("Body", "")
        # Twilio answers those words at phone numbers only, not at short codes or on WhatsApp.
        answers = self._settings.opt_out_by == "gateway" and PHONE_NUMBER.fullmatch(clinic)
        is_left = bool(answers) and opt_out.is_for_gateway(text)
        texts = TextMessages(request.app.ctx.agent, self.name(), self._settings.secret)
        return twiml(await texts.answer(TextMessage(clinic, patient, message_id, text, is_left)))

    async def _status(self, request: Request) -> HTTPResponse:
        form = self._signed(request)
        if form is None:
            return _refused(403)
        message_id = form.get("MessageSid", form.get("SmsSid", ""))
        status = form.get("MessageStatus", form.get("SmsStatus", ""))
        if not MESSAGE_ID.fullmatch(message_id) or not STATUS.fullmatch(status):
            return _refused(400)
        try:
            keep = partial(note, message_id=message_id, status=status)
            is_new = await request.app.ctx.agent.database.write(keep)
        except Exception as error:
            log.error("A delivery report was not stored.", error=place(error))
            return _refused(503)
        if is_new:
            metrics.delivery(status)
        return response.empty(204)


def twiml(text: str) -> HTTPResponse:
    """Return a text as Twilio sends it on; nothing is silence."""
    answer = MessagingResponse()
    if text:
        answer.message(text)
    return response.raw(
        str(answer).encode(), headers={"Cache-Control": "no-store"}, content_type="text/xml"
    )


def _refused(status: int) -> HTTPResponse:
    return response.empty(status)
