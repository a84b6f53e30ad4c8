"""Which addresses are never asked: anything but the public internet, in whatever form it is written."""

from __future__ import annotations

import socket

import pytest

from assistant.errors import FetchError
from ingest.fetch.addresses import is_public, locate_address

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("written", PRIVATE)
def test_private_and_wrapped_private_addresses_are_not_public(written: str) -> None:
    assert not is_public(written)


@pytest.mark.parametrize("written", ["8.8.8.8", "151.101.64.144", "2606:4700::6810:84e5", "64:ff9b::808:808"])
def test_public_addresses_are_public(written: str) -> None:
    assert is_public(written)


def answering(*addresses: str):
    def getaddrinfo(_host, port, **_options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return getaddrinfo


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("8.8.8.8", "169.254.169.254"))
    with pytest.raises(FetchError, match="private machine"):
        locate_address("https://reef.example/report")


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("8.8.8.8"))
    place = locate_address("https://reef.example/report?page=2")
    assert (place.ip, place.port, place.target, place.site) == ("8.8.8.8", 443, "/report?page=2", "https://reef.example")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://reef.example/x", "file:///etc/passwd", "//reef.example", "reef.example", "", "http://", "https://a:b@reef.example/",
        "https://reef.example:8080/", "https://reef.example:99999/", "https://reef.example/a b", "https://reef.example/\r\nX: y",
        "https://[::1/", "gopher://reef.example",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_without_a_look_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(FetchError) as error:
        locate_address(url)
    assert "\n" not in str(error.value)


def test_a_name_that_leads_nowhere_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(FetchError, match="leads to no machine"):
        locate_address("https://reef.example/")
