"""The two small languages: one to ask (queries), one to change. Nothing here knows SQL or a screen."""
