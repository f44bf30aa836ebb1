"""Content encodings with a cap: what is unpacked never exceeds the limit, whatever the bytes promise."""

from __future__ import annotations

import zlib

import brotli
import zstandard

from crawlers.errors import FetchError, FetchReason

ACCEPTED = "gzip, deflate, br, zstd"
MAX_LAYERS = 2  # Double encoding happens by mistake; more is an attack.
MAX_WINDOW = 8 * 1024 * 1024  # bytes; RFC 9659 allows no larger window for the web.


def decoded(body: bytes, encoding: str, limit: int) -> bytes:
    """Return ``body`` without its content encodings, at most ``limit`` bytes.

    Raises: FetchError TOO_LARGE beyond the limit, BAD_ANSWER for damaged data or unknown encodings.
    """
    layers = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(layers) > MAX_LAYERS:
        raise FetchError(FetchReason.BAD_ANSWER, f"the answer is packed {len(layers)} times")
    for name in reversed(layers):
        try:
            body = _unpack(name, body, limit) if body else b""
        except (zlib.error, brotli.error, zstandard.ZstdError, ValueError):
            raise FetchError(FetchReason.BAD_ANSWER, f"the {name} data of the answer is damaged") from None
        check_size(len(body), limit)
    return body


def check_size(size_bytes: int, limit: int) -> None:
    """Raise FetchError if a body is larger than the limit."""
    if size_bytes > limit:
        raise FetchError(
            FetchReason.TOO_LARGE,
            f"the answer is larger than {limit} bytes; raise crawl.max_bytes if it should count",
        )


def _unpack(name: str, body: bytes, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        return inflate(body, 16 + zlib.MAX_WBITS, limit)
    if name == "deflate":
        zlib_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
        return inflate(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, limit)
    if name == "br":
        return _unbrotli(body, limit)
    if name == "zstd":
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).stream_reader(
            body, read_across_frames=True
        )
        return bytes(reader.read(limit + 1))
    raise FetchError(FetchReason.BAD_ANSWER, f"the answer has the unknown encoding {name[:20]!r}")


def inflate(body: bytes, window: int, limit: int) -> bytes:
    """Return the unpacked bytes, cut one byte behind the limit. Raises: zlib.error, FetchError if they are cut off."""
    stream = zlib.decompressobj(window)
    data = stream.decompress(body, limit + 1)
    if not stream.eof and len(data) <= limit:
        raise FetchError(FetchReason.BAD_ANSWER, "the packed answer is cut off")
    return data


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    parts = [stream.process(body, output_buffer_limit=limit + 1)]
    size_bytes = len(parts[0])
    while size_bytes <= limit and not stream.is_finished() and not stream.can_accept_more_data():
        parts.append(stream.process(b"", output_buffer_limit=limit + 1 - size_bytes))
        size_bytes += len(parts[-1])
    if size_bytes <= limit and not stream.is_finished():
        raise FetchError(FetchReason.BAD_ANSWER, "the packed answer is cut off")
    return b"".join(parts)
