"""Run every benchmark."""

from benchmarks import adapt, service

if __name__ == "__main__":
    service.main()
    adapt.main()
