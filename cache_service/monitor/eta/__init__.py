"""How long what is being written will still take.

``estimate``  what is asked and answered · ``spread``  log-normal times: what is left of one, the longest of several ·
``conformal``  keeps the coverage · ``fit``  quantile regression to plain numbers · ``model``  learns while it serves
"""

from cache_service.monitor.eta.estimate import Estimate, Features, Observed
from cache_service.monitor.eta.model import EtaModel
from cache_service.monitor.eta.spread import Running, remaining

__all__ = ["Estimate", "EtaModel", "Features", "Observed", "Running", "remaining"]
