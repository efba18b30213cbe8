"""Which addresses an account may reach, and how a query becomes an address."""

from __future__ import annotations

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.browser.look_up import _filled
from bridge_agent.drivers.browser.options import WebAccount
from bridge_agent.drivers.browser.session import foreign


def account(base: str) -> WebAccount:
    return WebAccount(base, "robot", lambda: "secret-word")


@pytest.mark.parametrize(
    ("base", "origin", "place"),
    [
        ("http://core.example:8080", "http://core.example:8080", "core.example:8080"),
        ("http://Core.Example:80/", "http://core.example", "core.example:80"),
        ("https://core.example", "https://core.example", "core.example:443"),
        ("http://[::1]:5000/", "http://[::1]:5000", "[::1]:5000"),
    ],
)
def test_an_address_is_told_as_browsers_write_it(base: str, origin: str, place: str) -> None:
    assert account(base).origin == origin
    assert account(base).place == place


@pytest.mark.parametrize(
    "base", ["core.example", "ftp://core.example", "http://a:b@core.example", "http://core.example/x"]
)
def test_an_address_with_more_or_less_is_refused(base: str) -> None:
    with pytest.raises(ConfigError):
        account(base)


def test_the_password_never_shows() -> None:
    assert "secret-word" not in repr(account("http://core.example"))


@pytest.mark.parametrize(
    ("url", "stopped"),
    [
        ("http://core.example:8080/a?b=http://x", False),
        ("http://core.example:8080", False),
        ("HTTP://CORE.EXAMPLE:8080/", False),
        ("http://core.example:80801/", True),
        ("http://core.example/", True),
        ("https://core.example:8080.evil.example/", True),
        ("http://core.example:8080@evil.example/", True),
        ("http://evil.example/core.example:8080/", True),
        ("ftp://core.example:8080/", False),
        ("data:text/html,x", False),
        ("about:blank", False),
    ],
)
def test_everything_else_is_foreign(url: str, stopped: bool) -> None:
    assert bool(foreign("http://core.example:8080").match(url)) is stopped


def test_words_in_a_query_are_encoded_in_addresses_only() -> None:
    words = {"reference": "A &/?", "page": "2"}
    assert _filled("/r?x={reference}&p={page}&y={none}", words, encode=True) == "/r?x=A%20%26%2F%3F&p=2&y="
    assert _filled("{reference}", words, encode=False) == "A &/?"
