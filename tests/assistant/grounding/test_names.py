"""Names: a changed one is seen wherever it stands; the same one is known in every form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.grounding.names import missing_names, names

SAME = [
    ("Finnish cities cut homelessness.", "Cities in Finland cut homelessness."),
    ("Finland cut homelessness.", "The Finnish model cut homelessness."),
    ("The British government agreed.", "The government of the UK agreed."),
    ("The United Kingdom agreed.", "The UK agreed."),
    ("The UK agreed.", "Great Britain agreed."),
    ("The U.S. agreed.", "The United States of America agreed."),
    ("It was American.", "It came from the US."),
    ("New Zealand agreed.", "NZ agreed."),
    ("Dutch towns agreed.", "Towns in the Netherlands agreed."),
    ("The SEU met its target.", "The Social Exclusion Unit met its target."),
    ("The Social Exclusion Unit met its target.", "The SEU met its target."),
    ("The DfE agreed.", "The Department for Education agreed."),
    ("The Department for Education agreed.", "The DfE agreed."),
    ("The National Health Service agreed.", "The NHS agreed."),
    ("Camden's plan worked.", "The plan of Camden worked."),
    ("The plan of Camden worked.", "Camden’s plan worked."),
    ("Bogota did it.", "Bogotá did it."),
    ("Bogotá did it.", "Bogota\u0301 did it."),
    ("Malmo did it.", "Malmö did it."),
    ("Stratford-upon-Avon did it.", "Stratford‑upon‑Avon did it."),
    ("O'Brien said so.", "O’Brien said so."),
    ("Mariana Mazzucato said so.", "Mazzucato, Mariana: said so."),
    ("Jane Smith said so.", "Jane A. Smith said so."),
    ("CAMDEN CUT ITS COSTS", "Camden cut its costs."),
    ("Camden cut its costs.", "CAMDEN CUT ITS COSTS"),
    ("The Missions worked.", "The mission worked."),
    ("Spending rose.", "Expenditure rose."),
    ("Teachers were glad.", "The staff were glad."),
    ("However, costs rose.", "Costs rose."),
    ("\"Costs rose\", they said.", "Costs rose."),
    ("EU missions exist.", "European Union missions exist."),
    ("European missions exist.", "EU missions exist."),
    ("It’s a success. They're happy.", "A success; happy."),
]  # fmt: skip

CHANGED = [
    ("Camden cut its costs.", "Islington cut its costs.", "Camden"),
    ("Reading cut its costs.", "Luton cut its costs.", "Reading"),
    ("France cut its costs.", "Spain cut its costs.", "France"),
    ("Italy cut its costs.", "Spain cut its costs.", "Italy"),
    ("Florence cut its costs.", "Rome cut its costs.", "Florence"),
    ("Bath cut its costs.", "Bristol cut its costs.", "Bath"),
    ("Costs fell in Leeds.", "Costs fell in Leicester.", "Leeds"),
    ("Costs fell in Austria.", "Costs fell in Australia.", "Austria"),
    ("Danish costs fell.", "Costs fell in Sweden.", "Danish"),
    ("Costs fell in England.", "Costs fell in the UK.", "England"),
    ("The UK agreed.", "The Kingdom of Denmark agreed.", "UK"),
    ("The US agreed.", "The member states told us that they agreed.", "US"),
    ("The EU agreed.", "European cities agreed.", "EU"),
    ("The EU agreed.", "The Social Exclusion Unit agreed.", "EU"),
    ("The WHO agreed.", "Those who agreed.", "WHO"),
    ("The SEU met it.", "The Strategic Unit met it.", "SEU"),
    ("The Social Equality Unit met it.", "The Social Exclusion Unit (SEU) met it.", "Equality"),
    ("McDonald said so.", "MacDonald said so.", "McDonald"),
    ("O'Brien said so.", "O'Neill said so.", "O'Brien"),
    ("Barker said so.", "Barking agreed.", "Barker"),
    ("Jean-Paul said so.", "Jean-Pierre said so.", "Paul"),
    ("Stratford-upon-Avon did it.", "Stratford-upon-Tyne did it.", "Avon"),
    ("Mariana's team did it.", "Rainer's team did it.", "Mariana"),
    ("Jane Smith said so.", "Jane Brown and Paul Smith said so.", "Jane Smith"),
    ("Phase II worked.", "Phase III worked.", "II"),
    ("Plan B worked.", "Plan A worked.", "B"),
    ("Vitamin D helped.", "Vitamin C helped.", "D"),
    ("It was agreed. Camden paid.", "It was agreed. Hackney paid.", "Camden"),
    ("CAMDEN CUT ITS COSTS NOW", "Hackney cut its costs now.", "CAMDEN"),
    ("costs fell in finland", "Costs fell in Denmark.", "finland"),
    ("Post-Brexit rules changed.", "Post-war rules changed.", "Brexit"),
    ("The Bank of England agreed.", "The Bank of Scotland agreed.", "England"),
    ("“Camden” agreed.", "“Hackney” agreed.", "Camden"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "span"), SAME)
def test_the_same_name_is_known_in_another_form(claim: str, span: str) -> None:
    assert missing_names(claim, [span]) == []


@pytest.mark.parametrize(("claim", "span", "changed"), CHANGED)
def test_a_changed_name_is_seen(claim: str, span: str, changed: str) -> None:
    assert changed in missing_names(claim, [span])


def test_names_are_listed_once_in_order_as_written() -> None:
    assert names("In Camden, Mariana Mazzucato met the SEU's head. Camden agreed.") == ["Camden", "Mariana", "Mazzucato", "SEU"]


def test_a_name_may_stand_in_any_of_the_spans() -> None:
    assert missing_names("Camden and Leeds agreed.", ["Camden agreed.", "So did Leeds."]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The council met. It agreed.",
        "Most people agreed.",
        "What happened? Nothing.",
        "Mr and Mrs agreed.",
        "I agreed on Monday in May.",
    ],
)
def test_ordinary_sentences_hold_no_names(text: str) -> None:
    assert names(text) == []


@given(st.text(max_size=120))
def test_a_text_holds_all_its_own_names(text: str) -> None:
    assert missing_names(text, [text]) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "Camden",
                "UK",
                "Finnish",
                "SEU",
                "Social",
                "Exclusion",
                "Unit",
                "the",
                "of",
                "Jane",
                "Smith",
                "US.",
                "I'm",
                "Reading",
                "McDonald's",
                "ÉTÉ",
                "Q3",
                "–",
                "“Leeds”",
                "New",
                "Zealand",
            ]
        ),
        max_size=14,
    )
)
def test_a_run_of_names_holds_itself_and_still_does_among_other_words(words: list[str]) -> None:
    text = " ".join(words)
    assert missing_names(text, [text]) == []
    assert missing_names(text, ["Nothing else. " + text + ". Nothing more."]) == []
