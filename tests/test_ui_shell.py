"""An error that nobody foresaw is told in French, and logged without its words."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from ui.shell import hush_framework


def fail() -> None:
    from ui.shell import tell_mishap

    tell_mishap(KeyError("Jeanne Exemple, née le 03/02/1980"))


def test_mishap_is_told_in_french_with_a_reference_and_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        test = AppTest.from_function(fail).run()
    html = test.get("html")[0].proto.body
    assert "Cette page s’est arrêtée sur une erreur" in html
    reference = html.split("<b>")[1].split("</b>")[0]
    assert f"Erreur {reference} : KeyError" in caplog.text
    assert "Jeanne" not in html + caplog.text


def test_framework_logs_no_words_of_an_error(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("streamlit.error_util")
    before = list(log.filters)
    hush_framework()
    try:
        with caplog.at_level(logging.ERROR):
            log.error("Uncaught app execution", exc_info=KeyError("Jeanne Exemple"))
            log.error("autre chose")
    finally:
        log.filters = before
    assert "Jeanne" not in caplog.text
    assert "Uncaught" not in caplog.text
