"""What a person can do: one verb, one function. Every verb checks who acts, changes the store and records the event."""
