"""The gate: `helpdesk gate NAME` as sshd runs it for one key: who it is, what they asked for, and nothing else."""
