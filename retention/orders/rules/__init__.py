"""Rules about raw rows: which are used, and which refund undoes which order."""
