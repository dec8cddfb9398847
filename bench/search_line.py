"""A slow line: a proxy between a browser and a server that lets bytes through as a poor mobile connection would.

All connections share one line. A connection costs a round trip before its first byte, as TCP does. The browser knows
nothing of it, so nothing that a page starts can escape it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bench.search_phone import go_first

RATE = 1_600_000 / 8
"""Bytes a second, each way."""
ROUND_TRIP = 0.150
"""Seconds to the server and back."""
_PACKET = 1_460


@dataclass
class _Way:
    """One direction of the line."""

    free: float = 0.0
    """When it has sent all that was given to it."""
    passed: int = 0
    """Bytes that have arrived."""

    def departs(self, size: int, now: float) -> float:
        """When the last byte of a packet has left, if it is given now."""
        self.free = max(self.free, now) + size / RATE
        return self.free


@dataclass
class Line:
    """A line to a server on this machine."""

    target: int
    port: int = 0
    _up: _Way = field(default_factory=_Way)
    _down: _Way = field(default_factory=_Way)

    @property
    def bytes_down(self) -> int:
        """Bytes that have come down it so far: bodies and heads of answers."""
        return self._down.passed

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Runs until it is told to stop."""
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        server.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(ROUND_TRIP)
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            await asyncio.gather(_pump(reader, back, self._up), _pump(there, writer, self._down))
        finally:
            writer.close()
            back.close()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: _Way) -> None:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    arriving = loop.create_task(_deliver(queue, sink, way))
    with suppress(ConnectionError):
        while packet := await source.read(_PACKET):
            departs = way.departs(len(packet), loop.time())
            queue.put_nowait((departs + ROUND_TRIP / 2, packet))
            await asyncio.sleep(departs - loop.time())
    queue.put_nowait((loop.time() + ROUND_TRIP / 2, b""))
    await arriving


async def _deliver(queue: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter, way: _Way) -> None:
    with suppress(ConnectionError):
        while True:
            arrives, packet = await queue.get()
            await asyncio.sleep(arrives - asyncio.get_running_loop().time())
            if not packet:
                break
            way.passed += len(packet)  # before the browser can have it, so that nobody reads an old number
            sink.write(packet)
            await sink.drain()
    sink.close()


async def _hang_up(calls: set[asyncio.Task[None]]) -> None:
    """Lets connections that are about to end do so, and ends the others."""
    if calls:
        _, late = await asyncio.wait(calls, timeout=ROUND_TRIP * 2)
        for call in late:
            call.cancel()
        await asyncio.gather(*late, return_exceptions=True)


@contextmanager
def line_to(target: int) -> Iterator[Line]:
    """A slow line to a port of this machine; it has a port of its own."""
    line = Line(target)
    started = threading.Event()
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    def run() -> None:
        go_first()
        loop.run_until_complete(line.serve(started, stop))
        loop.run_until_complete(_hang_up(asyncio.all_tasks(loop)))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
