"""Page numbers of real documents, each phrase checked by hand against an image of its page.

Skipped where the documents are not at hand.
The documents lie beside the repository in ../shared/realdocs, or where the variable REALDOCS says; nothing of them is kept here.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.document import Block
from ingest.extract import pdf

FOLDER = Path(os.environ.get("REALDOCS") or Path(__file__).resolve().parents[4] / "shared" / "realdocs")
UK, US, AU, FR = "a-uk-inquiries-and-responses", "a-us-", "a-au-dta", "a-fr-eig-public-innovation"
COVID = f"{UK}/UK-Covid-19-Inquiry-Module-1-Recomm.pdf"
BLOOD = f"{UK}/Volume_1-Blood-Inquiry-Recomm.pdf"
WASPI = f"{UK}/WASPI-Recomm.pdf"
COMMISSION = f"{US}evidence-officers/Commission-on-evidence-based-policymaking-report.pdf"
GUIDE = f"{US}18f-guides/federal-field-guide.pdf"
OPM = f"{US}agency-performance-reports/2015-annual-performance-report.pdf"
SERVING = f"{US}proudly-serving-book/Proudly-Serving.pdf"
WORKFORCE = f"{US}evidence-officers/Evaluation-Policy-and-the-Federal-Workforce.pdf"
# file, page of the file, number printed on it (None: not looked for), words on it
CHECKED = [
    (COVID, 48, "30", "101 INQ000185352_0002 para 6"),
    (COVID, 48, "30", "109 INQ000184894_0018 para 64"),
    (COVID, 93, "75", "In doing so, the UK government and"),
    (COVID, 113, "95", "such measures in detail in subsequent modules."),
    (BLOOD, 27, "24", "shift in the early 1980s. It has"),
    (BLOOD, 52, "49", "for inactivation of HTLV-III”. Dr Harris did"),
    (WASPI, 11, None, "of opportunity to do some things differently."),
    (WASPI, 40, None, "The Convention on the Elimination of All"),
    (f"{UK}/Behaviour-Change-Response.pdf", 16, None, "study, which quantified the barriers and motivators"),
    (
        f"{UK}/UK-Covid-19_Inquiry_Module_1_Response.pdf",
        12,
        "11",
        "recommendation. The National Security Council (Resilience) is",
    ),
    (COMMISSION, 22, "15", "statistical agencies can provide for confidential data."),
    (COMMISSION, 81, "74", "in which privacy and confidentiality are protected."),
    (GUIDE, 16, None, "advantage of the benefits of open source."),
    (GUIDE, 44, None, "Agile development, this should already be happening."),
    (f"{US}18f-guides/state-software-budgeting-handbook.pdf", 10, None, "and countless other modern products and practices."),
    (f"{AU}/dta-annual-report-2016-17-821ddac.pdf", 59, "49", "To the Prime Minister of Australia"),
    (f"{AU}/dta-annual-report-2016-17-821ddac.pdf", 78, "68", "comparative year Equity injection is shown exclusive"),
    (OPM, 94, "94", "and the Federal employee population at large."),
    (OPM, 104, "104", "significant sample of the OPM employee population."),
    (f"{US}agency-performance-reports/EPA2022.pdf", 107, "107", "EPA’s Environmental Justice Screening and Mapping Tool."),
    (f"{US}ostp-innovation-toolkit/3_TourofDuty-Hiring_FINAL.PDF", 8, "8", "1. Do you have a need for"),
    (SERVING, 56, None, "We Decide! Theories and Case Studies in"),
    (SERVING, 127, None, "Accessibility is not easy and can be"),
    (f"{FR}/dinum_schemapluriannuel_2020.pdf", 6, "6", "Compte tenu des informations recueillies lors de"),
    (WORKFORCE, 5, "89", "to strengthen enterprise-wide evidence and evaluation efforts."),
    (WORKFORCE, 8, "92", "and how often reflect their evaluation policy."),
    (f"{AU}/tdif-privacy-requirements.pdf", 26, "20", "Handling of privacy complaints"),
    (
        f"{US}federal-data-strategy/2021-Federal-Data-Strategy-Action-Plan.pdf",
        18,
        "15",
        "Agencies have made significant progress in leveraging",
    ),
]


@lru_cache(maxsize=2)
def blocks(path: Path) -> list[Block]:
    return list(pdf.extract(path.read_bytes()).blocks)


def places(found: list[Block], phrase: str) -> list[tuple[int, str | None]]:
    """Page and printed number of each place where a phrase stands."""
    return [
        next((b.page, b.page_label) for b in reversed(block.breaks) if b.offset <= block.text.index(phrase))
        for block in found
        if phrase in block.text
    ]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not beside the repository")
@pytest.mark.parametrize(("name", "page", "label", "phrase"), CHECKED)
def test_a_phrase_is_placed_on_the_page_where_a_reader_finds_it(name: str, page: int, label: str | None, phrase: str) -> None:
    assert len(phrase.split()) <= 8
    found = places(blocks(FOLDER / name), phrase)
    assert found, "the phrase is nowhere in the text"
    assert page in [each for each, _ in found]
    if label:
        assert (page, label) in found
