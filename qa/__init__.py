"""Answer a question with citations, or say that the documents do not.

Does not know HTTP, nor evaluation.
"""
