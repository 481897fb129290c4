"""The evaluation of reuse: is nothing wrong served, and nearly every honest rewording?

postings     real postings as raw material (read, never stored), split for good into tune and test
wording      phrases, values, spellings: ``wording_ko``, ``wording_en``;  table: ``rewordings_*.tsv``, by hand
base         a full request and the stored posting that answers it;  renderings: how a typed value may be worded
case         one case;  traps: one fact changed;  rewordings: the same facts;  suite: all of it
judge        drives the service over HTTP and judges what it serves;  report: the figures
pairs        labelled pairs out of the cases, for comparing and for ``gonggo tune``
baselines    static cosine, GPTCache's default, vCache's policy;  compared: all of them and ours in one table
embedding_only  the baselines on public pairs and on a replayed stream

``python -m benchmarks.reuse --sample 5 --fact years_min --examples`` shows what fails and why.
"""
