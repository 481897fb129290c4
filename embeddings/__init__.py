"""Texts to unit vectors. Knows nothing of postings or HTTP.

load                  the name of an encoder -> the encoder; the only factory
encoder               the Encoder protocol, UnitVector(s), to_unit
  onnx_encoder        the bundled multilingual-e5-small, int8, on onnxruntime alone
  sentence_transformer  any sentence-transformers model, on torch
  hashing             character n-grams, no model
  remote              any OpenAI-compatible /v1/embeddings
    remote_answer     the answer's body, checked
  cached              the last vectors, in front of any of them
batching              concurrent callers share batches, off the event loop
  batching_stats      what became of their texts
tokenizer             the bundled model's tokenizer in little memory
windows               texts longer than a model reads at once
models                builds, checks and lists the bundled model
  sources             the installed packages that it is built from
  weights             reads their 4-bit weights
  layout              writes the sentence-transformers folder
  graph               writes the int8 graph
  manifest            the built files, their sizes and checksums
  reference           vectors that a built model must reproduce
errors                the error tree
"""
