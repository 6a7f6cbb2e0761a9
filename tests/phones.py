"""Phones whose texts come by a gateway, as each gateway hands them over."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from xml.dom import minidom

import httpx2
from sanic import Sanic
from twilio.request_validator import RequestValidator

from tests.browsers import SETTINGS, serving
from tests.patients import Clinic

CLINIC, PATIENT = "+19145550100", "+12125550142"
# What Twilio posts for a text message; the values are made up.
TWILIO = {
    "ToCountry": "US", "ToState": "NY", "SmsMessageSid": "", "NumMedia": "0", "ToCity": "",
    "FromZip": "10001", "SmsSid": "", "FromState": "NY", "SmsStatus": "received", "FromCity": "",
    "Body": "", "FromCountry": "US", "To": CLINIC, "ToZip": "", "NumSegments": "1",
    "MessageSid": "", "AccountSid": "AC00000000000000000000000000000000", "From": PATIENT,
    "ApiVersion": "2010-04-01",
}  # fmt: skip
sids = map("SM{:032x}".format, itertools.count())


@dataclass
class Phone:
    """A patient's phone."""

    app: Sanic
    loop: asyncio.AbstractEventLoop
    gateway: str
    number: str = PATIENT
    ids: Any = field(default_factory=lambda: sids)

    async def post(
        self, path: str, content: bytes, headers: dict[str, str], query: str = ""
    ) -> httpx2.Response:
        """Return the response to a request of the gateway."""
        transport = httpx2.ASGITransport(app=self.app)
        address = f"/webhooks/{self.gateway}{path}{query}"
        async with httpx2.AsyncClient(transport=transport, base_url="http://inside") as client:
            return await client.post(address, content=content, headers=headers)

    async def send(self, text: str, message_id: str = "", **fields: str) -> str:
        """Return the text of the answer, "" for silence."""
        message_id = message_id or next(self.ids)
        if self.gateway == "kannel":
            answer = await self.post(
                "/webhook", text.encode(), kannel(self.number), kannel_query(message_id)
            )
            assert answer.status_code == 200
            return answer.text
        answer = await self.post("/webhook", *twilio(text, message_id, self.number, **fields))
        assert answer.status_code == 200
        return said(answer)

    def says(self, text: str, message_id: str = "", **fields: str) -> str:
        """Return the text of the answer, waiting for it."""
        return self.loop.run_until_complete(self.send(text, message_id, **fields))


def twilio(
    text: str, message_id: str, number: str = PATIENT, path: str = "/webhook", **fields: str
) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a request that Twilio signs."""
    ids = {"MessageSid": message_id, "SmsSid": message_id, "SmsMessageSid": message_id}
    form = {**TWILIO, **ids, "Body": text, "From": number, **fields}
    return urlencode(form).encode(), {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Twilio-Signature": signature(form, path),
    }


def signature(form: dict[str, str], path: str = "/webhook") -> str:
    """Return what Twilio signs a form with, by Twilio's own library."""
    url = f"{SETTINGS.public_url}/webhooks/twilio{path}"
    found: str = RequestValidator(SETTINGS.twilio_auth_token).compute_signature(url, form)
    return found


def kannel(number: str = PATIENT) -> dict[str, str]:
    """Return the headers of Kannel's post-url."""
    return {
        "Content-Type": 'text/plain; charset="UTF-8"',
        "User-Agent": "Kannel/1.4.5",
        "X-Kannel-From": number,
        "X-Kannel-To": CLINIC,
        "X-Kannel-SMSC": "fake",
    }


def kannel_query(message_id: str, token: str = SETTINGS.kannel_token) -> str:
    """Return the query of Kannel's post-url."""
    return f"?{urlencode({'token': token, 'id': message_id})}"


def said(answer: httpx2.Response) -> str:
    """Return the text in TwiML, "" if there is none."""
    assert answer.headers["content-type"] == "text/xml"
    messages = minidom.parseString(answer.content).getElementsByTagName("Message")  # noqa: S318 (ours)
    assert len(messages) <= 1
    return "".join(node.nodeValue or "" for one in messages for node in one.childNodes)


def phone(clinic: Clinic, gateway: str, **settings: Any) -> Phone:
    """Return the phone of a patient who has never written before."""
    return Phone(serving(clinic, replace(SETTINGS, **settings)), clinic.loop, gateway)
