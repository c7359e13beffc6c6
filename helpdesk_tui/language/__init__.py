"""The two small languages: one to ask (queries), one to change. Standard library only; nothing here knows SQL or a screen."""
