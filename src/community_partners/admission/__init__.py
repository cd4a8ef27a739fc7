"""Makes a partner of a merged application: writes its record, and welcomes the applicant."""
