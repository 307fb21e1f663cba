"""What every test lives by: the same examples at every run, and no measure of time."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")
