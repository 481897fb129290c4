"""Grammar around given words: Korean particles (``particles``), English articles, plurals and lists (``articles``)."""
