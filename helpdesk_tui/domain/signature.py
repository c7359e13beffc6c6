"""The words a person ends their replies with."""

from __future__ import annotations


def signed(body: str, signature: str) -> str:
    """`body` with the signature under it, unless it ends with it already."""
    signature = signature.strip("\n")
    if not signature.strip() or body.rstrip().endswith(signature.strip()):
        return body
    return f"{body.rstrip()}\n\n{signature}"
