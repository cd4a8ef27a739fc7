"""Is a program set up? The journey of `partners doctor`."""
