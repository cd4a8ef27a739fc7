"""A merge makes a partner: its record is written, and the applicant is welcomed."""
