"""What is not yet known: fitted parameters, probabilities, the future."""
