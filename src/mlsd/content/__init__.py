"""The one door to templates/: what is known of each kind of problem, typed, read-only, loaded only when asked for."""
