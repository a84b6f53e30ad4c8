"""The search as LangChain sees it: the door to langchain_core. Owns: passages as Documents. Does not own: searching."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class MissionRetriever(BaseRetriever):
    """A LangChain retriever over one open Assistant; a Document's metadata are the fields of SearchResult."""

    assistant: Any
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        results = self.assistant.search(query, k=self.k)
        return [
            Document(id=r.passage_id, page_content=r.text, metadata=r.model_dump(exclude={"text"}, mode="json")) for r in results
        ]
