"""The values that all rooms share: frozen dataclasses and enums that use the standard library only.

No module here reads files, asks a platform, judges a partner or writes.
"""
