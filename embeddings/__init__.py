"""Turn passages into a searchable snapshot and search it.

Does not know what questions mean, nor HTTP.
"""
