"""Serve the assistant: chat page, `/ask`, operations.

Does not know how answers are found.
"""
