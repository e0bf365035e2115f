"""Figures and tagged PDF made from findings. Imported only at the moment of publishing."""
