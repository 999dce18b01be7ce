"""What a page may cost whoever waits for it: queries and bytes. (Times are shown by the bench.)"""

from __future__ import annotations

from pathlib import Path

from bench import queries, servers, wire


def test_no_main_page_asks_more_than_twelve_queries_and_none_asks_again_for_each_row(demo_url: str) -> None:
    lines = list(queries.measure(demo_url))
    assert len(lines) > 25
    assert [line for line in lines if not line.met] == []


def test_the_first_page_each_step_and_a_whole_form_are_light_in_every_language(tmp_path: Path) -> None:
    with servers.portal(f"sqlite:///{tmp_path}/portal.db") as portal:
        lines = [line for line in wire.measure(portal) if line.goal]
    assert len(lines) == 6
    assert [line for line in lines if not line.met] == []
