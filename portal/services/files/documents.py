"""A PDF written anew: what can act or carries other files is refused, what tells of its maker is left out."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, StreamObject

from portal.domain.files import LARGEST_FILE, CleanFile, FileKind, FileRefusal
from portal.services.files.jpeg import without_metadata

MOST_OBJECTS = 200_000
MOST_PAGES = 300
LARGEST_KEPT = LARGEST_FILE + LARGEST_FILE // 2
"""What lay packed in the file is written out: a little larger is honest, a hundred times is not."""
ACTING_KEYS = frozenset(
    {"/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/Collection"}
)
ACTING = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
     "/RichMedia", "/RichMediaExecute", "/FileAttachment", "/Screen", "/3D", "/EmbeddedFile"}
)  # fmt: skip
"""As an action (/S), an annotation (/Subtype) or a thing (/Type)."""
KEPT_OF_CATALOG = frozenset(
    {"/Type", "/Pages", "/AcroForm", "/Lang", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences", "/OCProperties"}
)  # fmt: skip
TELLS_OF_ITS_MAKER = ("/Metadata", "/PieceInfo", "/LastModified", "/AA")


def clean(content: bytes) -> CleanFile | FileRefusal:
    """Raises nothing for whatever ``content`` holds; ``name`` is left empty."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return FileRefusal.LOCKED
        if not 0 < len(reader.pages) <= MOST_PAGES:
            return FileRefusal.BROKEN
        if any(map(_acts, _dictionaries(reader.trailer["/Root"]))):
            return FileRefusal.ACTIVE
        written = _written(reader)
        return FileRefusal.TOO_LARGE if len(written) > LARGEST_KEPT else CleanFile("", FileKind.PDF, written)
    except Exception:  # noqa: BLE001, RUF100 — parsers raise whatever they like at broken bytes
        return FileRefusal.BROKEN


def _acts(each: DictionaryObject) -> bool:
    named = {str(_plain(each.get(key))) for key in ("/S", "/Subtype", "/Type")}
    return not ACTING_KEYS.isdisjoint(each) or not ACTING.isdisjoint(named)


def _plain(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionaries(root: object) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, each once. Raises ValueError for more than any document needs."""
    waiting, seen = [root], set[tuple[int, int]]()
    count = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            key = (each.idnum, each.generation)
            if key in seen:
                continue
            seen.add(key)
            each = each.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise ValueError("more objects than any document needs")
        if isinstance(each, DictionaryObject):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, ArrayObject):
            waiting.extend(each)


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    for key in set(root) - KEPT_OF_CATALOG:
        del root[key]
    for each in list(_dictionaries(root)):
        _bare(each)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bare(each: DictionaryObject) -> None:
    for key in TELLS_OF_ITS_MAKER:
        each.pop(key, None)
    if isinstance(each, StreamObject):
        _bare_photo(each)


def _bare_photo(each: StreamObject) -> None:
    """A phone's scan keeps the picture as it was taken, with the place in it; some pack it once more."""
    kept = _plain(each.get("/Filter", NullObject()))
    filters = [str(_plain(name)) for name in kept] if isinstance(kept, ArrayObject) else [str(kept)]
    if filters[-1:] != ["/DCTDecode"] or not set(filters[:-1]) <= {"/FlateDecode"}:
        return
    photo = each._data  # as it is stored: the library has no other way to it
    for _ in filters[:-1]:
        photo = zlib.decompress(photo)
    each._data = without_metadata(photo)
    each[NameObject("/Filter")] = NameObject("/DCTDecode")
    if len(filters) > 1:
        each.pop("/DecodeParms", None)
