"""Feedback with its receipt, looking back over receipts, and what stands beside a passage."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from assistant.assistant import Assistant
from assistant.errors import NotFoundError
from assistant.library.database import NEWEST_REVISION, open_database
from assistant.library.feedback import FeedbackStore, Opinion
from assistant.library.neighbours import placed
from assistant.library.receipt_log import ReceiptLog
from assistant.settings import Settings


@pytest.fixture
def answered(packaged: Assistant) -> str:
    return packaged.ask("What does a delivery unit do?").receipt_id


def test_an_opinion_is_stored_with_its_receipt(packaged: Assistant, answered: str) -> None:
    store = FeedbackStore(packaged.library.engine)
    stored = store.add(Opinion(receipt_id=answered, verdict="not_helpful", reasons=["missing", "unclear"], comment="No Wales."))
    assert stored in store.all()


def test_an_opinion_on_no_answer_is_refused(packaged: Assistant) -> None:
    with pytest.raises(NotFoundError, match="no receipt"):
        FeedbackStore(packaged.library.engine).add(Opinion(receipt_id="0" * 16, verdict="helpful"))


def test_answers_that_cite_a_source_are_found_newest_first(packaged: Assistant, answered: str) -> None:
    answer = packaged.receipt(answered).answer
    source_id = answer.sentences[0].citations[0].source_id
    again = packaged.ask("What does a delivery unit do?").receipt_id
    found = [each.receipt_id for each in ReceiptLog(packaged.library.engine).citing(source_id)]
    assert found.index(again) < found.index(answered)
    assert ReceiptLog(packaged.library.engine).citing("no-such-source") == []


def test_refused_questions_are_found(packaged: Assistant) -> None:
    refused = packaged.ask("How many zebras does the mission board of Leeds own?")
    assert refused.outcome == "no_evidence"
    assert refused.receipt_id in {each.receipt_id for each in ReceiptLog(packaged.library.engine).refused()}


def test_a_passage_comes_with_its_neighbours_and_an_end_has_one(packaged: Assistant) -> None:
    passages = packaged.library.passages_of(next(iter(packaged.library.sources())))
    found = placed(packaged.library, [p.id for p in passages])
    assert [found[p.id].before for p in passages] == [None, *passages[:-1]]
    assert [found[p.id].after for p in passages] == [*passages[1:], None]
    assert placed(packaged.library, ["no-such-passage"]) == {}


def test_a_library_of_the_first_schema_is_brought_up_with_what_it_holds(own_settings: Settings) -> None:
    engine = open_database(own_settings.home)
    with engine.begin() as connection:
        connection.execute(text("insert into meta (key, value) values ('kept', 'yes')"))
        connection.execute(text("drop table feedback"))
        connection.execute(text("drop table works"))
        connection.execute(text("update alembic_version set version_num = '0001'"))
    engine.dispose()
    engine = open_database(own_settings.home)
    with engine.connect() as connection:
        assert connection.execute(text("select version_num from alembic_version")).scalar() == NEWEST_REVISION
        assert connection.execute(text("select value from meta where key = 'kept'")).scalar() == "yes"
    assert FeedbackStore(engine).all() == []
    engine.dispose()
