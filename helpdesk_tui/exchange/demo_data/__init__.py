"""The texts of the demo desk."""
