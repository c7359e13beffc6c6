"""The verbs, group by group: what their help says and which options they take."""
