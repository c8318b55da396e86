"""The parts of simulated orders: who joins, when they buy, and what lies in the basket."""
