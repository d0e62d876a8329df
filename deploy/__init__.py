"""What runs the hub and measures it: no part of the hub itself."""
