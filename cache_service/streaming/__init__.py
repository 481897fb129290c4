"""One ordered event log for each posting, and the run that fills it.

``events`` the log · ``telling`` what readers are told · ``expected`` how long it takes · ``section_writer`` a section
from a model, sentence by sentence past the guard · ``writing`` a section by its route · ``flights`` equal sections
written once · ``workbench`` sections being written, and what readers do to them · ``run`` a posting from plan to
answer · ``desk`` what all runs work with · ``answer`` the JSON · ``service`` all runs, and the postings that are done
· ``repeats`` answers given again from memory
"""
