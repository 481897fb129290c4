"""Vector search, knowing nothing of what the vectors mean.

vector_index     the protocol: add, remove, search, len
  exact          numpy, the oracle
  faiss_index    FAISS in process, merged in the background
    partition    what a search sees, how a write and a merge change it
    flat_main    the main part while it is small
    ivf_main     the main part when it is large
      inverted_lists  its lists, which grow in place
      codes      vectors as 8 bits a component and a few more
    delta        what was added since the last merge
    id_table     which row or list an id stands in
    kernels      calls into FAISS
    background   the thread that merges, or writes snapshots
  durable        the same in a folder: a journal in front, snapshots behind
    commit       one fsync for all who wait
    journal      frames, checksums, torn tails
    replaying    a journal back into memory
    snapshot     everything at one moment, renamed into place
    directory    who owns the folder, which files count; ``verify``
  redis_vectors  Redis 8 vector sets
errors           the error tree
"""
