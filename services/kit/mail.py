"""Mail: one message to one address, by SMTP or into a folder; what is known of it afterwards.

A message whose fate nobody knows is told apart from one that did not go: the first is sent again
by a person who decides so, the second by us.
"""

import asyncio
import os
import ssl
from contextlib import suppress
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

from services.kit.log import log
from services.kit.settings import Settings

FOLDER = "mail"
# Each answer of a server, and each half of the talk: until it takes a message, and the message.
ANSWER_SECONDS, MOST_SECONDS = 30.0, 120.0
_NOT_NOW, _GONE_FOR_GOOD = 400, 500


class NotSent(Exception):
    """It did not go. `again`: it may be tried again by itself; `code` says why, in a word."""

    def __init__(self, code: str, *, again: bool) -> None:
        super().__init__(code)
        self.code, self.again = code, again


class Unsure(Exception):
    """It was handed over, and nobody said that it was taken."""


class Mail(Protocol):
    """A way for messages to leave the house."""

    sender: str

    async def send(self, name: str, to: str, message: EmailMessage) -> None:
        """Let one message go under a name that is its own. NotSent or Unsure."""


def mail_of(settings: Settings) -> Mail:
    """The way that the settings name: a server, or a folder where none is named.

    RuntimeError where passwords and invitations would travel open between machines.
    """
    if not settings.smtp_host:
        return Spool(settings.data_dir / FOLDER, settings.mail_from)
    if settings.smtp_tls == "none" and not _is_loopback(settings.smtp_host):
        raise RuntimeError("SMTP_TLS=none is for a mail server on this machine alone")
    return Server(settings)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Spool:
    """A folder of `.eml` files, for whoever has no server: each is there whole or not at all."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self.sender = folder, sender

    async def send(self, name: str, to: str, message: EmailMessage) -> None:  # noqa: ARG002
        """The same name again takes the place of the first: nothing lies there twice."""
        try:
            await asyncio.to_thread(self._write, name, message.as_bytes())
        except OSError as failure:
            log.error("mail.not_written", error=type(failure).__name__)
            raise NotSent("not_written", again=True) from None

    def _write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        own = self.folder / f".{name}.{os.getpid()}"
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        own.replace(self.folder / f"{name}.eml")


class Server:
    """A mail server, by SMTP."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.sender = settings, settings.mail_from

    async def send(self, name: str, to: str, message: EmailMessage) -> None:  # noqa: ARG002
        """Until the content is handed over nothing has gone; from then on only an answer tells."""
        client = self._client()
        try:
            await self._offer(client, to)
            await _hand_over(client, message.as_bytes())
        finally:
            client.close()

    async def _offer(self, client: Any, to: str) -> None:
        """Until the server says that it takes a message to this address. NotSent."""
        import aiosmtplib as smtp  # noqa: PLC0415 - who sends nothing need not wait for it

        try:
            async with asyncio.timeout(MOST_SECONDS):
                await client.connect()
                await client.ehlo()
                await client.mail(self.sender)
                await client.rcpt(to)
        except smtp.SMTPRecipientRefused as refusal:
            raise _refused("mail.refused", refusal) from None
        except (smtp.SMTPException, OSError, ValueError) as failure:  # OSError: also a time-out
            raise _unreachable(failure) from None

    def _client(self) -> Any:
        import aiosmtplib as smtp  # noqa: PLC0415

        told = self.settings
        return smtp.SMTP(
            hostname=told.smtp_host,
            port=told.smtp_port,
            use_tls=told.smtp_tls == "implicit",
            start_tls=told.smtp_tls == "starttls",
            username=told.smtp_user or None,
            password=told.smtp_password or None,
            tls_context=ssl.create_default_context() if told.smtp_tls != "none" else None,
            # Nobody need know what this machine is called.
            local_hostname="kompetensnav",
            timeout=ANSWER_SECONDS,
        )


async def _hand_over(client: Any, content: bytes) -> None:
    """The message itself. NotSent where the server says no; Unsure where it says nothing."""
    import aiosmtplib as smtp  # noqa: PLC0415

    try:
        async with asyncio.timeout(MOST_SECONDS):
            await client.data(content)
    except smtp.SMTPDataError as refusal:
        raise _refused("mail.content_refused", refusal) from None
    except (smtp.SMTPException, OSError) as failure:
        log.warning("mail.unsure", error=type(failure).__name__)
        raise Unsure from None
    with suppress(smtp.SMTPException, OSError):
        await client.quit()


def _refused(event: str, refusal: Any) -> NotSent:
    """What a server says of one message: it may say "not now"."""
    log.warning(event, status=refusal.code)
    for_good = refusal.code >= _GONE_FOR_GOOD
    return NotSent("refused" if for_good else "put_off", again=not for_good)


def _unreachable(failure: BaseException) -> NotSent:
    """No server, or one that takes nothing from us: it is the house's matter, not the message's."""
    code = getattr(failure, "code", None)
    log.warning("mail.unreachable", error=type(failure).__name__, status=code)
    not_now = code is not None and _NOT_NOW <= code < _GONE_FOR_GOOD
    return NotSent("put_off" if not_now else "unreachable", again=True)
