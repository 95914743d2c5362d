"""Runs Redis' own test suite against goredis."""
