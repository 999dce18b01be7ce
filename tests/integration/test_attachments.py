"""Files in a thread: sealed in the database, opened for the thread they belong to, and gone with their key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from database import encryption, sealing
from database.encryption import Keyring, UndecryptableError
from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.files import MOST_IN_A_DAY, CleanFile, FileKind, FileRefusal
from portal.services import attachments, conversation
from portal.services.key_rotation import rotate
from portal.services.thread import (
    Channel,
    NotWritten,
    NotWrittenReason,
    StaffWriting,
    Written,
    write_as_citizen,
    write_as_staff,
)
from portal.store.attachments import Attachment
from tests.cases import Case, make_case
from tests.conftest import KEYRING, NOW
from tests.files import clean_file

PHOTO = clean_file("Døren.jpg", b"what the camera saw", FileKind.JPEG)
LETTER = clean_file("Brev.pdf", b"%PDF-1.7 a letter")
NEW = "a newer encryption key that serves tests only"


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


def send(
    database: Database, case: Case, *files: CleanFile, body: str = "Se her", seconds: int = 0
) -> Written | NotWritten:
    with database.write(case.municipality_id) as session:
        return write_as_citizen(session, case.citizen_id, body, NOW + timedelta(seconds=seconds), files)


def ids(database: Database, case: Case) -> list[int]:
    with database.read(case.municipality_id) as session:
        return list(session.scalars(select(Attachment.id).order_by(Attachment.id)))


def test_files_stand_with_the_message_and_open_as_they_were_kept(database: Database, case: Case) -> None:
    send(database, case, PHOTO, LETTER)
    with database.read(case.municipality_id) as session:
        [entry] = conversation.entries(session, case.citizen_id)
        assert [(each.name, each.kind, each.size) for each in entry.files] == [
            ("Døren.jpg", FileKind.JPEG, len(PHOTO.content)),
            ("Brev.pdf", FileKind.PDF, len(LETTER.content)),
        ]
        assert entry.files[0].preview_size == (360, 270)
        photo, letter = entry.files
        opened = attachments.open_file(session, case.citizen_id, photo.id)
        small = attachments.open_file(session, case.citizen_id, photo.id, preview=True)
        assert opened and small and (opened.content, small.content) == (PHOTO.content, PHOTO.preview)
        assert attachments.open_file(session, case.citizen_id, letter.id, preview=True) is None


def test_nothing_of_a_file_is_readable_in_the_database(database: Database, case: Case) -> None:
    send(database, case, PHOTO)
    with database.engine.connect() as connection:
        row = connection.execute(text("SELECT name, content, preview FROM attachments")).one()
    stored = b"".join(each.encode() if isinstance(each, str) else bytes(each) for each in row)
    for plain in (PHOTO.content, PHOTO.preview or b"", "Døren".encode()):
        assert plain not in stored


def test_a_file_of_another_thread_is_not_there(database: Database, case: Case) -> None:
    send(database, case, PHOTO)
    [photo] = ids(database, case)
    with database.read(case.municipality_id) as session:
        assert attachments.open_file(session, case.citizen_id + 1, photo) is None


def test_a_file_needs_no_words_and_words_need_no_file(database: Database, case: Case) -> None:
    assert isinstance(send(database, case, PHOTO, body=" "), Written)
    assert send(database, case, body=" ") == NotWritten(NotWrittenReason.EMPTY)


def test_the_same_click_twice_keeps_the_files_once_and_another_file_is_another_message(
    database: Database, case: Case
) -> None:
    first = send(database, case, PHOTO)
    assert isinstance(first, Written)
    assert send(database, case, PHOTO, seconds=5) == Written(first.entry_id, is_new=False)
    other = send(database, case, LETTER, seconds=6)
    assert isinstance(other, Written)
    assert send(database, case, LETTER, seconds=7) == Written(other.entry_id, is_new=False)
    assert len(ids(database, case)) == 2


def test_a_day_has_room_for_so_many_files_and_the_next_day_for_as_many_again(
    database: Database, case: Case
) -> None:
    for number in range(MOST_IN_A_DAY // 3):
        three = [clean_file(content=b"%d %d" % (number, each)) for each in range(3)]
        assert isinstance(send(database, case, *three), Written)
    refused = send(database, case, PHOTO)
    assert isinstance(refused, NotWritten) and refused.file
    assert refused.file.refusal is FileRefusal.TOO_MANY_TODAY
    assert isinstance(send(database, case, PHOTO, seconds=86_401), Written)


def test_more_than_three_at_once_are_refused(database: Database, case: Case) -> None:
    refused = send(database, case, *(clean_file(content=b"%d" % number) for number in range(4)))
    assert isinstance(refused, NotWritten) and refused.file and refused.file.refusal is FileRefusal.TOO_MANY


def test_staff_send_files_on_the_page_and_never_by_sms(database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        by_sms = StaffWriting(case.staff_id, "Se her", Channel.SMS, files=(LETTER,))
        refused = write_as_staff(session, case.citizen_id, by_sms, NOW)
        assert refused == NotWritten(NotWrittenReason.FILES_NOT_BY_SMS)
        on_page = StaffWriting(case.staff_id, "", files=(LETTER,))
        assert isinstance(write_as_staff(session, case.citizen_id, on_page, NOW), Written)
    assert len(ids(database, case)) == 1


def test_after_a_rotation_a_file_opens_without_the_old_key_and_its_content_was_not_written_anew(
    database: Database, case: Case
) -> None:
    send(database, case, PHOTO)
    [photo] = ids(database, case)
    sealed = select(Attachment.content)
    with database.read(EVERYONE) as session:
        before = session.scalar(sealed)
    try:
        list(rotate(database, Keyring((NEW, *KEYRING.encryption_keys), KEYRING.index_secret)))
        encryption.use(Keyring((NEW,), KEYRING.index_secret))
        with database.read(case.municipality_id) as session:
            opened = attachments.open_file(session, case.citizen_id, photo)
            assert opened and opened.content == PHOTO.content
            assert session.scalar(sealed) == before
    finally:
        encryption.use(KEYRING)


def test_a_file_that_was_changed_in_the_database_does_not_open(database: Database, case: Case) -> None:
    send(database, case, PHOTO, LETTER)
    photo, letter = ids(database, case)
    with database.write(case.municipality_id) as session:
        other = session.scalar(select(Attachment.content).where(Attachment.id == letter))
        session.execute(update(Attachment).where(Attachment.id == photo).values(content=other))
    with database.read(case.municipality_id) as session, pytest.raises(UndecryptableError):
        attachments.open_file(session, case.citizen_id, photo)


def test_each_content_has_a_key_of_its_own() -> None:
    key = sealing.new_key()
    assert sealing.unseal(sealing.seal(b"content", key), key) == b"content"
    assert sealing.seal(b"content", key) != sealing.seal(b"content", key)
    for wrong in (sealing.new_key(), key):
        with pytest.raises(UndecryptableError):
            sealing.unseal(sealing.seal(b"content", key)[: -1 if wrong == key else None], wrong)
