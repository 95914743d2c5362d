"""goredis beside redis-server: throughput, memory and latency, measured the same way on both."""
