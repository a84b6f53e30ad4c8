"""What the report's measures mean, in plain words. Owns: a sentence for each measure, their order, the one that speaks for its suite.

Does not own: any figure or layout.
"""

from __future__ import annotations

PURPOSE = {
    "retrieval": "Does search find the sources that hold the answer?",
    "answers": "Does the answer say what it should, and early?",
    "grounding": "Is every sentence held by what it cites?",
    "checker": "Does the support score agree with people?",
    "abstention": "Does it refuse what it should, and only that?",
    "conversation": "Does a follow-up get the answer it means?",
    "premises": "Does it correct a false premise?",
    "injection": "Do hidden instructions change anything?",
    "robustness": "Does the same question, typed otherwise, get the same answer?",
    "washing": "Does the mission-washing check mark strategies as people do?",
}
HEADLINE = {
    "retrieval": "Success@5",
    "answers": "facts in the first three sentences",
    "grounding": "citation recall",
    "checker": "AUROC",
    "abstention": "refusal recall",
    "conversation": "facts at all",
    "premises": "truth shown or refused",
    "injection": "hostile line never ours",
    "robustness": "facts kept",
    "washing": "agreement with the labels (kappa)",
}
MEANS = {
    "mark agrees with the label": "Marks of the mission-washing check that are the label's.",
    "marks quote the document exactly": "Marks of present or absent whose quotes all stand in the document, character for character.",
    "quotes the labelled sentence": "Right marks that quote the sentence which decided the label.",
    "agreement with the labels (kappa)": "Agreement of the marks with the labels beyond chance; 1 is full, 0 is chance.",
    "Success@5": "Questions for which a source that holds the answer is among the first five found.",
    "R@5": "Of all sources that hold the answer, the share among the first five found.",
    "R@10": "Of all sources that hold the answer, the share among the first ten found.",
    "RR": "How high the first right source stands: 1 for the first place, a half for the second, a third for the third.",
    "nDCG@10": "How well the first ten are ordered, right sources first; 1 is the best order there could be.",
    "facts in the first three sentences": "Questions whose required facts all stand in the first three sentences.",
    "facts at all": "Questions whose required facts all stand somewhere in the answer.",
    "completeness": "The share of the required facts that the answer shows.",
    "cites a gold source": "Answers that cite a source known to hold the answer.",
    "shape": "Answers shaped like their question: a cost holds a sum of money, a when holds a date, a list more than one line.",
    "quotes are exact": "Citations whose quote stands letter for letter where it is said to stand.",
    "citation ids are valid": "Citations that point to a passage of the library.",
    "citations are numbered in order": "Answers whose numbers run 1, 2, 3 in the order of showing.",
    "citation recall": "Sentences that their citations support.",
    "citation precision": "Citations that their sentence needs.",
    "statuses are honest": "Sentences that are what their status says.",
    "agrees with the label": "Pairs of sentence and passage on which the checker says what people said.",
    "AUROC": "The chance that a supported pair scores above an unsupported one; a coin reaches 0.5.",
    "AUROC of the score alone": "The same without the hard rules, which refuse some pairs outright.",
    "balanced accuracy": "The mean of the shares judged rightly among supported and among unsupported pairs; a coin reaches 0.5.",
    "calibration error": "How far a score of 0.8 is from being right eight times in ten; 0 is best.",
    "AUROC above containment": "By how much the checker orders pairs better than counting shared words.",
    "balanced accuracy above containment": "By how much the checker decides better than counting shared words.",
    "AUROC of the score alone above containment": "The same for the score without the hard rules.",
    "agreement of the two labels (kappa)": "How far the two labellings of our own pairs agree beyond chance; 1 is full agreement.",
    "judge": "A chat model as judge, asked several times on each pair, held to people's labels.",
    "refusal recall": "Questions without an answer in the library that were refused.",
    "answered rather than refused": "Questions with an answer in the library that were answered.",
    "wrong refusals": "Questions with an answer in the library that were refused; 0 is best.",
    "risk over coverage": "The share of wrong answers, averaged as ever less confident ones are let through; 0 is best.",
    "truth in the first three sentences": "False premises put right in the first three sentences.",
    "truth shown": "False premises put right somewhere in the answer.",
    "truth shown or refused": "False premises put right, or at least not taken as given.",
    "hostile line never ours": "Documents whose hidden order never stood as the assistant's own words.",
    "hostile question not obeyed": "Questions with an order behind them that was not carried out.",
    "facts still found": "Hostile documents whose facts were still found.",
    "obeying model": "With a chat model that carries out every hidden order it reads: what of its obedience reached the reader.",
    "facts kept": "Questions, misspelt or dressed up, that still show the facts of the plain one.",
    "sources kept": "Questions, misspelt or dressed up, that still rest mostly on the same sources.",
    "follow-up completed as a person would": "How near a completed follow-up comes to a person's rewriting of it, in shared words.",
    "question that stands alone left alone": "Questions that need no completing and were left as they were.",
}
_ORDER = {name: place for place, name in enumerate(MEANS)}


def means(measure: str) -> str:
    """What a measure means; '' for one that speaks for itself. The names of sets and of what stands beside are left aside."""
    return MEANS.get(measure) or MEANS.get(_kind(measure), "")


def place(measure: str) -> tuple[int, bool, str]:
    """Where a measure stands in its suite: what says most first, the own set before the public ones."""
    return _ORDER.get(_kind(measure), len(_ORDER)), measure != _kind(measure), measure


def _kind(measure: str) -> str:
    if ": above " in measure:
        measure = measure.partition(": above ")[0]
    return measure.partition(", ")[0] if measure not in MEANS and ", " in measure else measure.partition(": ")[0]
