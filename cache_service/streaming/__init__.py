"""One ordered event log for each posting, and the run that fills it.

``events``  the log · ``section_writer``  a section from a model, sentence by sentence past the guard · ``run``  a
posting from plan to answer · ``service``  all runs, and the postings that are done
"""
