"""HTTP/1.1 on a raw socket, so that every byte that passes is counted and the client costs next to nothing."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass

import brotli

END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Reply:
    """``sent`` and ``received`` are bytes on the wire, headers included; ``headers`` have lower-case names."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    sent: int
    received: int

    @property
    def head(self) -> int:
        """Bytes of the answer's headers."""
        return self.received - len(self.content)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def text(self) -> str:
        packed = self.header("content-encoding") == "br"
        return (brotli.decompress(self.content) if packed else self.content).decode()


class Connection:
    """One kept-alive connection to 127.0.0.1; ``always`` are headers that every request carries."""

    def __init__(self, port: int, always: Mapping[str, str]) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._always = _lines({"Host": f"127.0.0.1:{port}", **always})
        self._buffer = b""

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        length = {"Content-Length": str(len(body))} if method == "POST" else {}
        head = f"{method} {path} HTTP/1.1\r\n{self._always}{_lines({**headers, **length})}\r\n"
        request = head.encode() + body
        self._socket.sendall(request)
        return self._read(len(request))

    def close(self) -> None:
        self._socket.close()

    def _read(self, sent: int) -> Reply:
        head, place = self._until(END_OF_HEAD)
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
        length = next((int(value) for name, value in headers if name == "content-length"), 0)
        whole = self._take(place + length)
        return Reply(int(first.split()[1]), headers, whole[place:], sent, len(whole))

    def _until(self, mark: bytes) -> tuple[bytes, int]:
        while (place := self._buffer.find(mark)) < 0:
            self._receive()
        return self._buffer[:place], place + len(mark)

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._receive()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def _receive(self) -> None:
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        self._buffer += more


def _lines(headers: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())
