"""Approvals: links by which respondents read their interviews, and approve them or do not."""
