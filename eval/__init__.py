"""Measure the assistant on question sets; compare, gate and report.

Does not know how answers are found.
"""
