"""Any source in, checked orders out: mapping, parsing, refunds, audit."""
