"""The bytes of a workbook that no reader opens in; whether a password protects it out."""

from __future__ import annotations

import io
import struct
import zipfile

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# The record that begins the workbook part of an old .xls, in its two versions.
_GLOBALS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_FILEPASS, _RECORDS = 0x2F, 30


def is_protected(content: bytes) -> bool:
    """Whether an xlsx, an xls or an ods is encrypted, each in its own way."""
    if content.startswith(b"PK"):
        return _is_archive_encrypted(content)
    return _ENCRYPTED_PACKAGE in content or any(_has_password(content, start) for start in _GLOBALS)


def _is_archive_encrypted(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            is_locked = any(part.flag_bits & 1 for part in archive.infolist())
            return is_locked or b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError):
        return False


def _has_password(content: bytes, start: bytes) -> bool:
    """Whether the first records of the workbook part hold the one that announces a password."""
    place = content.find(start)
    for _ in range(_RECORDS if place >= 0 else 0):
        header = content[place : place + 4]
        if len(header) < 4:
            return False
        kind, length = struct.unpack("<HH", header)
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False
