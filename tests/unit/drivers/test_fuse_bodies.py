"""How the fuse tells a register request from others, by method and body."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bridge_agent.domain.core_profile import RegisterRequest
from bridge_agent.drivers.browser.fuse import address_of, body_field, is_register

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


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_a_japanese_field_is_found_whatever_the_pages_encoding(encoding: str) -> None:
    name, value = "処理".encode(encoding), "登録".encode(encoding)
    urlencoded = "".join(f"%{byte:02X}" for byte in name).encode() + b"=" + "".join(f"%{b:02X}" for b in value).encode()
    part = b'--XX\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n--XX--\r\n"
    assert "登録" in (body_field(urlencoded, FORM, "処理") or ())
    assert "登録" in (body_field(part, MULTIPART, "処理") or ())


def test_a_form_whose_parts_cannot_be_told_apart_has_no_reading() -> None:
    assert body_field(b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n", MULTIPART, "ACTION") is None
    assert body_field(multipart("ACTION", b"x"), "multipart/form-data", "ACTION") is None


@pytest.mark.parametrize(
    ("path", "spelt"),
    [
        ("/register", "/register"),
        ("/register", "/register?x=1"),
        ("/register", "/register;jsessionid=0A1B"),
        ("/register", "/register;jsessionid=0A1B?x=1"),
        ("/register", "/register/"),
        ("/register", "/REGISTER"),
        ("/register", "/%72egister"),
        ("/a/register", "/a//register"),
        ("/a/register", "/a;v=1/register"),
        ("/a/register", "/a%2Fregister"),
        ("/register/*", "/register/12;jsessionid=1"),
        ("/登録", "/%E7%99%BB%E9%8C%B2"),
    ],
)
def test_every_spelling_of_the_register_address_is_it(path: str, spelt: str) -> None:
    assert address_of("http://core", RegisterRequest(path=path)).match(f"http://core{spelt}")


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/register", "/registered"),
        ("/register", "/x/register"),
        ("/register", "/regis"),
        ("/a/b", "/ab"),
        ("/a.do", "/axdo"),
    ],
)
def test_another_address_is_not(path: str, other: str) -> None:
    assert not address_of("http://core", RegisterRequest(path=path)).match(f"http://core{other}")
    assert not address_of("http://core", RegisterRequest(path=path)).match(f"http://other{path}")


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ({"path": "/r", "method": "get"}, "method は POST など"),
        ({"path": "r"}, "/ で始め"),
        ({"path": "/r#x"}, "/ で始め"),
        ({"path": "/a/../r"}, "/ で始め"),
        ({"path": "/r?a=1"}, "/ で始め"),
    ],
)
def test_a_register_request_that_no_fuse_can_tell_is_refused(request_: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        RegisterRequest(**request_)
