"""The recipe of the bundled model: from pairs of texts to one token table, on two CPU cores.

Knows data, tokenizer, training, export and evaluation. Does not know documents or answers; nothing
outside this package imports it.
"""
