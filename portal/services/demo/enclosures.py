"""One thread of the demo with a picture and a PDF in it, both drawn here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.content import demo_dialogues as content
from portal.domain.files import CleanFile, FileKind
from portal.services import attachments
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.threads import SILENT, Threads
from portal.store.thread import ThreadEntry

WIDTH, HEIGHT = 240, 320
WALL, DOOR, KNOB = b"\xe8\xdc\xc8", b"\x1c\x5a\x4d", b"\xf2\xc1\x4e"


def collect(threads: Threads, residents: Sequence[Resident]) -> tuple[ThreadEntry, ThreadEntry]:
    """Adds the two messages to somebody's thread: the citizen's, and the answer."""
    someone = next(
        each
        for each in residents
        if each.row.language == "da" and each.plan.stand not in SILENT | {Stand.STOPPED}
    )
    asked = threads.say(someone.row, content.ENCLOSED[0], days_ago=2, hour=10)
    answered = threads.say(someone.row, content.ENCLOSED[1], days_ago=2, hour=11)
    return asked, answered


def enclose(session: Session, asked: ThreadEntry, answered: ThreadEntry) -> None:
    picture, plan = door(), paper()
    attachments.attach(session, asked, (CleanFile("Døren.png", FileKind.PNG, picture, None, WIDTH, HEIGHT),))
    attachments.attach(session, answered, (CleanFile("Plan for ugen.pdf", FileKind.PDF, plan),))


def door() -> bytes:
    """A green door in a light wall, as PNG."""
    rows = b"".join(b"\0" + b"".join(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _colour(x: int, y: int) -> bytes:
    if (x - 155) ** 2 + (y - 200) ** 2 < 36:
        return KNOB
    return DOOR if 70 <= x < 170 and y >= 90 else WALL


def paper() -> bytes:
    """One page with a few lines, as PDF."""
    lines = "".join(f"({line}) Tj 0 -24 Td " for line in content.PLAN)
    drawn = f"BT /F1 14 Tf 60 760 Td {lines}ET".encode("cp1252")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
