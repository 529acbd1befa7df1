"""Turn document files into citable passages and typed fields.

Does not know vectors, questions or HTTP.
"""
