from hypothesis import given
from hypothesis import strategies as st

from i18n.stamps import stamp, stamp_in, stamped

FORMS = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1, max_size=6).map(tuple)


@given(FORMS, FORMS)
def test_another_danish_has_another_stamp(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (stamp(one) == stamp(other)) is (one == other)


def test_one_form_of_two_lines_is_not_two_forms() -> None:
    assert stamp(("en dag\n{n} dage",)) != stamp(("en dag", "{n} dage"))


def test_a_comment_without_a_stamp_has_none() -> None:
    assert stamp_in("status: draft") == ""
    assert stamp_in("source: a book of mine") == ""


@given(FORMS, FORMS)
def test_a_new_stamp_takes_the_old_ones_place_and_leaves_what_else_is_said(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    comment = stamped(stamped("status: draft\nread twice", stamp(one)), stamp(other))
    assert comment == f"status: draft\nread twice\nsource: {stamp(other)}"
    assert stamp_in(comment) == stamp(other)
