"""The desk's memory: the only place that knows SQL."""
