"""Prompt packs: YAML files read into questions, and which question comes next."""
