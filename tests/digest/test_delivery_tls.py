"""Delivery over encrypted connections: a trusted server gets the mail, one that cannot be trusted gets nothing."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.settings import MailSettings
from digest.deliver import deliver
from store.database import Database
from store.kinds import MailState
from tests.digest.mailserver import Manners, serving
from tests.digest.outmail import fill, states

ADA = "ada@us.example"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain) + signed.public_bytes(encoding)
    )
    return path


def smtp(port: int) -> MailSettings:
    return MailSettings(delivery="smtp", host="127.0.0.1", port=port, security="starttls")


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_mail_goes_over_starttls_to_a_server_that_is_trusted(
    database: Database, now: datetime, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, now, ADA)
    manners = Manners()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(manners, tls=server_side(certificate)) as port:
        report = deliver(database, now, smtp(port), folder=Path("unused"))
    assert (report.sent, report.problem) == (1, None)
    assert manners.recipients == [ADA]


def test_a_server_that_cannot_be_trusted_gets_no_mail(
    database: Database, now: datetime, certificate: Path
) -> None:
    fill(database, now, ADA)
    manners = Manners()
    with serving(manners, tls=server_side(certificate)) as port:
        report = deliver(database, now, smtp(port), folder=Path("unused"))
    assert manners.taken == []
    assert report.problem is not None
    assert "could not be trusted" in report.problem
    assert "check mail.host" in report.problem
    assert states(database)[ADA] is MailState.QUEUED
