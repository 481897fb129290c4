"""Vector search, knowing nothing of what the vectors mean.

``vector_index``  the protocol · ``exact``  numpy, the oracle · ``faiss_index``  FAISS, in process
"""
