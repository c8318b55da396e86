"""What did happen: counts, shares and sums, as plain long DataFrames."""
