"""Run every benchmark."""

from benchmarks import adapt, lying_model, recast, service
from benchmarks.encoder.__main__ import main as encoder
from benchmarks.extraction.__main__ import main as extraction
from benchmarks.lookup.__main__ import main as lookup

if __name__ == "__main__":
    extraction()
    service.main()
    encoder([])
    lookup([])
    adapt.main()
    recast.main()
    lying_model.main()
