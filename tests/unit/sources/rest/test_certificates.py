"""The interface source: whose certificate it trusts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError, StopRunError
from bridge_agent.sources.rest import RestSource, Wire
from mock_core_ui.tls import Certificate, Certificates
from tests.unit.sources.rest.making import profile
from tests.unit.sources.small_interface import MovedClock, System, served


@pytest.mark.parametrize("shown", list(Certificate))
def test_only_a_good_certificate_of_a_trusted_authority_is_accepted(tmp_path: Path, shown: Certificate) -> None:
    certificates = Certificates(tmp_path, shown)
    clock, system = MovedClock(), System()
    with served(system, certificates.context) as url:
        wire = Wire(profile(), url, "bridge", lambda: "right", clock, certificates.ca_file)
        source = RestSource(profile(), wire, clock)
        if shown is Certificate.GOOD:
            assert len(source.approved()) == 1
        else:
            with pytest.raises(StopRunError) as told:
                source.approved()
            assert "証明書を確かめられない" in told.value.message
            assert system.bodies == []
        source.close()


def test_an_authority_that_nobody_named_is_not_trusted(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path, Certificate.GOOD)
    clock = MovedClock()
    with served(System(), certificates.context) as url:
        source = RestSource(profile(), Wire(profile(), url, "bridge", lambda: "right", clock), clock)
        with pytest.raises(StopRunError):
            source.approved()
        source.close()


def test_a_ca_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    with pytest.raises(ConfigError) as told:
        Wire(profile(), "https://127.0.0.1:1", "bridge", lambda: "x", MovedClock(), missing)
    assert str(missing) in told.value.message
