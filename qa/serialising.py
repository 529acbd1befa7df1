"""The JSON form of an answer: the `/ask` contract, field by field.

Knows the contract's names and order. Does not know HTTP or the terminal.
"""

from typing import Any

from qa.model import Answer, Citation, Finding, RankedPassage


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values; the contract's keys first, additions after them."""
    body: dict[str, Any] = {
        "question": answer.question,
        "interpreted_question": answer.interpreted_question,
        "language": answer.language,
        "status": answer.status,
        "answer": _finding(answer.answer) if answer.answer else None,
        "passages": [_passage(passage) for passage in answer.passages],
        "index": {"snapshot": answer.snapshot, "encoder": answer.encoder},
        "took_ms": answer.took_ms,
        "candidates": [
            {"document_id": c.document_id, "title": c.title, "question": c.question}
            for c in answer.candidates
        ],
        "subjects": [{"document_id": s.document_id, "title": s.title} for s in answer.subjects],
    }
    if answer.explanation is not None:
        body["explanation"] = answer.explanation
    return body


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "text": finding.text,
        "kind": finding.kind,
        "field": finding.field,
        "confidence": finding.confidence,
        "citations": list(finding.citations),
        "label": finding.label,
        "language": finding.language,
        "rows": [
            {
                "document_id": row.document_id,
                "title": row.title,
                "value": row.value,
                "citation": citation_to_dict(row.citation),
            }
            for row in finding.rows
        ],
        "related": [
            {
                "field": related.field,
                "label": related.label,
                "value": related.value,
                "citation": citation_to_dict(related.citation),
            }
            for related in finding.related
        ],
    }


def _passage(passage: RankedPassage) -> dict[str, Any]:
    return {
        "rank": passage.rank,
        "score": passage.score,
        "text": passage.text,
        "highlights": [list(span) for span in passage.highlights],
        "citation": citation_to_dict(passage.citation),
        "language": passage.language,
        "also_in": list(passage.also_in),
    }


def citation_to_dict(citation: Citation) -> dict[str, Any]:
    """Return a citation as JSON values; dates as ISO 8601."""
    return {
        "document_id": citation.document_id,
        "title": citation.title,
        "source": citation.source,
        "url": citation.url,
        "section": list(citation.section),
        "start": citation.start,
        "end": citation.end,
        "modified": citation.modified.isoformat() if citation.modified else None,
        "sha256": citation.sha256,
    }
