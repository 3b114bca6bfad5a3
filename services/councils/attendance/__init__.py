"""Attendance: who was asked to a meeting, what they answered, and whether they came."""
