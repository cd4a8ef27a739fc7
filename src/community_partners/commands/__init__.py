"""Runs the commands of `partners`: each takes its options, runs one journey and prints words."""
