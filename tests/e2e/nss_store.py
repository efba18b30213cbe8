"""Puts an authority (DER on standard input) into a new NSS store (first argument), as trusted for TLS servers."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path


class _Trust(ctypes.Structure):
    _fields_ = (("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("signing", ctypes.c_uint))


def main(folder: Path, der: bytes) -> None:
    folder.mkdir(parents=True)
    nss, smime = ctypes.CDLL("libnss3.so"), ctypes.CDLL("libsmime3.so")
    nss.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
    nss.CERT_GetDefaultCertDB.restype = ctypes.c_void_p
    smime.CERT_DecodeCertFromPackage.restype = ctypes.c_void_p
    _good(nss.NSS_InitReadWrite(f"sql:{folder}".encode()))
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    _good(nss.PK11_InitPin(slot, None, b""))
    certificate = ctypes.c_void_p(smime.CERT_DecodeCertFromPackage(der, len(der)))
    _good(nss.PK11_ImportCert(slot, certificate, ctypes.c_ulong(0), b"authority", 0))
    trust = _Trust()
    _good(nss.CERT_DecodeTrustString(ctypes.byref(trust), b"C,,"))
    store = ctypes.c_void_p(nss.CERT_GetDefaultCertDB())
    _good(nss.CERT_ChangeCertTrust(store, certificate, ctypes.byref(trust)))
    nss.NSS_Shutdown()


def _good(answer: int) -> None:
    if answer != 0:
        raise SystemExit("the NSS library refused")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.buffer.read())
