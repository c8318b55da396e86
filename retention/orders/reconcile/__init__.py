"""From the figures of the shop's dashboard to ours, one step per reason."""
