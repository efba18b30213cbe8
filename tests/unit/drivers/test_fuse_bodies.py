"""How the fuse tells a register request from others, by method and body."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bridge_agent.domain.core_profile import RegisterRequest
from bridge_agent.drivers.browser.fuse import body_field, is_register

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=XX"


def multipart(name: str, value: bytes) -> bytes:
    return b'--XX\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n--XX--\r\n"


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        (b"A=1&ACTION=register&B=2", FORM, ["register"]),
        (b"ACTION=a&ACTION=register", FORM, ["a", "register"]),
        (b"A=1", FORM, []),
        ("ACTION=%93%6f%98%5e".encode(), FORM, ["登録"]),
        ("ACTION=%E7%99%BB%E9%8C%B2".encode(), FORM + "; charset=UTF-8", ["登録"]),
        (multipart("ACTION", b"register"), MULTIPART, ["register"]),
        (multipart("OTHER", b"register"), MULTIPART, []),
        (b'{"ACTION": "register", "n": 1}', "application/json", ["register"]),
        (b'{"n": 1}', "application/json", []),
    ],
)
def test_a_field_is_found_in_every_kind_of_body(body: bytes, kind: str, found: list[str]) -> None:
    readings = body_field(body, kind, "ACTION")
    assert readings is not None
    assert set(found) <= set(readings)
    assert bool(found) == bool(readings)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"\x00", "application/octet-stream"), (b"{", "application/json"), (b"[1]", "application/json")]
)
def test_an_unknown_body_has_no_reading(body: bytes, kind: str) -> None:
    assert body_field(body, kind, "ACTION") is None


@dataclass
class FakeRequest:
    method: str = "POST"
    post_data_buffer: bytes | None = b"ACTION=register"
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": FORM})


WANTED = RegisterRequest(path="/main.do", field="ACTION", field_value="register")


@pytest.mark.parametrize(
    ("request_", "wanted", "is_one"),
    [
        (FakeRequest(), WANTED, True),
        (FakeRequest(post_data_buffer=b"ACTION=list"), WANTED, False),
        (FakeRequest(method="GET", post_data_buffer=None), WANTED, False),
        (FakeRequest(post_data_buffer=None), WANTED, True),
        (FakeRequest(headers={}), WANTED, True),
        (FakeRequest(post_data_buffer=b"x=1"), RegisterRequest(path="/r"), True),
        (FakeRequest(post_data_buffer=b"ACTION=x"), RegisterRequest(path="/r", field="ACTION"), True),
        (FakeRequest(post_data_buffer=b"x=1"), RegisterRequest(path="/r", field="ACTION"), False),
        (FakeRequest(method="put", post_data_buffer=b""), RegisterRequest(method="PUT", path="/r"), True),
    ],
)
def test_in_doubt_it_is_a_register_request(request_: FakeRequest, wanted: RegisterRequest, is_one: bool) -> None:
    kind = request_.headers.get("content-type", "")
    assert is_register(wanted, request_.method, kind, request_.post_data_buffer) is is_one
