"""`python -m community_partners` is `partners`."""

from .cli import main

main()
