"""Gathers evidence: asks the platforms about one applicant or all partners. Judges nothing."""
