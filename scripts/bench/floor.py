"""The floor: bare navigation with the same submissions. No locators, no events, no reading; nothing can be faster."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page

_SUBMIT = """([values]) => {
  const form = document.querySelector('form#entry') || document.querySelector('form[method=post]');
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    if (control) control.value = value;
  }
  form.submit();
}"""


def enter(page: Page, base: str, atena_no: str, values: Mapping[str, str]) -> None:
    """Open, submit to the confirm screen, submit to register, wait until the completion screen is loaded."""
    page.goto(f"{base}/entry/child_allowance_certification?atena={atena_no}")
    with page.expect_navigation(url="**/confirm/**"):
        page.evaluate(_SUBMIT, [dict(values)])
    with page.expect_navigation(url="**/complete/**"):
        page.evaluate("() => document.querySelector('form#confirm').submit()")
