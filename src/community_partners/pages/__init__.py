"""The public site as text: pages, data files, feed. Reads nothing but its templates."""
