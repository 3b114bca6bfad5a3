"""Programmes: education and labour-market measures, and their intakes."""
