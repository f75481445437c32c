"""Object storage as an ordinary path: ``s3://bucket/design.pdf``, with the extra ``[cloud]``."""

from __future__ import annotations

from mlsd.errors import CannotWrite, Message, UsageError

SCHEMES = ("s3", "gs", "az")


def write_remote(url: str, content: bytes) -> None:
    """Write an object. Raises UsageError for an address of another kind or without the extra, CannotWrite otherwise."""
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES:
        raise UsageError(
            Message("mlsd cannot write to {scheme}://.", scheme=scheme),
            Message("It writes to files and to: {schemes}.", schemes=[f"{known}://" for known in SCHEMES]),
        )
    try:
        from cloudpathlib import AnyPath

        AnyPath(url).write_bytes(content)
    except ImportError:  # of cloudpathlib, or of the one cloud's library
        raise UsageError(
            Message("Writing to {scheme}:// needs an extra that is not installed.", scheme=scheme),
            Message("Install it: pip install 'mlsd[cloud]'"),
        ) from None
    except Exception as error:  # each cloud's library raises its own kinds
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        hint = (
            Message("Look at the name of the bucket, the credentials and AWS_ENDPOINT_URL.")
            if scheme == "s3"
            else Message("Look at the name of the bucket and the credentials.")
        )
        raise CannotWrite(Message("{url} cannot be written: {reason}", url=url, reason=reason), hint) from None
